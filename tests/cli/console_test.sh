#!/bin/sh
# The visual console without a display: a whole tabletop played alone by a script to a good ending; a joint
# drill on three consoles over the wire; records looked at again; and what it says when it cannot begin.
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
unset TOCSIN_TOKEN DISPLAY WAYLAND_DISPLAY
console() { SDL_VIDEODRIVER=dummy timeout 200 "$TOCSIN" console "$@" 2>err; }

# what is wrong is said, with what to do
timeout 60 "$TOCSIN" console "$TOCSIN_SOURCE/scenarios/triple-zero-2025" >out 2>err
[ $? -eq 1 ] && grep -q "use 'tocsin join'" err || fail "without a display it says what to use" "$(cat err)"
console nowhere >out; [ $? -eq 1 ] || fail "a package that is not there is refused" "$(cat err)"
console --size 10x10 x >out; [ $? -eq 2 ] && grep -q 'WIDTHxHEIGHT' err || fail "so is a window that is too small" "$(cat err)"
"$TOCSIN" run "$TOCSIN_SOURCE/scenarios/ukraine-2015" -o played.drill --quiet >/dev/null 2>err || fail "a record is made" "$(cat err)"
python3 - <<'END'
import sqlite3
record = sqlite3.connect("played.drill")
record.execute("PRAGMA user_version = 99")
record.commit()
END
cp played.drill newer.drill
console newer.drill >out; [ $? -eq 1 ] && grep -qi 'version\|newer\|changed\|format' err || fail "a record of another version is refused with the reason" "$(cat err)"

# a tabletop, alone, by a script, to a good ending
console "$TOCSIN_SOURCE/scenarios/triple-zero-2025" --seat larkline.incident_lead --size 1920x1080 -o solo.drill \
    --script "$TOCSIN_SOURCE/tests/cli/console_solo.script" >out || fail "the script is played" "$(cat out err)"
"$TOCSIN" replay solo.drill --verify --json --quiet >replay.json 2>err || fail "the record verifies" "$(cat err)"
python3 - <<'END' || fail "everything that the drill wants is met"
import json
d = json.load(open("replay.json"))
met = [o["id"] for o in d["objectives"] if o["met"]]
assert len(met) == len(d["objectives"]) >= 6 and d["ended_at_us"] == 42 * 3600 * 10**6, d["objectives"]
END

# a joint drill: three consoles and stand-ins over the wire
port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$TOCSIN" serve "$TOCSIN_SOURCE/scenarios/river-city" --listen "127.0.0.1:$port" --tokens who -o joint.drill --speed 60 >seats 2>serve.err &
server=$!
for _ in $(seq 200); do
    grep -q 'is served at' serve.err && break
    sleep 0.1
done
for seat in gridco.dispatcher control evaluator; do awk -v seat=$seat '$1 == seat { print $2 }' seats >$seat; done
cat >player.script <<'END'
await 20s inbox.0
key F4
click letter.write
type "gridco.incident_lead"
click act.text
type "The dispatcher is at a console."
key Ctrl+Return
await 10s said "Recorded at"
wait 6s
dump player.jsonl
expect link live
END
cat >control.script <<'END'
await 20s injects.0
await 20s seats.0
wait 4s
key Space
await 10s said "Recorded at"
wait 1s
key Space
click clock.branch
await 10s said "Recorded at"
dump control.jsonl
END
cat >evaluator.script <<'END'
await 20s objectives.0
key N
expect focus note.text
type "The dispatcher speaks early."
click note.write
await 10s said 已记录于
END
SDL_VIDEODRIVER=dummy timeout 100 "$TOCSIN" console --join "ws://127.0.0.1:$port" --token gridco.dispatcher --script player.script >p.out 2>p.err &
first=$!
SDL_VIDEODRIVER=dummy timeout 100 "$TOCSIN" console --join "ws://127.0.0.1:$port" --token control --size 1920x1080 --script control.script >c.out 2>c.err &
second=$!
console --join "ws://127.0.0.1:$port" --token evaluator --size 1920x1080 --language zh --script evaluator.script >e.out || fail "an evaluator's console plays" "$(cat e.out err)"
wait $first || fail "a player's console plays" "$(cat p.out p.err)"
wait $second || fail "control's console plays" "$(cat c.out c.err)"
kill "$server"
wait "$server" 2>/dev/null
server=
"$TOCSIN" replay joint.drill --verify >out 2>&1 || fail "the joint record verifies" "$(cat out)"
python3 - <<'END' || fail "a player's screen holds nothing of the truth, and everything done is in the record"
import json, sqlite3
player = [json.loads(line) for line in open("player.jsonl")]
control = [json.loads(line) for line in open("control.jsonl")]
told = json.dumps(player, ensure_ascii=False)
hidden = [c["argument"] for c in control if c.get("command") == "inject.choose"]
assert hidden, "control sees injects"
assert not any(inject in told.split('"') for inject in hidden), [i for i in hidden if i in told.split('"')]
assert "TALLOW" not in told and "stand-in" not in told
assert any("TALLOW" in json.dumps(c) for c in control), "control sees the adversary"
owners = {n.get("argument", "").split(".")[0] for n in player if n.get("command") == "letter.choose"}
record = sqlite3.connect("joint.drill")
assert record.execute("SELECT count(*) FROM input WHERE parameters LIKE '%at a console%'").fetchone()[0] == 1
assert record.execute("SELECT count(*) FROM journal WHERE kind='note' AND text LIKE '%speaks early%'").fetchone()[0] == 1
assert record.execute("SELECT count(*) FROM branch").fetchone()[0] == 2
END

# both records, looked at again
cat >review.script <<'END'
await 20s objectives.0
advance 90min
expect objectives.0 there
drag scrub -100 0
await 20s scrub
expect scrub on
END
for record in solo joint; do
    console $record.drill --size 1920x1080 --script review.script >out || fail "the evaluator's desk opens $record" "$(cat out err)"
done
printf '%s failed\n' "$failed"
[ "$failed" -eq 0 ]
