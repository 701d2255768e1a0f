-- Say how long to wait before the next try.
--
-- KEYS[1]  failures (HASH: n, until in us)
-- returns  wait in ms, 0 for none
local till = tonumber(redis.call('HGET', KEYS[1], 'until')) or 0
local t = redis.call('TIME')
return math.max(0, math.ceil((till - (t[1] * 1000000 + t[2])) / 1000))
