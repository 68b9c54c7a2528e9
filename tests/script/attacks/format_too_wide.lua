-- ends with: string.format has no '%100'
print(string.format("%100000000d", 1))
