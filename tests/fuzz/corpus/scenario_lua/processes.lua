local t = require "tocsin"
local a = t.start(function(n)
  for i = 1, n do t.wait(t.exponential("gap", t.seconds(i))) end
  error("a" .. n)
end, 3)
t.start(function() t.wait(t.seconds(1)); t.cancel(a); t.wake(a); t.start(t.wait, 5) end)
