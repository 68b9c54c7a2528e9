-- ends with: variable 'x' got a non-closable value
local x <close> = setmetatable({}, {__close = function() while true do end end})
