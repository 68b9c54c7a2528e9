-- ends with: more than 65536 different names of draws
local t = require "tocsin"
for i = 1, 1e9 do t.happens("draw" .. i, 0.5) end
