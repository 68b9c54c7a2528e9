-- ends with: C stack overflow
local t
t = setmetatable({}, {__tostring = function(self) return tostring(self) end})
print(tostring(t))
