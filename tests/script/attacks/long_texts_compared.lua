-- ends with: works without end
local a = ("x"):rep(1000000)
local b, c = a .. "y", a .. "z"
while true do local _ = b < c; _ = b == c end
