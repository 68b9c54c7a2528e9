-- ends with: the operator ^ is not available
local area = 3 ^ 2
