local s = ("abc %d"):rep(20, ","):gsub("%w+", function(w) return w:upper() .. #w end)
for k, v in s:gmatch("(%u+)%s?()%%?") do print(k, v, ("%5.2f %x %s"):format(v / 3, v, k)) end
local l = {3, 1, 2}; table.sort(l, function(a, b) return a > b end)
print(table.concat(l, "-"), select("#", table.unpack(l)), tostring(1e300), tonumber("z", 36))
