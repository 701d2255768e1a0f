-- Take a lock, or say who holds it.
--
-- KEYS[1]  the lock (HASH)
-- KEYS[2]  its last fence (STRING)
-- ARGV[1]  token of this attempt
-- ARGV[2]  session of the caller
-- ARGV[3]  time to live, ms
-- ARGV[4]  "1" takes it over from whoever holds it
-- ARGV[5]  channel that announces changes
-- ARGV[6]  group   ARGV[7]  name
-- ARGV[8]  owner   ARGV[9]  owner's name   ARGV[10] station   ARGV[11] reason
-- returns  {1, token, fence, since in us}                              granted
--          {0, session, owner, name, station, reason, since, fence}    held
--
-- The holder's own session gets its lock again, with the same token and fence:
-- a lost reply does not lock its caller out. A fence is the larger of the last
-- one plus 1 and the server's microseconds, so it grows even when the last one
-- was lost with the data.
local held = redis.call('HMGET', KEYS[1], 'token', 'session', 'owner', 'name', 'station', 'reason', 'since', 'fence')
if held[1] then
  if held[2] == ARGV[2] then
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
    return {1, held[1], held[8], held[7]}
  end
  if ARGV[4] ~= '1' then
    return {0, held[2], held[3], held[4], held[5], held[6], held[7], held[8]}
  end
end
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local fence = math.max((tonumber(redis.call('GET', KEYS[2])) or 0) + 1, now)
local f = string.format('%.0f', fence)
local since = string.format('%.0f', now)
redis.call('SET', KEYS[2], f, 'EX', 31536000)
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'token', ARGV[1], 'session', ARGV[2], 'owner', ARGV[8], 'name', ARGV[9],
  'station', ARGV[10], 'reason', ARGV[11], 'since', since, 'fence', f)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
local kind = 'taken'
if held[1] then
  kind = 'over'
end
redis.call('PUBLISH', ARGV[5], cjson.encode({kind = kind, group = ARGV[6], name = ARGV[7], session = ARGV[2],
  owner = ARGV[8], holder = ARGV[9], station = ARGV[10], reason = ARGV[11], since = since, fence = f}))
return {1, ARGV[1], f, since}
