-- As the reference, but phones are sent to the other network while the change is rolled back. What it
-- costs stands in the loss of ordinary calls.
return require "carrier" {
  option = "switch our radio off so that phones take another network",
  reason = "needs nothing of the gateways, of which we know least",
}
