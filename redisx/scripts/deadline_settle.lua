-- Finish a piece of work, or ask for more time, if the claim still stands.
--
-- KEYS[1], KEYS[2], KEYS[3]  as in deadline_set.lua
-- ARGV[1]  id   ARGV[2]  token of the claim   ARGV[3]  more time, ms; "" finishes
-- returns  1, or 0 when the claim does not stand any more
local claim = redis.call('HGET', KEYS[3], ARGV[1])
if not claim or string.match(claim, '^([^\31]*)\31') ~= ARGV[2] then
  return 0
end
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[2], ARGV[1])
  redis.call('HDEL', KEYS[3], ARGV[1])
  return redis.call('ZREM', KEYS[1], ARGV[1])
end
local t = redis.call('TIME')
redis.call('ZADD', KEYS[1], 'XX', string.format('%.0f', t[1] * 1000000 + t[2] + ARGV[3] * 1000), ARGV[1])
return 1
