#!/bin/sh
# What `tocsin rehearse` promises to the author of a drill.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0
fail() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    [ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/    /' | head -n 20
}
cd "$folder" || exit 1

"$TOCSIN" new mine >/dev/null 2>&1
"$TOCSIN" rehearse mine --runs 4 -o page.svg >out 2>err || fail "what 'new' makes can be rehearsed" "$(cat err)"
grep -q 'reference does better than none in' out || fail "the verdict on difficulty is told" "$(cat out)"
xmllint --noout page.svg 2>why || fail "the page is well-formed" "$(cat why)"
grep -q "in % of the weakest's" out || fail "difficulty is a line of the table" "$(cat out)"
grep -q 'what a team leaves of the loss' page.svg || fail "the page shows difficulty"
grep -q 'Objectives met' page.svg || fail "the page shows the objectives"

"$TOCSIN" rehearse mine --runs 4 --seed 3 --jobs 1 --json >one.json 2>err || fail "with one job" "$(cat err)"
"$TOCSIN" rehearse mine --runs 4 --seed 3 --jobs 3 --json >three.json 2>err || fail "with three jobs"
cmp -s one.json three.json || fail "the number of jobs changes nothing" "$(diff one.json three.json)"
for seed in 3 4 5 6; do
    "$TOCSIN" run mine --seed $seed --policy reference --json >"$seed.json"
done
python3 - <<'END' 2>why || fail "the figures are those of the single runs" "$(cat why)"
import json, statistics
d = json.load(open("one.json"))
policy = [p for p in d["policies"] if p["policy"] == "reference"][0]
runs = [json.load(open(f"{seed}.json")) for seed in range(3, 7)]
lost = [sum(s["people_hours_lost"] for s in r["services"]) for r in runs]
assert abs(policy["people_hours_lost"]["mean"] - statistics.mean(lost)) < 1e-6 * max(1, max(lost))
assert abs(policy["people_hours_lost"]["max"] - max(lost)) < 1e-9 * max(1, max(lost))
for i, objective in enumerate(policy["objectives"]):
    assert objective["met"]["hits"] == sum(r["objectives"][i]["met"] for r in runs)
assert d["difficulty"]["weak"] == "none" and d["difficulty"]["strong"] == "reference"
END

"$TOCSIN" rehearse mine --policy nonne,reference --runs 2 >out 2>err
[ $? -eq 1 ] || fail "an unknown policy is the input's fault"
grep -q "did you mean 'none'" err || fail "the nearest policy is offered" "$(cat err)"
for wrong in '--runs 0' '--runs 1000000' '--policy ,' '-o page.png' '--jobs 99999'; do
    # shellcheck disable=SC2086
    "$TOCSIN" rehearse mine $wrong >out 2>err
    [ $? -eq 2 ] || fail "$wrong is wrong usage" "$(cat err)"
done

# teams of the family: what is overlooked, what takes long and what waits costs people hours
"$TOCSIN" rehearse mine --policy family --runs 20 --json >family.json 2>err || fail "a family plays" "$(cat err)"
python3 - <<'END' 2>why || fail "worse teams lose more" "$(cat why)"
import json
d = json.load(open("family.json"))
lost = {p["policy"]: p["people_hours_lost"]["mean"] for p in d["policies"]}
names = list(lost)
assert names[0] == "none" and names[-1] == "reference" and len(names) == 5, names
assert all(lost["none"] > lost[name] > lost["reference"] for name in names[1:-1]), lost
left = {p["policy"]: p["left_percent"]["median"] for p in d["policies"]}
assert left["none"] == 100 and all(0 < left[name] < 100 for name in names[1:]), left
assert lost["reference:competence=30%:hands=1"] > lost["reference:competence=60%"], lost
END
# who sets about everything later does everything later
"$TOCSIN" rehearse mine --policy none,reference:delay=30min,reference --runs 10 --json >late.json 2>err || fail "a delay" "$(cat err)"
python3 - <<'END' 2>why || fail "a delay costs people hours" "$(cat why)"
import json
lost = {p["policy"]: p["people_hours_lost"]["mean"] for p in json.load(open("late.json"))["policies"]}
assert lost["none"] > lost["reference:delay=30min"] > lost["reference"], lost
END
"$TOCSIN" run mine --policy reference:pace=3:hands=1 -o slow.drill >out 2>err || fail "options in a record" "$(cat err)"
"$TOCSIN" replay slow.drill --verify >out 2>err || fail "which replays" "$(cat out err)"
for wrong in "reference:pase=2/did you mean 'pace'" "reference:pace=slow/'slow' is no number" \
    "reference:hands=1.5/no whole number" "none:pace=2/takes no options" "refrence:pace=2/did you mean 'reference'"; do
    "$TOCSIN" run mine --policy "${wrong%%/*}" >out 2>err
    [ $? -eq 1 ] || fail "${wrong%%/*} is the input's fault"
    grep -q -- "${wrong#*/}" err || fail "${wrong#*/}" "$(cat err)"
done

# what half of a country loses in a week is said in millions
"$TOCSIN" rehearse "$TOCSIN_SOURCE/scenarios/kyivstar-2023" --runs 3 --quiet -o large.svg >out 2>err ||
    fail "a large drill is rehearsed" "$(cat err)"
grep -qE '^people-hours lost +[0-9]{5} M \([0-9]+ to [0-9]+\)' out || fail "millions in the table" "$(cat out)"
awk 'length > 84 && !/  [A-Z]/ && !/^-/' out | grep . && fail "columns stand" "$(cat out)"
grep -q '>2 billion<' large.svg || fail "billions in the picture"
[ $failed -eq 0 ] && echo "rehearsals hold"
exit $failed
