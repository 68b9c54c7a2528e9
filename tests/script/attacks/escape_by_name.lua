-- prints: nil	nil	nil	nil	nil	nil	nil	nil	nil	nil	nil
local function get(name) return rawget(_ENV, name) end
print(get "load", get "dofile", get "io", get "os", get "debug", get "collectgarbage",
  get "coroutine", get "package", get "getmetatable", get "_G", string.dump)
