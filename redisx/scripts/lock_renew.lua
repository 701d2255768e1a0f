-- Prolong a lock that is still held. Never makes one.
--
-- KEYS[1]  the lock (STRING: an entry, see lock_acquire.lua)
-- ARGV[1]  "fence token " of the lease   ARGV[2]  time to live, ms
-- returns  1, or 0 when it is gone or another's
local held = redis.call('GET', KEYS[1])
if held and string.sub(held, 1, #ARGV[1]) == ARGV[1] then
  return redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 0
