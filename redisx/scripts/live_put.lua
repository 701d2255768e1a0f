-- Keep the newest value of each ID, and tell which changed. A value that is older
-- at its source than the one kept changes nothing; a source whose clock runs ahead
-- counts as of now.
--
-- KEYS[1]  values (HASH: ID -> "source us  received us  payload")
-- ARGV[1]  channel of the changes
-- ARGV[2]  most IDs; a new one beyond them is not taken
-- ARGV[3]  forget all after so long without a value, ms
-- ARGV[4]  ID   ARGV[5]  source time, us (0: now)   ARGV[6]  payload   and so on
-- returns  taken, older, too many; the message is the IDs taken, a line each
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local most = tonumber(ARGV[2])
local have = redis.call('HLEN', KEYS[1])
local taken, older, full = {}, 0, 0
for i = 4, #ARGV, 3 do
  local at = tonumber(ARGV[i + 1])
  if at == 0 or at > now then
    at = now
  end
  local had = redis.call('HGET', KEYS[1], ARGV[i])
  if had and tonumber(string.match(had, '^%d+')) > at then
    older = older + 1
  elseif not had and have >= most then
    full = full + 1
  else
    if not had then
      have = have + 1
    end
    redis.call('HSET', KEYS[1], ARGV[i], string.format('%.0f %.0f ', at, now) .. ARGV[i + 2])
    taken[#taken + 1] = ARGV[i]
  end
end
if #taken > 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  redis.call('PUBLISH', ARGV[1], table.concat(taken, '\n'))
end
return {#taken, older, full}
