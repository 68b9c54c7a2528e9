-- ends with: a single text may have at most
local list = {}
for i = 1, 100000 do list[i] = "0123456789abcdef" end
print(#table.concat(list))
