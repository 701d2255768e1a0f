-- Release a lock if it is the caller's, and say so to who waits.
--
-- KEYS[1]  the lock (HASH)
-- ARGV[1]  token   ARGV[2]  fence   ARGV[3]  channel   ARGV[4]  group   ARGV[5]  name
-- returns  1, or 0 when it was gone or another's
local held = redis.call('HMGET', KEYS[1], 'token', 'fence')
if held[1] ~= ARGV[1] or held[2] ~= ARGV[2] then
  return 0
end
redis.call('DEL', KEYS[1])
redis.call('PUBLISH', ARGV[3], cjson.encode({kind = 'free', group = ARGV[4], name = ARGV[5], fence = ARGV[2]}))
return 1
