-- ends with: works without end
local t = {}
for i = 1, 300000 do t[i] = i end
while #t > 0 do table.remove(t, 1) end
