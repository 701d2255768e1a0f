-- Note a failure and say how long to wait.
--
-- KEYS[1]  failures (HASH: n, until in us)
-- ARGV[1]  failures that cost nothing   ARGV[2]  first wait, ms
-- ARGV[3]  longest wait, ms             ARGV[4]  forget after, ms
-- returns  wait in ms
local n = redis.call('HINCRBY', KEYS[1], 'n', 1)
local wait = 0
if n > tonumber(ARGV[1]) then
  wait = math.min(ARGV[2] * 2 ^ math.min(n - ARGV[1] - 1, 40), tonumber(ARGV[3]))
end
local t = redis.call('TIME')
redis.call('HSET', KEYS[1], 'until', string.format('%.0f', t[1] * 1000000 + t[2] + wait * 1000))
redis.call('PEXPIRE', KEYS[1], math.max(tonumber(ARGV[4]), wait))
return math.ceil(wait)
