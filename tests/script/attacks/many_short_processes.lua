-- ends with: processes have run 1000000 times at one instant
local t = require "tocsin"
local function short() local n = 0; for i = 1, 100 do n = n + i end end
t.start(function() while true do t.start(short); t.wait(0) end end)
