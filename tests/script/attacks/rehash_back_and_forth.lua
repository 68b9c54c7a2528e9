-- ends with: works without end
local t = {}
for i = 1, 65536 do t["k" .. i] = true end
local i = 1
while true do t["k" .. i] = nil; i = i + 1; t["k" .. (i + 65536)] = true end
