-- ends with: there is no module 'm1'
for i = 1, 1e9 do require("m" .. i) end
