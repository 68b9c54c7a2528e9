#!/bin/sh
# A drill played over the network by the program's own ends: serve, the text console, bots; and the
# server killed while they play.
set -u
"$TOCSIN" serve --help >/dev/null 2>&1 || exit 77
folder=$(mktemp -d)
trap 'kill $server 2>/dev/null; rm -rf "$folder"' EXIT
server=
failed=0
fail() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    [ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/    /' | head -n 20
}
cd "$folder" || exit 1
unset TOCSIN_TOKEN
port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
url=ws://127.0.0.1:$port
serve() { # serve ARGUMENT...
    "$TOCSIN" serve "$@" --listen "127.0.0.1:$port" --tokens who --speed 20 >>seats 2>serve.err &
    server=$!
    for _ in $(seq 200); do
        grep -q 'is served at' serve.err && return
        sleep 0.1
    done
    fail "the drill is served" "$(cat serve.err)"
}
has() { printf '%s\n' "$said" | grep -qF -- "$1" || fail "$2" "$said"; }

serve "$TOCSIN_SOURCE/scenarios/ukraine-2015" -o live.drill
awk '$1 == "north.dispatcher" { print $2 }' seats >dispatcher
awk '$1 == "control" { print $2 }' seats >control
said=$(printf '%s\n' status inbox read 'note our own log' 'do no_such_verb x' 'say nobody hello' 'wait 2' actions quit |
    timeout 60 "$TOCSIN" join "$url" --token dispatcher 2>&1)
[ $? -eq 0 ] || fail "a seat is taken and left" "$said"
has 'You are north.dispatcher in the drill' "the seat is the token's"
has ': note.' "and what it does is taken"
has "There is no verb 'no_such_verb' for this seat." "a verb that is none is told"
said=$(printf '%s\n' 'truth seats' 'command pause' 'wait 1' 'command step 5min' 'wait 1' 'command fire nothing' 'wait 1' 'command resume' 'wait 1' quit |
    timeout 60 "$TOCSIN" join "$url" --token control 2>&1)
has 'north.dispatcher: played by' "control sees who plays"
has 'pause.' "and has the clock stand"
has 'step 5min.' "and go on by a step"
has "Not taken: fire nothing." "an inject that is none is refused"
has 'resume.' "and has it go again"
printf 'wrong\n' >wrong
said=$(printf 'status\n' | timeout 60 "$TOCSIN" join "$url" --token wrong 2>&1)
[ $? -eq 1 ] || fail "another token opens nothing" "$said"
has '(bad-token)' "and the reason is named"
said=$(printf 'status\n' | timeout 60 "$TOCSIN" join "$url" --token dispatcher --seat west.dispatcher 2>&1)
[ $? -eq 1 ] || fail "nor does a token open another seat" "$said"

# bots play on while the server is killed and comes back with its record
timeout 120 "$TOCSIN" join "$url" --bots seats --pace 0.3s --for 15s --json >bots.json 2>bots.err &
bots=$!
sleep 6
kill -9 "$server"
wait "$server" 2>/dev/null
sleep 1
serve --resume live.drill
wait "$bots"
[ $? -eq 0 ] || fail "all bots get in again, and every act is acknowledged" "$(cat bots.json bots.err)"
python3 - <<'END' || fail "what was acknowledged before is not lost by it" "$(cat bots.json)"
import json
d = json.load(open("bots.json"))
assert d["welcomed"] > d["bots"] and d["lost_connections"] >= d["bots"], d
assert d["acts"] == d["taken"] + d["not_taken"] and d["taken"] > d["bots"] and d["unacknowledged"] == 0, d
END
kill "$server"
wait "$server" 2>/dev/null
"$TOCSIN" replay live.drill --verify >replay.out 2>&1 || fail "the record of it all verifies" "$(cat replay.out)"
python3 - <<'END' || fail "each act is in the record once" "$(cat bots.json)"
import json, sqlite3
d = json.load(open("bots.json"))
(acts,) = sqlite3.connect("live.drill").execute(
    "SELECT count(*) FROM input WHERE parameters LIKE '%a bot tries the server out%'").fetchone()
assert 0 < acts <= d["taken"], (acts, d)
END

[ $failed -eq 0 ] && echo "a drill is played over the network"
exit $failed
