-- ends with: works without end
local t = setmetatable({__newindex = {}}, {__mode = "v"})
local list = {}
for i = 1, 1e9 do t[i] = {}; list[i] = ("x"):rep(i % 100) .. i end
