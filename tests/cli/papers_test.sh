#!/bin/sh
# Papers that come with messages reach the seat that got them over the wire, and nobody else.
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
"$TOCSIN" new d --quiet
mkdir d/papers
python3 -c 'print("\n".join(f"line {i} 变电站" for i in range(5000)))' >d/papers/list.txt
printf 'name\n' >d/papers/small.csv
sed -i '/^return drill/i drill:inject { id = "I-90", at = t.seconds(1), to = "gridco.dispatcher", text = "See the list.", expects = {}, attach = { "papers/list.txt", "papers/small.csv" } }' d/scenario.lua
"$TOCSIN" serve d --listen "127.0.0.1:$port" --tokens who -o live.drill --stand-ins none >seats 2>serve.err &
server=$!
for _ in $(seq 200); do
    grep -q 'is served at' serve.err && break
    sleep 0.1
done
for seat in dispatcher incident_lead; do awk -v seat="gridco.$seat" '$1 == seat { print $2 }' seats >$seat; done
mkdir desk
cd desk || exit 1
said=$(printf '%s\n' 'wait 3' inbox 'read 1' 'open 1' 'open 1 EXERCISE small.csv' 'open 1 EXERCISE other.pdf' 'wait 3' 'open 1' 'wait 2' plan zones quit |
    timeout 60 "$TOCSIN" join "$url" --token ../dispatcher 2>&1)
printf '%s\n' "$said" | grep -q 'attached EXERCISE list.txt' || fail "a message says what came with it" "$said"
cmp -s 'EXERCISE list.txt' ../d/papers/list.txt || fail "a paper of many parts arrives whole" "$(ls -l; printf '%s' "$said")"
cmp -s 'EXERCISE small.csv' ../d/papers/small.csv || fail "and so does another" "$(ls -l)"
printf '%s\n' "$said" | grep -q 'Saved in this folder: EXERCISE list.txt' || fail "where it is saved is told" "$said"
printf '%s\n' "$said" | grep -q 'Not taken: EXERCISE other.pdf' || fail "what did not come is refused" "$said"
printf '%s\n' "$said" | grep -q 'could not be saved in this folder: File exists' || fail "nothing is written over" "$said"
printf '%s\n' "$said" | grep -q '^Plan: [1-9]' || fail "the steps of the emergency plan are told" "$said"
cd .. || exit 1
python3 - "$port" incident_lead <<'END' || fail "another seat is not given it" "$(tail -n 3 serve.err)"
import os, sys
sys.path.insert(0, os.environ["TOCSIN_SOURCE"] + "/tests/cli")
from web_client import Client
client = Client(int(sys.argv[1]))
client.send({"m": "hello", "protocol": "tocsin.1", "token": open(sys.argv[2]).read().strip()})
greeting = client.hear()
assert greeting["m"] == "welcome", greeting
for number, letter in enumerate(("M-1", "M-0", "M-99999999999", "papers/list.txt", "../d/scenario.lua")):
    client.send({"m": "fetch", "id": f"f-{number}", "letter": letter, "name": "EXERCISE list.txt"})
refused = 0
while refused < 5:
    message = client.hear()
    assert message is not None and message["m"] != "paper", message
    if message["m"] == "not-taken":
        assert message["reason"] == "not-yours" and "no paper of that name" in message["text"], message
        refused += 1
END
printf '%s failed\n' "$failed"
[ "$failed" -eq 0 ]
