-- Make a session.
--
-- KEYS[1]  the session (STRING)   KEYS[2]  the person's sessions (ZSET)
-- KEYS[3]  the person's revocation epoch (STRING)
-- ARGV[1]  person's length, bytes   ARGV[2]  person followed by value
-- ARGV[3]  idle limit, ms   ARGV[4]  absolute limit, ms
-- ARGV[5]  the session's hash
-- returns  {started, idle until, ends, now}, all in us of the server
--
-- The session is "started ends idle length personvalue": one string, which
-- session_check reads together with the epoch. started and ends are in us of the
-- server, idle in ms.
--
-- A session made in the very microsecond of a revocation starts after it.
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local epoch = tonumber(redis.call('GET', KEYS[3])) or 0
local started = math.max(now, epoch + 1)
local ends = now + ARGV[4] * 1000
local idle = math.min(now + ARGV[3] * 1000, ends)
local function f(n) return string.format('%.0f', n) end
redis.call('SET', KEYS[1], f(started) .. ' ' .. f(ends) .. ' ' .. ARGV[3] .. ' ' .. ARGV[1] .. ' ' .. ARGV[2],
  'PX', math.ceil((idle - now) / 1000))
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', f(now))
redis.call('ZADD', KEYS[2], f(ends), ARGV[5])
if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[4]) then
  redis.call('PEXPIRE', KEYS[2], ARGV[4])
end
return {f(started), f(idle), f(ends), f(now)}
