-- Publish a follower's probe with the log's last event. It travels behind
-- every event published before it, so a follower that gets it back knows that
-- it has heard everything up to that position.
--
-- KEYS[1]  the log (STREAM)
-- ARGV[1]  the follower's probe channel
-- ARGV[2]  nonce
-- returns  number of receivers; the message is "nonce position event-ID"
local at = '0-0 '
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
if last[1] then
  at = last[1][1] .. ' ' .. (last[1][2][2] or '')
end
return redis.call('PUBLISH', ARGV[1], ARGV[2] .. ' ' .. at)
