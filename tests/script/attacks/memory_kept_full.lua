-- ends with: works without end
local keep = {}
for i = 1, 600000 do keep[i] = {i} end
while true do local garbage = {1, 2, 3} end
