-- Give a lock back, or leave the line for it, and wake who is first in line.
--
-- KEYS[1]  the lock   KEYS[2]  its last fence   KEYS[3]  who waits   (see lock_acquire.lua)
-- ARGV[1]  "fence token " of the lease, or "" to leave the line
-- ARGV[2]  channel that announces changes
-- ARGV[3]  "group name"
-- ARGV[4]  who leaves the line: session
-- ARGV[5]  and the token with which it stood there
-- returns  1, or 0 when the lock was gone or another's
--
-- Who leaves also gives back a lock that it got with its token and never knew
-- of, because the reply was lost.
local both = redis.call('MGET', KEYS[1], KEYS[2])
local held = both[1]
local leave = ARGV[1] == ''
if leave then
  local token = held and string.match(held, '^%d+\31([^\31]*)\31')
  if token == ARGV[5] then
    redis.call('DEL', KEYS[1])
    held = false
  end
  if redis.call('HDEL', KEYS[3], ARGV[4]) == 1 then
    local news = 'left\31' .. ARGV[3] .. '\0310\31' .. ARGV[5] .. '\0310\31\31' .. ARGV[4]
    redis.call('PUBLISH', ARGV[2], news)
    local inbox = held and string.match(held, '^%d+\31[^\31]*\31%d+\31([^\31]*)\31')
    if inbox and inbox ~= '' then
      redis.call('PUBLISH', inbox, news)
    end
  end
  if held then
    return 1
  end
else
  if not held or string.sub(held, 1, #ARGV[1]) ~= ARGV[1] then
    return 0
  end
  redis.call('DEL', KEYS[1])
end
local news = 'free\31' .. ARGV[3] .. '\31' .. ARGV[1]
if both[2] and string.byte(both[2], -1) == 113 then
  local t = redis.call('TIME')
  local now = t[1] * 1000000 + t[2]
  local line = redis.call('HGETALL', KEYS[3])
  local first, ticket = nil, nil
  for i = 1, #line, 2 do
    local till, at = string.match(line[i + 1], '^(%d+)\31[^\31]*\31(%d+)')
    till, at = tonumber(till), tonumber(at)
    if till and till > now and (not first or at < ticket or (at == ticket and line[i] < line[first])) then
      first, ticket = i, at
    end
  end
  if first then
    redis.call('PUBLISH', string.match(line[first + 1], '^%d+\31[^\31]*\31%d+\31([^\31]*)'), news)
  end
end
redis.call('PUBLISH', ARGV[2], news)
return 1
