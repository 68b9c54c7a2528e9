#!/bin/sh
# What if it had been done earlier, later, or never: the rest is as it was.
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
"$TOCSIN" new d --quiet
"$TOCSIN" run d -o was.drill >was.txt 2>err || fail "a drill is played" "$(cat err)"

"$TOCSIN" what-if was.drill --list >list || fail "its inputs are listed"
number=$(awk '$5 == "assign_crew" || $5 == "reenergise" { print $1; exit }' list)
[ -n "$number" ] || fail "somebody switched something on again" "$(cat list)"

"$TOCSIN" what-if was.drill --move "$number=+0min" >same || fail "a move by nothing is played" "$(cat same)"
grep -q 'would have come out otherwise' same || fail "and changes nothing" "$(cat same)"
"$TOCSIN" what-if was.drill --without "$number" >never || fail "an input can be left out"
grep -q 'people-hours' never || fail "which costs people supply" "$(cat never)"
"$TOCSIN" what-if was.drill --move "$number=+2min" --json >later.json || fail "it can come later"
"$TOCSIN" what-if was.drill --without "$number" --json >never.json
python3 - later.json never.json <<'PY' || fail "later costs less than never, and more than in time"
import json, sys
def lost(d): return sum(s["people_hours_lost"] for s in d["services"])
later, never = (json.load(open(f)) for f in sys.argv[1:])
assert later["was"] == never["was"]
assert lost(later["was"]) < lost(later["would_be"]) <= lost(never["would_be"]), (lost(later["was"]), lost(later["would_be"]), lost(never["would_be"]))
PY

"$TOCSIN" what-if was.drill --without "$number" -o never.drill >out 2>err || fail "the record of it can be kept" "$(cat err)"
"$TOCSIN" replay never.drill --verify --quiet >out 2>err || fail "and is a record like any other" "$(cat out err)"
"$TOCSIN" what-if was.drill --without "$number" -o never.drill >out 2>err && fail "none is written over"

"$TOCSIN" what-if was.drill --move "$number=+1h05m" >out 2>err || fail "times are as people write them" "$(cat err)"
seat=$(awk 'NR == 1 { print $4 }' list)
"$TOCSIN" what-if was.drill --add "2min $seat note text=I saw it = all" >out 2>err || fail "something can be added" "$(cat err)"
"$TOCSIN" what-if was.drill --add "0h02m $seat note text=x" >out 2>err || fail "there too" "$(cat err)"
"$TOCSIN" what-if was.drill --add "2min nobody.here note text=x" >out 2>err || fail "what cannot be said is left out"
grep -q "left out: 'nobody.here' is no seat" err || fail "with a warning" "$(cat err)"
for wrong in "--without x" "--without 1x" "--move 3" "--move 3=soon" "--add soon" "--add 5min" ""; do
    # shellcheck disable=SC2086
    "$TOCSIN" what-if was.drill $wrong >out 2>err
    [ $? -eq 2 ] || fail "'$wrong' is wrong usage" "$(cat out err)"
done
"$TOCSIN" what-if was.drill --without 99999 >out 2>err
[ $? -eq 1 ] && grep -q 'there is no input 99999' err || fail "an input that is not there is told" "$(cat err)"
[ $failed -eq 0 ]
