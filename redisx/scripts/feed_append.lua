-- Append one event to a feed and ring its channel, once for each event ID.
--
-- KEYS[1]  the log (STREAM: fields "id", "p")
-- KEYS[2]  position of this event ID (STRING), the idempotency record
-- ARGV[1]  event ID, no spaces
-- ARGV[2]  payload
-- ARGV[3]  about how many events to keep
-- ARGV[4]  how long to remember the ID, ms
-- ARGV[5]  live channel
-- ARGV[6]  position of the caller's last event, or ""
-- returns  position of a new event, {position} of one that was there already, or
--          {} and nothing is done: the log lacks the caller's last event
--
-- The channel gets "previous-position position event-ID payload". The ID is
-- remembered last: if anything before fails, a repetition appends again.
local known = redis.call('GET', KEYS[2])
if known then
  return {known}
end
local prev = '0-0'
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
if last[1] then
  prev = last[1][1]
end
if ARGV[6] ~= '' and ARGV[6] ~= prev and not redis.call('XRANGE', KEYS[1], ARGV[6], ARGV[6])[1] then
  return {}
end
local pos = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[3], '*', 'id', ARGV[1], 'p', ARGV[2])
redis.call('PUBLISH', ARGV[5], prev .. ' ' .. pos .. ' ' .. ARGV[1] .. ' ' .. ARGV[2])
redis.call('SET', KEYS[2], pos, 'PX', ARGV[4])
return pos
