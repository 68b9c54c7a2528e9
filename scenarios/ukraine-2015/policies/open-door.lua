-- As the reference, but the VPN is opened for the maker, who would be quicker. Somebody else is quicker still.
-- It is here to be compared with.
return require "shift" {
  option = "open the VPN for the maker",
  reason = "with firmware we could switch from afar tonight",
}
