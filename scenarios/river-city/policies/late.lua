-- Late: the same hands, and each choice put off. Crews work as well as in the other policies; what is lost
-- more is lost by choosing. It is here to be compared with.
local play = require "play"

return play.policy {
  relay = "relay-centre",
  supplier = { option = "wait for proof", reason = "one does not accuse a supplier on a suspicion" },
  public = { option = "say it now", reason = "the mayor wants to hear something" },
  railway = { option = "stay automatic", reason = "it runs" },
  relief = { option = "trust the line", reason = "lines bear more than their plate says" },
  diesel = { option = "core site Dockside", reason = "it asked first" },
  standby = { option = "first come, first served", reason = "so say the contracts" },
}
