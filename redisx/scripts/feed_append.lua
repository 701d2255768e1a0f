-- Append events to a feed in their order and ring its channel, once for each
-- event ID.
--
-- KEYS[1]   the log (STREAM: fields "id", "p")
-- KEYS[2…]  position of each event ID (STRING), the idempotency records
-- ARGV[1]   about how many events to keep
-- ARGV[2]   how long to remember the IDs, ms
-- ARGV[3]   live channel
-- ARGV[4]   position of the caller's last event, or ""
-- ARGV[5…]  event ID, no spaces, and payload, for each of KEYS[2…]
-- returns   for each event its position, if it was there already after a "=";
--           {} and nothing is done: the log lacks the caller's last event
--
-- The channel gets "previous-position position event-ID payload". An ID is
-- remembered last: if anything before fails, a repetition appends again.
local reply, prev = {}, nil
for n = 2, #KEYS do
  local known = redis.call('GET', KEYS[n])
  if known then
    reply[n - 1] = '=' .. known
  else
    if not prev then
      local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
      prev = last[1] and last[1][1] or '0-0'
      if ARGV[4] ~= '' and ARGV[4] ~= prev and not redis.call('XRANGE', KEYS[1], ARGV[4], ARGV[4])[1] then
        return {}
      end
    end
    local id, payload = ARGV[2 * n + 1], ARGV[2 * n + 2]
    local pos = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'id', id, 'p', payload)
    redis.call('PUBLISH', ARGV[3], prev .. ' ' .. pos .. ' ' .. id .. ' ' .. payload)
    redis.call('SET', KEYS[n], pos, 'PX', ARGV[2])
    reply[n - 1], prev = pos, pos
  end
end
return reply
