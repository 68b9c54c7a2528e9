-- ends with: needs more than
local t = require "tocsin"
local function bomb() t.start(bomb); t.start(bomb); t.wait(1) end
t.start(bomb)
