-- prints: false
local t = {}
for i = 1, 3000 do t = setmetatable({}, {__index = t}) end
print((pcall(function() return t.x end)))
