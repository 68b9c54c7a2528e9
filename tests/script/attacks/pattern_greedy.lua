-- ends with: works without end
print(("a"):rep(100000):find("a*a*a*a*b"))
