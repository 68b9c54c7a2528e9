-- ends with: a single text may have at most
print(#(""):rep(1e18, ","))
