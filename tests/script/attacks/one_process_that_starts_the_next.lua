-- ends with: processes have run 1000000 times at one instant
local t = require "tocsin"
local function next_one() t.start(next_one) end
t.start(next_one)
