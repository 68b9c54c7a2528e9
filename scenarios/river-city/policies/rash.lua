-- Rash: the clean cut without its price. The supplier goes at once, and nobody sheds load for the turbine
-- that stops with it. It is here to be compared with.
local play = require "play"

return play.policy {
  relay = "relay-centre",
  supplier = { option = "cut the supplier", reason = "five operators hang on one key" },
  public = { option = "say it now", reason = "the way in is closed" },
  railway = { option = "telephone block", reason = "nothing of the supplier's is trusted" },
  relief = { option = "trust the line", reason = "lines bear more than their plate says" },
  diesel = { option = "General Hospital", reason = "most beds" },
  standby = { option = "first come, first served", reason = "so say the contracts" },
}
