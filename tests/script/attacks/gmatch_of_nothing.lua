-- ends with: works without end
while true do for _ in (" "):rep(1000):gmatch("") do end end
