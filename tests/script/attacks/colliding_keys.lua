-- stopped
-- ends with: stopped from outside
local t = {}
for i = 1, 33000 do t[i * 65535] = i end
local absent = 65535 * 33001
while true do local _ = t[absent] end
