-- ends with: a single text may have at most
local s = "x"
while true do s = s .. s end
