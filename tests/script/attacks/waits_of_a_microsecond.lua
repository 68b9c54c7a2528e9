-- budget: 3000000
-- ends with: that a whole drill may take
local t = require "tocsin"
t.start(function() while true do t.wait(1) end end)
