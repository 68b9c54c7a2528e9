-- ends with: attempt to call a nil value (field 'dump')
local _ = ("").dump(print)
print((""):dump())
