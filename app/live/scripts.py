"""The Lua that keeps a shop's position, replay stream and channel in step.

Redis runs a script alone, so what happens in one is seen by all or by none. Numbers of an epoch
are given out once: an epoch belongs to one run of the server, since a server that came back from
an older snapshot, or a replica that took over, may not know the last numbers it gave. A position
that nobody has used for long expires; whoever comes back then finds a new epoch.
"""

_RUN = """
local function run_of_server()
  local answer = redis.pcall('INFO', 'server')
  return type(answer) == 'string' and string.match(answer, 'run_id:(%w+)') or 'unknown'
end
"""

_EPOCH = (
    _RUN
    + """
local function current_epoch(position, recent, candidate, life)
  local run = run_of_server()
  local known = redis.call('HMGET', position, 'epoch', 'number', 'run')
  if known[1] and known[3] == run then
    redis.call('EXPIRE', position, life)
    return known[1], tonumber(known[2])
  end
  redis.call('HSET', position, 'epoch', candidate, 'number', 0, 'run', run)
  redis.call('EXPIRE', position, life)
  redis.call('DEL', recent)
  return candidate, 0
end
"""
)

# KEYS position, recent, published, what is remembered of the settings
# ARGV channel, candidate epoch, event, revision, data, window in messages,
#      life of the stream, of the memory and of the position in seconds,
#      the version of the settings that the data follows, or nothing where it follows none
# → position, or false where newer settings were announced since
PUBLISH = (
    _EPOCH
    + """
local newest = ARGV[10] ~= '' and redis.call('GET', KEYS[4])
if newest and tonumber(string.match(newest, '^%d+')) > tonumber(ARGV[10]) then
  return false
end
local known = redis.call('GET', KEYS[3])
if known then
  local revision, position = string.match(known, '^(%d+) (.+)$')
  if tonumber(revision) >= tonumber(ARGV[4]) then
    return position
  end
end
local epoch, number = current_epoch(KEYS[1], KEYS[2], ARGV[2], ARGV[9])
number = number + 1
local position = string.format('%s-%.0f', epoch, number)
local message = '{"position":"' .. position .. '","event":"' .. ARGV[3]
  .. '","data":' .. ARGV[5] .. '}'
redis.call('HSET', KEYS[1], 'number', string.format('%.0f', number))
redis.call('XADD', KEYS[2], 'MAXLEN', ARGV[6], string.format('%.0f-0', number), 'message', message)
redis.call('EXPIRE', KEYS[2], ARGV[7])
redis.call('SET', KEYS[3], ARGV[4] .. ' ' .. position, 'EX', ARGV[8])
redis.call('PUBLISH', ARGV[1], message)
return position
"""
)

# KEYS position, recent
# ARGV candidate epoch, reader's epoch, reader's number, life of the position in seconds
# → {epoch, number, whether the reader can be caught up, entries}
READ = (
    _EPOCH
    + """
local epoch, number = current_epoch(KEYS[1], KEYS[2], ARGV[1], ARGV[4])
local tip = string.format('%.0f', number)
local after = tonumber(ARGV[3])
if ARGV[2] ~= epoch or after > number or after < number - redis.call('XLEN', KEYS[2]) then
  return {epoch, tip, 0, {}}
end
return {epoch, tip, 1, redis.call('XRANGE', KEYS[2], string.format('%.0f-0', after + 1), '+')}
"""
)

# Nobody may be told again what is forgotten, so the epoch ends. Its successor begins with a message
# that is not kept: whoever listens learns by it that the past is gone, and starts anew.
# KEYS position, recent
# ARGV channel, the next epoch, life of the position in seconds, texts that are to be forgotten
# → whether there was any
FORGET = (
    _RUN
    + """
local is_kept = false
for _, entry in ipairs(redis.call('XRANGE', KEYS[2], '-', '+')) do
  for text = 4, #ARGV do
    is_kept = is_kept or string.find(entry[2][2], ARGV[text], 1, true) ~= nil
  end
end
if not is_kept then
  return 0
end
redis.call('HSET', KEYS[1], 'epoch', ARGV[2], 'number', 1, 'run', run_of_server())
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('DEL', KEYS[2])
redis.call('PUBLISH', ARGV[1], '{"position":"' .. ARGV[2] .. '-1","event":"reset","data":{}}')
return 1
"""
)

# Not kept: who was away when it was said asks again, and is told that there is no such shop.
# KEYS position
# ARGV channel, an epoch for where there is none
FAREWELL = """
local known = redis.call('HMGET', KEYS[1], 'epoch', 'number')
local position = string.format('%s-%.0f', known[1] or ARGV[2], (tonumber(known[2]) or 0) + 1)
redis.call('PUBLISH', ARGV[1], '{"position":"' .. position .. '","event":"farewell","data":{}}')
"""
