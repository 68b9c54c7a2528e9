-- ends with: works without end
local line = ("x"):rep(1000)
while true do print(line) end
