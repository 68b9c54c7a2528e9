-- prints: 0
print(#(""):rep(1e18))
