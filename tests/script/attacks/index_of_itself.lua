-- ends with: C stack overflow
local t
t = setmetatable({}, {__index = function(self, k) return self[k .. "x"] end})
print(t.a)
