-- Reference: two odd tickets are worth two test calls, and emergency calls come back over the other gateway.
return require "carrier" {
  option = "divert over gateway B",
  reason = "quickest, touches nothing that works, and can be tested before anybody depends on it",
}
