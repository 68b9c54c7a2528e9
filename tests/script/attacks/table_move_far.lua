-- ends with: works without end
table.move({}, 1, 1000000000, 2)
