-- Set a deadline, move it, or call it off.
--
-- KEYS[1]  what is due when (ZSET: id by server us)
-- KEYS[2]  the work (HASH: id -> "due payload")
-- KEYS[3]  who is at it (HASH: id -> "token attempt")
-- ARGV[1]  id
-- ARGV[2]  "add" if it is not there, "move", or "drop"
-- ARGV[3]  from now, ms   ARGV[4]  payload   ARGV[5]  channel that wakes claimants
-- returns  1, or 0 when "add" found it there or "drop" did not
--
-- Moving or dropping ends a claim under way: its claimant cannot finish it.
if ARGV[2] == 'drop' then
  redis.call('HDEL', KEYS[2], ARGV[1])
  redis.call('HDEL', KEYS[3], ARGV[1])
  return redis.call('ZREM', KEYS[1], ARGV[1])
end
if ARGV[2] == 'add' and redis.call('ZSCORE', KEYS[1], ARGV[1]) then
  return 0
end
local t = redis.call('TIME')
local due = string.format('%.0f', t[1] * 1000000 + t[2] + ARGV[3] * 1000)
redis.call('HDEL', KEYS[3], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], due .. '\31' .. ARGV[4])
redis.call('ZADD', KEYS[1], due, ARGV[1])
redis.call('PUBLISH', ARGV[5], due)
return 1
