-- What scenario authors get from `require "tocsin"`: everything the engine offers, in one table.
local t = require "tocsin.core"

return t
