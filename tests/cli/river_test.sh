#!/bin/sh
# The flagship played live by thirty bots, while control pauses it, has it go on, sets its speed, steps
# it, takes it back onto a new branch, and the server is killed and comes back: nothing acknowledged is
# lost, a pause moves no time of the drill, and the record verifies bit for bit.
set -u
folder=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null; rm -rf "$folder"' EXIT
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
    "$TOCSIN" serve "$@" --listen "127.0.0.1:$port" --tokens who --stand-ins none >>seats 2>serve.err &
    server=$!
    for _ in $(seq 300); do
        grep -q 'is served at' serve.err && return
        sleep 0.1
    done
    fail "the drill is served" "$(cat serve.err)"
}
control() { # control COMMAND...: what the text console says to control
    printf '%s\n' "$@" quit | timeout 60 "$TOCSIN" join "$url" --token control 2>&1
}
now() { control status | sed -n 's/^It is \(.*\)\.$/\1/p' | tail -n 1; }

serve "$TOCSIN_SOURCE/scenarios/river-city" -o live.drill --speed 60
awk '$1 == "control" { print $2 }' seats >control
grep -E '^[a-z]+\.[a-z_]+ |^evaluator ' seats >players # each seat, and somebody who writes notes
[ "$(wc -l <players)" -ge 30 ] || fail "all seats are played" "$(cat players)"
timeout 180 "$TOCSIN" join "$url" --bots players --pace 0.5s --for 30s --json >bots.json 2>bots.err &
bots=$!
sleep 4
said=$(control 'command pause' 'wait 1' status)
printf '%s' "$said" | grep -q 'The drill is paused' || fail "control has it stand still" "$said"
before=$(now)
sleep 3
[ "$(now)" = "$before" ] || fail "while it is paused no time of the drill goes by" "$before, then $(now)"
said=$(control 'command step 5min' 'wait 1')
[ "$(now)" != "$before" ] || fail "a step moves it" "$said"
control 'command resume' 'command speed 100' >/dev/null
sleep 3
later=$(now)
said=$(control 'command pause' 'wait 1' 'command rewind 6min' 'wait 2' status)
printf '%s' "$said" | grep -q 'It is D+0 00:06:00' || fail "it is taken back to six minutes" "$later: $said"
control 'command resume' 'command branch name=another' >/dev/null
sleep 3
kill -9 "$server"
wait "$server" 2>/dev/null
sleep 1
serve --resume live.drill --speed 60
wait "$bots"
[ $? -eq 0 ] || fail "the bots come back and end well" "$(cat bots.err bots.json)"
python3 - <<'END' || fail "nothing acknowledged is lost" "$(cat bots.json)"
import json, sqlite3
d = json.load(open("bots.json"))
assert d["bots"] >= 30 and d["unacknowledged"] == 0, d
assert d["acts"] == d["taken"] + d["not_taken"] and d["taken"] > 10 * d["bots"], d
print(f'{d["bots"]} bots, {d["taken"]} acts acknowledged, {d["lost_connections"]} connections lost')
END
kill "$server"
wait "$server" 2>/dev/null
server=
"$TOCSIN" replay live.drill --verify >replay.out 2>&1 || fail "the record verifies" "$(cat replay.out)"
python3 - <<'END' || fail "there are three branches, and each act was acknowledged once"
import sqlite3
record = sqlite3.connect("live.drill")
(branches,) = record.execute("SELECT count(*) FROM branch").fetchone()
(rows, distinct) = record.execute("SELECT count(*), count(DISTINCT seat || ' ' || sender) FROM journal "
                                  "WHERE kind = 'taken'").fetchone()
assert branches == 3 and rows == distinct, (branches, rows, distinct)
END

[ $failed -eq 0 ] && echo "the flagship is played live"
exit $failed
