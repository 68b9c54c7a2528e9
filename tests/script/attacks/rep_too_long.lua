-- ends with: a single text may have at most
print(#("x"):rep(1e18))
