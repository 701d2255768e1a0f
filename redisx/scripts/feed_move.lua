-- Move an item from one state to another if it stands where the mover believes,
-- and tell the feed in the same step.
--
-- KEYS[1]  the item (STRING: "revision value since by request note")
-- KEYS[2]  the feed's log (STREAM)
-- ARGV[1]  request ID of this move, no spaces; also the ID of its event
-- ARGV[2]  new value   ARGV[3]  by   ARGV[4]  note
-- ARGV[5]  how long to keep the item, ms
-- ARGV[6]  "1" appends an event   ARGV[7]  its payload
-- ARGV[8]  about how many events to keep   ARGV[9]  live channel
-- ARGV[10…]  values it may move from; "" is an item that is not there
-- returns  the item as the move left it, or {the item as it is} when it stands
--          elsewhere ({""}: it is not there)
--
-- All fields are separated by 0x1f. The same request again finds its own move: a
-- lost reply does not make its mover a loser. A revision is the larger of the
-- last one plus 1 and the server's microseconds.
local have = redis.call('GET', KEYS[1]) or ''
local rev, value, since, by, request = string.match(have,
  '^(%d+)\31([^\31]*)\31(%d+)\31([^\31]*)\31([^\31]*)\31')
if request == ARGV[1] then
  redis.call('PEXPIRE', KEYS[1], ARGV[5])
  return have
end
local from = false
for i = 10, #ARGV do
  if ARGV[i] == (value or '') then
    from = true
  end
end
if not from then
  return {have}
end
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local next = string.format('%.0f', math.max((tonumber(rev) or 0) + 1, now))
local item = next .. '\31' .. ARGV[2] .. '\31' .. string.format('%.0f', now) .. '\31' .. ARGV[3] .. '\31' ..
  ARGV[1] .. '\31' .. ARGV[4]
if ARGV[6] == '1' then
  local prev = '0-0'
  local last = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)
  if last[1] then
    prev = last[1][1]
  end
  local pos = redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[8], '*', 'id', ARGV[1], 'p', ARGV[7])
  redis.call('PUBLISH', ARGV[9], prev .. ' ' .. pos .. ' ' .. ARGV[1] .. ' ' .. ARGV[7])
end
redis.call('SET', KEYS[1], item, 'PX', ARGV[5])
return item
