-- Prolong a lock that is still held. Never makes one.
--
-- KEYS[1]  the lock (HASH)
-- ARGV[1]  token   ARGV[2]  fence   ARGV[3]  time to live, ms
-- returns  1, or 0 when it is gone or another's
local held = redis.call('HMGET', KEYS[1], 'token', 'fence')
if held[1] == ARGV[1] and held[2] == ARGV[2] then
  return redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return 0
