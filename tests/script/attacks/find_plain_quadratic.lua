-- ends with: works without end
local hay, needle = ("a"):rep(500000), ("a"):rep(250000) .. "b"
while true do hay:find(needle, 1, true) end
