-- ends with: works without end
local function grow(n, ...)
  if n == 0 then while true do local _ = select("#", ...) end end
  return grow(n - 1, n, ...)
end
grow(240)
