-- ends with: is not a module's name
require "tocsin\0/../../etc/passwd"
