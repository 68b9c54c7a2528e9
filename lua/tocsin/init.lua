-- What scenario authors get from `require "tocsin"`: everything the engine offers, in one table.
local core = require "tocsin.core"

local t = {}
for name, value in pairs(core) do
    t[name] = value
end

return t
