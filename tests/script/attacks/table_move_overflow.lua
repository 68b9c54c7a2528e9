-- ends with: table.move's last: expected a whole number
table.move({}, 1, math.maxinteger, 2)
