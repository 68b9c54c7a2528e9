-- ends with: works without end
while true do end
