#!/bin/sh
# "Six Hours" does what its notes say: two good endings, two bad ones, and consequences in waves.
set -eu
cd "$TOCSIN_SOURCE"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
if ! python3 tests/support/river_city.py | cmp - scenarios/river-city/topology.xml; then
    echo "FAILED: tests/support/river_city.py does not print the topology that stands there"
    exit 1
fi
"$TOCSIN" test scenarios/river-city --runs 100
"$TOCSIN" rehearse scenarios/river-city --runs 100 --json --quiet >"$out/reference.json"
"$TOCSIN" rehearse scenarios/river-city --runs 20 --policy none,steady --json --quiet >"$out/steady.json"
"$TOCSIN" rehearse scenarios/river-city --runs 20 --policy none,late,rash,steady,reference --json --quiet >"$out/all.json"
"$TOCSIN" run scenarios/river-city --policy none --seed 1 -o "$out/none.drill" --quiet >/dev/null
"$TOCSIN" run scenarios/river-city --seed 1 --json --quiet >"$out/en.json"
"$TOCSIN" run scenarios/river-city --seed 1 --language zh --json --quiet >"$out/zh.json"
python3 - "$out" <<'END'
import json, sqlite3, sys
folder, failed = sys.argv[1], 0
def row(what, wanted, found, holds):
    global failed
    failed += not holds
    print(f"{'ok    ' if holds else 'FAILED'} {what:62} {wanted:>16} {found:>22}")
def load(name):
    return json.load(open(f"{folder}/{name}.json"))
for policy, least in (("reference", 95), ("steady", 19)):
    better = load(policy)["difficulty"]["better"]
    row(f"{policy} beats none, of {better['count']} matched seeds", f"{least} or more", str(better["hits"]), better["hits"] >= least)
lost = {p["policy"]: p["people_hours_lost"]["median"] for p in load("all")["policies"]}
good = max(lost["steady"], lost["reference"])
row("a good ending loses, of what none loses", "under 0.35", f"{good / lost['none']:.2f}", good < 0.35 * lost["none"])
row("the two good endings, one over the other", "within 1.2", f"{lost['steady'] / lost['reference']:.2f}",
    1 / 1.2 < lost["steady"] / lost["reference"] < 1.2)
row("the cut that nobody pays for loses, of the clean cut", "over 1.2", f"{lost['rash'] / lost['reference']:.2f}",
    lost["rash"] > 1.2 * lost["reference"])
row("choices put off lose, of the worse good ending", "over 1.7", f"{lost['late'] / good:.2f}", lost["late"] > 1.7 * good)
trace = sqlite3.connect(f"file:{folder}/none.drill?immutable=1", uri=True).execute(
    "select at, kind, subject, verb, text from trace order by number").fetchall()
dark = min(r[0] for r in trace if r[1] == "mark" and r[2] == "lights-out")
def hours(kind, subject, text):
    return (min(r[0] for r in trace if r[1] == kind and r[2] == subject and text in (r[3], r[4]) and r[0] > dark) - dark) / 3.6e9
for what, kind, subject, text, low, high in (
    ("the first cell site has no battery left", "buffer", "cell-market", "empty", 1.9, 2.1),
    ("the clinic's diesel ends", "operation", "hospital-east", "off", 3.9, 4.1),
    ("the tank in the East is empty", "tank", "east-tank", "empty", 3.8, 5.2),
    ("the data centre's diesel ends", "operation", "dc-east", "off", 4.9, 5.1)):
    at = hours(kind, subject, text)
    row(f"hours in the dark until {what}", f"{low} to {high}", f"{at:.2f}", low <= at <= high)
row("the same course in either language", load("en")["digest"], load("zh")["digest"], load("en")["digest"] == load("zh")["digest"])
sys.exit(1 if failed else 0)
END
