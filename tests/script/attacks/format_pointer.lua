-- ends with: string.format has no '%p'
print(string.format("%p", {}))
