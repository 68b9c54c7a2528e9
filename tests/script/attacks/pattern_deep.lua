-- ends with: it is too long
print(("a"):rep(100000):find(("a?"):rep(100000)))
