-- Ask for a try: refused while a wait runs, else counted as failed until it is
-- cleared. So a hundred guesses sent at once are counted as a hundred.
--
-- KEYS[1]  failures (HASH: n, until in us)
-- ARGV[1]  failures that cost nothing   ARGV[2]  first wait, ms
-- ARGV[3]  longest wait, ms             ARGV[4]  forget after, ms
-- returns  0 if the try may go on, else what is left of the wait in ms
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local till = tonumber(redis.call('HGET', KEYS[1], 'until')) or 0
if now < till then
  return math.ceil((till - now) / 1000)
end
local n = redis.call('HINCRBY', KEYS[1], 'n', 1)
local wait = 0
if n > tonumber(ARGV[1]) then
  wait = math.min(ARGV[2] * 2 ^ math.min(n - ARGV[1] - 1, 40), tonumber(ARGV[3]))
end
redis.call('HSET', KEYS[1], 'until', string.format('%.0f', now + wait * 1000))
redis.call('PEXPIRE', KEYS[1], math.max(tonumber(ARGV[4]), wait))
return 0
