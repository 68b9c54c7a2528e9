-- prints: false	survived
local meta = {}
local t = setmetatable({}, meta)
meta.__concat = function() return "x" end
meta.__gc = function() end
meta.__mode = "kv"
print(pcall(function() return "a" .. "b" .. t end) and "reached" or false, "survived")
