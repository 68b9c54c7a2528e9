-- ends with: error
xpcall(error, error)
error("error")
