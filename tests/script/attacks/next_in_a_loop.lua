-- ends with: works without end
local t = {}
for i = 1, 50000 do t["k" .. i] = i end
local k
while true do k = next(t, k) end
