-- Remove an entry that cannot be read, or a fill lease that is given back, unless
-- it was replaced meanwhile.
--
-- KEYS[1]  the entry or the fill lease (STRING)
-- ARGV[1]  SHA-1 of what was read or written there
-- returns  1 if removed, else 0
local have = redis.call('GET', KEYS[1])
if have and redis.sha1hex(have) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
