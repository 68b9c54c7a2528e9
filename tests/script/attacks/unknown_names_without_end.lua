-- ends with: works without end
for i = 1, 200 do _ENV["a_long_name_number_" .. i] = i end
while true do pcall(function() return a_long_name_numbr_77 end) end
