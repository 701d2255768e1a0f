-- Take a lock, or say who holds it, or stand in line for it.
--
-- KEYS[1]  the lock (STRING: an entry)
-- KEYS[2]  its last fence (STRING: digits, and "q" while somebody may be waiting)
-- KEYS[3]  who waits (HASH: session -> "until token ticket rest")
-- ARGV[1]  token of this attempt
-- ARGV[2]  rest of the caller's entry: "inbox session owner name station reason"
-- ARGV[3]  session of the caller
-- ARGV[4]  time to live, ms
-- ARGV[5]  "t" tries, "o" takes over from whoever holds it, "o" and a fence from that
--          holder alone, "w" stands in line
-- ARGV[6]  channel that announces changes
-- ARGV[7]  "group name", for announcements
-- ARGV[8]  how long a waiter counts without asking again, ms
-- returns  the caller's entry "fence token since rest"    granted
--          {entry, ms}     held: who holds it, and when it is worth asking again;
--                          of a free lock that is the first in line, with fence 0
--
-- All fields are separated by 0x1f. Times and tickets are microseconds of the
-- server.
--
-- The holder's own session gets its lock again, with the same token and fence:
-- a lost reply does not lock its caller out. A fence is the larger of the last
-- one plus 1 and the server's microseconds, so it grows even when the last one
-- was lost with the data. The last one is kept for a year and only matters to a
-- server whose clock was set back; KEEPTTL is quicker than to start the year
-- anew. A lock that is free goes to the first in line that still asks; nobody
-- overtakes, except by "o".
local both = redis.call('MGET', KEYS[1], KEYS[2])
local held, last = both[1], both[2]
local queued = last and string.byte(last, -1) == 113
local t = redis.call('TIME')
local now = t[1] .. string.sub('000000', #t[2] + 1) .. t[2]

if not held and not queued then
  -- Free, and nobody waits. All of this again stands below; here it is short,
  -- because nearly every lock is taken so.
  local fence = now
  if last and (#last > #now or (#last == #now and last >= now)) then
    fence = string.format('%.0f', last + 1)
  end
  if last then
    redis.call('SET', KEYS[2], fence, 'KEEPTTL')
  else
    redis.call('SET', KEYS[2], fence, 'EX', '31536000')
  end
  local entry = fence .. '\31' .. ARGV[1] .. '\31' .. now .. '\31' .. ARGV[2]
  redis.call('SET', KEYS[1], entry, 'PX', ARGV[4])
  redis.call('PUBLISH', ARGV[6], 'taken\31' .. ARGV[7] .. '\31' .. entry)
  return entry
end

local mode, from, over = string.sub(ARGV[5], 1, 1), string.sub(ARGV[5], 2), nil

local function later(a, b) return #a > #b or (#a == #b and a > b) end
local function plus(us, ms) return string.format('%.0f', us + ms * 1000) end

-- Note that the caller waits. A caller that waits already keeps its ticket.
local function stand(holder)
  local ticket = nil
  local old = redis.call('HGET', KEYS[3], ARGV[3])
  if old then
    ticket = string.match(old, '^%d+\31[^\31]*\31(%d+)')
  end
  redis.call('HSET', KEYS[3], ARGV[3],
    plus(now, ARGV[8]) .. '\31' .. ARGV[1] .. '\31' .. (ticket or now) .. '\31' .. ARGV[2])
  redis.call('PEXPIRE', KEYS[3], ARGV[8] * 2)
  if not queued then
    queued = true
    redis.call('SET', KEYS[2], (last or now) .. 'q', 'EX', 31536000)
  end
  if not ticket then
    local news = 'wait\31' .. ARGV[7] .. '\0310\31' .. ARGV[1] .. '\31' .. now .. '\31' .. ARGV[2]
    redis.call('PUBLISH', ARGV[6], news)
    if holder and holder ~= '' then
      redis.call('PUBLISH', holder, news)
    end
  end
end

if held then
  local fence, token, since, inbox, session = string.match(held,
    '^(%d+)\31([^\31]*)\31(%d+)\31([^\31]*)\31([^\31]*)\31')
  if session == ARGV[3] then
    if queued then
      redis.call('HDEL', KEYS[3], ARGV[3])
    end
    local entry = fence .. '\31' .. token .. '\31' .. since .. '\31' .. ARGV[2]
    redis.call('SET', KEYS[1], entry, 'PX', ARGV[4])
    return entry
  end
  if mode ~= 'o' or (from ~= '' and from ~= fence) then
    if mode == 'w' then
      stand(inbox)
    end
    return {held, redis.call('PTTL', KEYS[1])}
  end
  over = inbox
elseif queued and mode ~= 'o' then
  if mode == 'w' then
    stand(nil)
  end
  local line = redis.call('HGETALL', KEYS[3])
  local first, ticket = nil, nil
  for i = 1, #line, 2 do
    local till, at = string.match(line[i + 1], '^(%d+)\31[^\31]*\31(%d+)')
    if not till or not later(till, now) then
      redis.call('HDEL', KEYS[3], line[i])
    elseif not first or later(ticket, at) or (ticket == at and line[i] < line[first]) then
      first, ticket = i, at
    end
  end
  if first and line[first] ~= ARGV[3] then
    local till, token, rest = string.match(line[first + 1], '^(%d+)\31([^\31]*)\31(.*)$')
    return {'0\31' .. token .. '\31' .. rest, math.ceil((till - now) / 1000)}
  end
end

if queued then
  redis.call('HDEL', KEYS[3], ARGV[3])
  queued = redis.call('EXISTS', KEYS[3]) == 1
  last = string.sub(last or '', 1, -2)
end
local fence = now
if last and last ~= '' and not later(now, last) then
  fence = string.format('%.0f', last + 1)
end
local entry = fence .. '\31' .. ARGV[1] .. '\31' .. now .. '\31' .. ARGV[2]
redis.call('SET', KEYS[2], queued and fence .. 'q' or fence, 'EX', 31536000)
redis.call('SET', KEYS[1], entry, 'PX', ARGV[4])
if over then
  local news = 'over\31' .. ARGV[7] .. '\31' .. entry
  redis.call('PUBLISH', over, news)
  redis.call('PUBLISH', ARGV[6], news)
else
  redis.call('PUBLISH', ARGV[6], 'taken\31' .. ARGV[7] .. '\31' .. entry)
end
return entry
