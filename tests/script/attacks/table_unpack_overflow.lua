-- ends with: table.unpack's
print(#{table.unpack({}, math.mininteger, math.maxinteger)})
