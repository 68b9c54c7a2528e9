-- ends with: stack overflow
local function deeper(x) return (x:gsub(".", deeper)) end
deeper("a")
