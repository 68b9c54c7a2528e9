#!/bin/sh
# A team's own tools are fed by a live drill: when two persons have said so, over a real socket, and
# never without the mark of an exercise.
set -u
folder=$(mktemp -d)
server= listener=
trap 'kill $server $listener 2>/dev/null; rm -rf "$folder"' EXIT
failed=0
fail() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    [ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/    /' | head -n 20
}
cd "$folder" || exit 1
unset TOCSIN_TOKEN
"$TOCSIN" new d --quiet
set -- $(python3 -c 'import socket
a = socket.create_server(("127.0.0.1", 0)); b = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); b.bind(("127.0.0.1", 0))
print(a.getsockname()[1], b.getsockname()[1])')
port=$1 udp=$2
python3 - "$udp" <<'END' &
import socket, sys
listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
listener.bind(("127.0.0.1", int(sys.argv[1])))
while True:
    with open("lines", "ab") as file:
        file.write(listener.recv(65536) + b"\n")
END
listener=$!
mkdir warnings
"$TOCSIN" serve d --listen "127.0.0.1:$port" --tokens who -o live.drill --hold --speed 100 \
    --feed "gridco=udp:127.0.0.1:$udp" --warnings warnings >seats 2>serve.err &
server=$!
for _ in $(seq 200); do
    grep -q 'is served at' serve.err && break
    sleep 0.1
done
for desk in control evaluator; do awk -v desk=$desk '$1 == desk { print $2 }' seats >$desk; done
grep '^gridco.dispatcher' seats | awk '{ print $2 }' >player
say() { # say DESK LINE...
    desk=$1
    shift
    printf '%s\n' "$@" quit | timeout 60 "$TOCSIN" join "ws://127.0.0.1:$port" --token "$desk" 2>&1
}
said=$(say control 'command feed waterworks state=on' 'wait 1')
printf '%s' "$said" | grep -q "no feed of 'waterworks'" || fail "a team that is not fed is told" "$said"
said=$(say control 'command feed gridco state=on' 'command feed gridco state=on' 'wait 1' log)
printf '%s' "$said" | grep -q 'feed asked for' || fail "one person asks, however often" "$said"
say control 'command resume' 'wait 4' 'command pause' 'wait 1' >/dev/null
[ -s lines ] && fail "what one person asks for does not go out" "$(cat lines)"
said=$(say player 'command feed gridco state=on' 'wait 1')
say control 'command resume' 'wait 2' 'command pause' 'wait 1' >/dev/null
[ -s lines ] && fail "nor by a player" "$said"
said=$(say evaluator 'command feed gridco state=on' 'wait 1')
say control 'command resume' 'wait 12' 'command pause' 'wait 1' >/dev/null
[ -s lines ] || fail "two persons have it go out" "$said"
python3 - <<'END' || fail "every line and warning is marked" "$(head -n 3 lines; ls warnings)"
import glob
lines = [line for line in open("lines", encoding="utf-8").read().split("\n") if line.strip()]
assert lines and all("EXERCISE" in line and line.startswith("<") for line in lines), lines[:2]
assert all("203.0.113." in l or "192.0.2." in l or "198.51.100." in l or ".invalid" in l for l in lines), lines[:2]
for name in glob.glob("warnings/*"):
    text = open(name, encoding="utf-8").read()
    assert "<status>Exercise</status>" in text and "Actual" not in text, text
END
say evaluator 'command feed gridco state=off' 'wait 1' >/dev/null
before=$(wc -c <lines)
say control 'command resume' 'wait 6' >/dev/null
[ "$(wc -c <lines)" -eq "$before" ] || fail "one person ends it"
kill "$server"
wait "$server" 2>/dev/null
server=
python3 - <<'END' || fail "the record keeps who did it"
import sqlite3
rows = sqlite3.connect("live.drill").execute("SELECT kind, seat FROM journal WHERE kind LIKE 'feed-%' ORDER BY number").fetchall()
assert ("feed-asked", "control") in rows and ("feed-on", "evaluator") in rows and rows[-1] == ("feed-off", "evaluator"), rows
END
timeout 20 "$TOCSIN" serve d --listen "127.0.0.1:$port" --tokens who3 -o no.drill --feed gridco=udp:192.0.2.7:514 >out 2>err
[ $? -eq 1 ] || fail "a collector that nobody named is refused" "$(cat err)"
timeout 20 "$TOCSIN" serve d --listen "127.0.0.1:$port" --tokens who3 -o no.drill --feed nobody=file:x >out 2>err
[ $? -eq 1 ] && grep -q "there is no team 'nobody'" err || fail "a team that is none is told" "$(cat err)"

[ $failed -eq 0 ] && echo "feeds flow when two persons say so"
exit $failed
