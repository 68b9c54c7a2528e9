-- ends with: works without end
print(("("):rep(200000):find("%b()"))
