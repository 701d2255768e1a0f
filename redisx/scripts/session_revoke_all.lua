-- Revoke all sessions of a person that exist at this moment, and announce it.
--
-- KEYS[1]  the person's revocation epoch (STRING)   KEYS[2]  the person's sessions (ZSET)
-- ARGV[1]  channel   ARGV[2]  message
-- returns  the epoch
--
-- The epoch decides: a session started at or before it is refused, whatever is
-- written late. It is kept for a year, longer than any session may live.
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local epoch = string.format('%.0f', math.max((tonumber(redis.call('GET', KEYS[1])) or 0) + 1, now))
redis.call('SET', KEYS[1], epoch, 'EX', 31536000)
redis.call('DEL', KEYS[2])
redis.call('PUBLISH', ARGV[1], ARGV[2])
return epoch
