-- ends with: works without end
print(("a"):rep(28):match(("a?"):rep(28) .. ("a"):rep(28)))
for i = 1, 1e9 do ("a"):rep(28):match(("a?"):rep(28) .. ("a"):rep(28)) end
