-- ends with: is not a module's name
require "..%2f..%2fetc%2fpasswd"
