-- ends with: xxxxxxx
error(("x"):rep(1000000))
