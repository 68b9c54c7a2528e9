-- stopped
-- ends with: stopped from outside
local a = 1.2345678901e-300
while true do local s = a..a..a..a..a..a..a..a..a..a..a..a..a..a..a..a..a..a..a..a..a..a..a..a end
