-- ends with: works without end
local t = {}
for i = 1, 100000 do t[i] = -i end
while true do table.sort(t); t[1] = t[1] + 1 end
