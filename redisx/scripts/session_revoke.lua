-- Revoke one session and announce it.
--
-- KEYS[1]  the session (STRING)   KEYS[2]  the person's sessions (ZSET)
-- ARGV[1]  the session's hash   ARGV[2]  channel   ARGV[3]  message
-- returns  1, or 0 when there was none
local n = redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[1])
if n == 1 then
  redis.call('PUBLISH', ARGV[2], ARGV[3])
end
return n
