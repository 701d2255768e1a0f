-- Claim what is due. Each piece of work goes to one claimant, for as long as its
-- lease; if the claimant dies, it is due again then.
--
-- KEYS[1], KEYS[2], KEYS[3]  as in deadline_set.lua
-- ARGV[1]  token of this claim   ARGV[2]  lease, ms   ARGV[3]  at most how many
-- returns  {us until the next is due or -1, id, due, attempt, payload, id, …}
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local f = string.format('%.0f', now)
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', f, 'LIMIT', 0, ARGV[3])
local reply = {-1}
local till = string.format('%.0f', now + ARGV[2] * 1000)
for _, id in ipairs(ids) do
  local work = redis.call('HGET', KEYS[2], id)
  if not work then
    redis.call('ZREM', KEYS[1], id)
  else
    local before = redis.call('HGET', KEYS[3], id)
    local attempt = (before and tonumber(string.match(before, '(%d+)$')) or 0) + 1
    redis.call('HSET', KEYS[3], id, ARGV[1] .. '\31' .. attempt)
    redis.call('ZADD', KEYS[1], till, id)
    local due, payload = string.match(work, '^(%d+)\31(.*)$')
    local n = #reply
    reply[n + 1], reply[n + 2], reply[n + 3], reply[n + 4] = id, due, attempt, payload
  end
end
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
if first[2] then
  reply[1] = math.max(0, first[2] - now)
end
return reply
