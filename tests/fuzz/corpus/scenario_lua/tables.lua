local C = {}; C.__index = C; C.__mode = "v"; C.__gc = print; C.__concat = print
function C.new(n) return setmetatable({n = n}, C) end
function C:__tostring() return "c" .. self.n end
local t, x = {}, C.new(1)
for i = 1, 50 do t[i % 7 .. "k"] = C.new(i); t[i / 2] = i end
for k, v in pairs(t) do t[k] = nil; local y = next(t) end
local ok, e = pcall(function() return x .. "a" .. "b" end)
local function f(...) local a <const>, b = ..., select(2, ...); return pcall(f, b, a) end
return f(1, 2, 3), xpcall(error, tostring, {}), t
