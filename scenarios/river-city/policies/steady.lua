-- Steady: the inner doors. The line to the supplier stays, for the turbine and for clean images; every
-- operator closes its own door behind it. Not everybody is quick enough, and who is not is helped back.
local play = require "play"

return play.policy {
  relay = "relay-east",
  supplier = { option = "close the inner doors", reason = "the turbine holds the south, and restoring needs its maker" },
  public = { option = "wait until confirmed", reason = "whoever is inside reads the news; first the doors" },
  railway = { option = "telephone block", reason = "seats can be missed for a morning; people in a tunnel cannot" },
  relief = { option = "foundry and harbour", reason = "most megawatts for fewest people" },
  diesel = { option = "General Hospital", reason = "the clinic's substation comes back first" },
  standby = { option = "hold the place", reason = "records and dispatch before batch work" },
}
