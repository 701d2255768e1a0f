-- Say who waits for a lock, the first in line first.
--
-- KEYS[1]  who waits (HASH, see lock_acquire.lua)
-- returns  their entries "0 token ticket rest"
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local line = redis.call('HVALS', KEYS[1])
local live = {}
for i = 1, #line do
  local till, at = string.match(line[i], '^(%d+)\31[^\31]*\31(%d+)')
  if till and tonumber(till) > now then
    live[#live + 1] = {tonumber(at), '0' .. string.sub(line[i], #till + 1)}
  end
end
table.sort(live, function(a, b) return a[1] < b[1] or (a[1] == b[1] and a[2] < b[2]) end)
for i = 1, #live do
  live[i] = live[i][2]
end
return live
