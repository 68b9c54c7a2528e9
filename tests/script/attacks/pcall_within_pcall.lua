-- ends with: C stack overflow
local function deep() local ok, e = pcall(deep); error(e, 0) end
deep()
