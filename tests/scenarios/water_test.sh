#!/bin/sh
# "Still Water" does what its notes say, over 100 seeds.
set -eu
cd "$TOCSIN_SOURCE"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$TOCSIN" test scenarios/water-concealed --runs 100
"$TOCSIN" rehearse scenarios/water-concealed --runs 100 --json >"$out/rehearsal.json"
"$TOCSIN" run scenarios/water-concealed --policy none --seed 1 -o "$out/none.drill" --quiet >/dev/null
"$TOCSIN" score "$out/none.drill" --json --quiet >"$out/none.json"
for policy in reference attentive; do
    "$TOCSIN" run scenarios/water-concealed --policy $policy --seed 1 -o "$out/$policy.drill" --quiet >/dev/null
done
python3 - "$out" <<'END'
import json, sqlite3, sys
folder = sys.argv[1]
failed = 0
def row(what, wanted, found, holds):
    global failed
    failed += not holds
    print(f"{'ok    ' if holds else 'FAILED'} {what:62} {wanted:>16} {found:>22}")
d = json.load(open(f"{folder}/rehearsal.json"))
better = d["difficulty"]["better"]
row("reference beats none, of 100 matched seeds", "95 or more", str(better["hits"]), better["hits"] >= 95)
trace = sqlite3.connect(f"file:{folder}/none.drill?immutable=1", uri=True).execute(
    "select at, kind, subject, verb, text, before from trace order by number").fetchall()
def first(kind, subject, verb):
    return min((r[0] for r in trace if r[1] == kind and r[2] == subject and r[3] == verb), default=None)
frozen, jammed = first("reading", "hill-tank", "frozen"), first("mark", "radio-jammed", "")
jammed = min(r[0] for r in trace if r[1] == "mark" and r[2] == "radio-jammed")
spills = first("tank", "hill-tank", "overflowing")
row("the screen is frozen before the radio is jammed", "yes", "yes" if frozen < jammed else "no", frozen < jammed)
row("hours from the jam until the tank overflows", "0.5 to 2.5", f"{(spills - jammed) / 3.6e9:.2f}",
    0.5 <= (spills - jammed) / 3.6e9 <= 2.5)
switched = [r for r in trace if r[1] == "switched" and r[2] == "pump-1" and r[0] > jammed]
row("what pump 1's controls do after the jam", "nothing", f"{len(switched)} times", not switched)
dry = first("tank", "high-tank", "empty")
row("hours until the high tank is empty if nobody acts", "6 to 10", f"{dry / 3.6e9:.2f}", 6 <= dry / 3.6e9 <= 10)
def played(policy, sql):
    return [r[0] for r in sqlite3.connect(f"file:{folder}/{policy}.drill?immutable=1", uri=True).execute(sql)]
over = "select count(*) from trace where kind = 'tank' and subject = 'hill-tank' and verb = 'overflowing'"
for policy, times in ("reference", 1), ("attentive", 0):
    found = played(policy, over)[0]
    row(f"times the hill tank runs over ({policy})", str(times), str(found), found == times)
answers = "select distinct subject from trace where kind = 'expectation' and text like 'met%' or kind = 'expectation' and verb = 'met'"
wanted = {f"I-{n:02}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 23, 24, 34)}
left = sorted(wanted - set(played("reference", answers)))
row("injects that expect something and that the reference leaves", "none", " ".join(left) or "none", not left)
sys.exit(1 if failed else 0)
END
