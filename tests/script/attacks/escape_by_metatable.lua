-- ends with: this table has a metatable already
setmetatable(_ENV, nil)
