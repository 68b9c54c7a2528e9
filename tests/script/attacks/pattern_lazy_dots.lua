-- ends with: works without end
print(("a"):rep(3000):find(".-.-.-.-b"))
