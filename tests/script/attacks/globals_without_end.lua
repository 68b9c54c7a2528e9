-- ends with: works without end
for i = 1, 1e9 do _ENV["name" .. i] = ("x"):rep(100) .. i end
