-- prints: false	survived
local function deep(n) if n > 0 then return deep(n - 1) + 1 end return 0 end
local t = setmetatable({}, {__concat = function() deep(100) return "x" end})
print(pcall(function() return "a" .. "b" .. t end) and "reached" or false, "survived")
