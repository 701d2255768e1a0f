-- Store a value unless a newer one is there, and announce it.
--
-- KEYS[1]  the entry (STRING)   KEYS[2]  the fill lease (STRING)
-- ARGV[1]  revision, digits only
-- ARGV[2]  rest of the envelope, after the time
-- ARGV[3]  time to live, ms
-- ARGV[4]  token of the fill lease, or "" for a write that needs none
-- ARGV[5]  channel, or "" to stay silent   ARGV[6]  message
-- returns  1 stored, 0 an entry with a higher revision is there, -1 the fill lease is gone
--
-- The envelope is {"r":revision,"t":server ms,…}; the revision stands first so
-- that it can be compared without decoding. A fill stores only while its lease
-- is there: a write or an invalidation since the value was read removes it.
if ARGV[4] ~= '' and redis.call('GET', KEYS[2]) ~= ARGV[4] then
  return -1
end
redis.call('DEL', KEYS[2])
local have = redis.call('GET', KEYS[1])
if have then
  local r = string.match(have, '^{"r":(%d+),"t":%d+,"s":')
  if r and (#r > #ARGV[1] or (#r == #ARGV[1] and r > ARGV[1])) then
    return 0
  end
end
local t = redis.call('TIME')
local ms = string.format('%.0f', t[1] * 1000 + math.floor(t[2] / 1000))
redis.call('SET', KEYS[1], '{"r":' .. ARGV[1] .. ',"t":' .. ms .. ARGV[2], 'PX', ARGV[3])
if ARGV[5] ~= '' then
  redis.call('PUBLISH', ARGV[5], ARGV[6])
end
return 1
