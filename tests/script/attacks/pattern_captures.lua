-- ends with: it has too many captures
print(("a"):find(("()"):rep(100)))
