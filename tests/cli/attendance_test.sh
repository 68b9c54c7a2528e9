#!/bin/sh
# Who is expected, who came, and what becomes of their names; a drill that is signed while it is played,
# and one that somebody plays alone.
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
serve() { # serve ARGUMENT...
    : >serve.err
    "$TOCSIN" serve "$@" >seats 2>serve.err &
    server=$!
    for _ in $(seq 200); do
        grep -q 'is served at' serve.err && return
        sleep 0.1
    done
    fail "the drill is served" "$(cat serve.err)"
}
finish() {
    kill "$server"
    wait "$server" 2>/dev/null
    server=
}
"$TOCSIN" new d --quiet
cat >people.csv <<'END'
name,organisation,seats,language
Ada Example,Grid Company,gridco.dispatcher,en
Bo Example,Grid Company,gridco.incident_lead,zh
Cy Example,Ministry,control,en
END
"$TOCSIN" key -o key.pem >/dev/null 2>&1 || "$TOCSIN" key key.pem >/dev/null 2>&1
[ -f key.pem ] || fail "a key is made" "$("$TOCSIN" key --help)"
serve d --listen "127.0.0.1:$port" --tokens who -o live.drill --roster people.csv --sign key.pem --keep-until 2031-01-31
awk '$1 == "gridco.dispatcher" { print $2 }' seats >dispatcher
awk '$1 == "control" { print $2 }' seats >control
printf 'status\nquit\n' | timeout 30 "$TOCSIN" join "ws://127.0.0.1:$port" --token dispatcher >/dev/null 2>&1
printf 'status\nwait 1\ncommand end reason=done\nwait 3\nquit\n' | timeout 30 "$TOCSIN" join "ws://127.0.0.1:$port" --token control >/dev/null 2>&1
finish
"$TOCSIN" attendance live.drill --json >came.json 2>err || fail "who came can be asked" "$(cat err)"
python3 - <<'END' || fail "who was expected and who came" "$(cat came.json)"
import json
rows = {row["seat"]: row for row in json.load(open("came.json"))["attendance"]}
assert rows["gridco.dispatcher"]["name"] == "Ada Example" and rows["gridco.dispatcher"]["came"], rows
assert rows["gridco.incident_lead"]["name"] == "Bo Example" and not rows["gridco.incident_lead"]["came"], rows
assert rows["control"]["name"] == "Cy Example" and rows["control"]["came"] and rows["control"]["times"] == 1, rows
END
"$TOCSIN" attendance live.drill | grep -q '^gridco.incident_lead *Bo Example *- ' || fail "who did not come has no time"
"$TOCSIN" replay live.drill --verify --signer key.pem.pub >out 2>&1 || fail "the record is signed at its end" "$(cat out)"
"$TOCSIN" forget live.drill --names --yes >out 2>&1 || fail "names can be taken out" "$(cat out)"
"$TOCSIN" attendance live.drill | grep -q 'Example' && fail "and are gone then"
grep -aq 'Ada Example' live.drill && fail "from the file too"

sed -i 's/gridco.dispatcher,en/gridco.dispatchr,en/' people.csv
timeout 30 "$TOCSIN" serve d --listen "127.0.0.1:$port" --tokens who2 -o no.drill --roster people.csv >out 2>err
[ $? -eq 1 ] || fail "a desk that is none is refused" "$(cat err)"
grep -q 'people.csv:2.*gridco.dispatchr' err || fail "at its line" "$(cat err)"
[ -e no.drill ] && fail "and leaves no record"

# alone: two tokens, stand-ins everywhere else
serve d --solo gridco.dispatcher -o solo.drill
[ "$(grep -c . seats)" -eq 2 ] || fail "who plays alone gets a seat and control" "$(cat seats)"
finish
timeout 30 "$TOCSIN" serve d --solo gridco.nobody -o no.drill >out 2>err
[ $? -eq 1 ] && grep -q "there is no seat 'gridco.nobody'" err || fail "a seat that is none is told" "$(cat err)"

[ $failed -eq 0 ] && echo "people come and go"
exit $failed
