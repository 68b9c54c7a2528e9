-- ends with: not a text but a value of type table
error(setmetatable({}, {__tostring = function() while true do end end}))
