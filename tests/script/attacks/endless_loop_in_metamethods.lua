-- ends with: works without end
local t = setmetatable({}, {
  __index = function(self, key) return key + 1 end,
  __eq = function() return true end, __lt = function() return true end,
  __call = function(self, n) return n end, __len = function() return 3 end,
  __unm = function(self) return self end, __add = function(a) return a end,
})
while true do local x = t[1] + t(2) + #t; local y = t < -t; t = t + 1 end
