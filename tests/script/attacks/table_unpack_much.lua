-- ends with: table.unpack gives at most 250 values
print(#{table.unpack({}, 1, 100000000)})
