-- Check a session and, if asked, slide its idle limit. Never makes one.
--
-- KEYS[1]  the session (STRING, see session_create)
-- KEYS[2]  the person's revocation epoch (STRING)
-- ARGV[1]  "1" slides
-- returns  nil when there is no such session, it has ended or was revoked; else
--          {now in us of the server, ms until it idles out, the session}
local got = redis.call('MGET', KEYS[1], KEYS[2])
if not got[1] then
  return false
end
local started, ends, idle = string.match(got[1], '^(%d+) (%d+) (%d+) ')
if not started then
  return false
end
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
ends = tonumber(ends)
if now >= ends or got[2] and tonumber(started) <= tonumber(got[2]) then
  return false
end
if ARGV[1] ~= '1' then
  return {now, redis.call('PTTL', KEYS[1]), got[1]}
end
local left = math.min(tonumber(idle), math.ceil((ends - now) / 1000))
redis.call('PEXPIRE', KEYS[1], left)
return {now, left, got[1]}
