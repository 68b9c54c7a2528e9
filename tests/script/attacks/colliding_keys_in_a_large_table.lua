-- ends with: a single table may have at most 65536 entries
local t = {}
for i = 1, 1000000 do t[i * 524287] = i end
