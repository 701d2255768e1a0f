-- Remove an entry and the lease of whoever is just loading it, so that a value
-- read before this moment is not stored after it. Announce it.
--
-- KEYS[1]  the entry (STRING)   KEYS[2]  the fill lease (STRING)
-- ARGV[1]  channel   ARGV[2]  message
-- returns  1
redis.call('DEL', KEYS[1], KEYS[2])
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 1
