-- ends with: needs more than
local t = {}
while true do t = {t, {}, {}, {}} end
