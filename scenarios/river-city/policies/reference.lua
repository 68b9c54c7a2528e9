-- Reference: the clean cut. The supplier goes at once and altogether, the town is told at once, and the
-- price is paid in megawatts for an hour: the turbine stops, and two works go off before the line does.
local play = require "play"

return play.policy {
  relay = "relay-centre",
  supplier = { option = "cut the supplier", reason = "five operators hang on one key; what it costs can be counted" },
  public = { option = "say it now", reason = "the way in is closed; a rumour would cost more" },
  railway = { option = "stay automatic", reason = "nobody can come in that way any more" },
  relief = { option = "foundry and harbour", reason = "most megawatts for fewest people" },
  diesel = { option = "Eastbank Clinic", reason = "it runs out first, and its substation comes back last" },
  standby = { option = "hold the place", reason = "records and dispatch before batch work" },
}
