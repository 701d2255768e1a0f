-- Check a session and, if asked, slide its idle limit. Never makes one.
--
-- KEYS[1]  the session (HASH)   KEYS[2]  the person's revocation epoch (STRING)
-- ARGV[1]  "1" slides
-- returns  nil when there is no such session, it has ended or was revoked; else
--          {person, value, started, idle until, ends, now}, times in us of the server
local s = redis.call('HMGET', KEYS[1], 'person', 'value', 'started', 'ends', 'idle')
if not s[1] or not s[3] or not s[4] or not s[5] then
  return false
end
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local ends = tonumber(s[4])
local epoch = tonumber(redis.call('GET', KEYS[2])) or 0
if now >= ends or tonumber(s[3]) <= epoch then
  return false
end
local left
if ARGV[1] == '1' then
  left = math.min(tonumber(s[5]), math.ceil((ends - now) / 1000))
  redis.call('PEXPIRE', KEYS[1], left)
else
  left = redis.call('PTTL', KEYS[1])
end
local idle = math.min(now + left * 1000, ends)
return {s[1], s[2], s[3], string.format('%.0f', idle), s[4], string.format('%.0f', now)}
