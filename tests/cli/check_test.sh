#!/bin/sh
# What `tocsin check` tells a planner beyond mistakes: each line of the sheet has a drill that it
# finds fault with, at the author's line.
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

"$TOCSIN" new clean --quiet
"$TOCSIN" check clean --sheet >out 2>err || fail "what 'new' makes passes" "$(cat err)"
grep -q 'Nothing stands against holding this drill' out || fail "and gets its go" "$(cat out err)"

# warns KIND "words" "line of Lua": put before `return drill` of a fresh package
warns() {
    rm -rf d
    "$TOCSIN" new d --quiet
    line=$(grep -n '^return drill' d/scenario.lua | cut -d: -f1)
    printf '%s\n' "$3" >added
    sed -i -e "$((line - 1))r added" d/scenario.lua
    "$TOCSIN" check d --runs 3 --json >out.json 2>err || fail "$1 is no mistake" "$(cat err)"
    python3 - "$1" "$2" "$line" <<'END' 2>why || fail "$1 is told at its line" "$(tail -n 1 why; cat err)"
import json, re, sys
kind, words, line = sys.argv[1], sys.argv[2], int(sys.argv[3])
d = json.load(open("out.json"))
sheet = {s["id"]: s for s in d["sheet"]}
assert sheet[kind]["found"] >= 1 and not sheet[kind]["go"], sheet[kind]
told = [p for p in d["problems"] if re.search(words, p["text"])]
assert told and all(p["severity"] == "warning" for p in told), d["problems"]
assert any(p["line"] in (line, 0) for p in told), (line, told)
END
}

warns inject-never "inject I-90 did not come in any of 6 runs" \
    'drill:inject { id = "I-90", to = "gridco.dispatcher", channel = "phone", from = "x", text = "y", expects = { "note" }, when = t.service("power", { operator = "gridco", below = 0.000001 }) and t.marked "nowhere" }'
warns condition-never "this condition did not hold in any of 6 runs" \
    'drill:when(function(w) return w:service("power").level > 2 end, function(d) end)'
warns duty-never "duty never-due did not begin" \
    'drill:duty "never-due" { operator = "gridco", to = "regulator.duty_officer", within = t.hours(1), text = "x", source = "y", trigger = function(w) return w:service("power").level > 2 end }'
warns objective-never "objective O9 did not begin in any of 6 runs" \
    'drill:objective "O9" { "Never begins", after = "a-mark-that-nobody-sets", met = t.declared "incident" }'
warns objective-never "objective O8 was not met in any of 6 runs" \
    'drill:objective "O8" { "Cannot be met", within = t.ms(1), met = t.declared "incident" }'
warns objective-unmeasured "nothing measures objective O7" 'drill:objective "O7" { "Calm is kept" }'
warns inject-idle "inject I-91 expects nothing of anybody" \
    'drill:inject { id = "I-91", at = t.minutes(3), to = "gridco.dispatcher", channel = "phone", from = "x", text = "y" }'
# a form's field that is missing is named; a drill that says none of them has no forms in mind
rm -rf d
"$TOCSIN" new d --quiet
sed -i 's/^\( *\)topology = .*/&\n\1place = { en = "Hall 2", zh = "二号厅" }, organiser = "Grid Office",/' d/scenario.lua
"$TOCSIN" check d --runs 1 --json >out.json 2>err || fail "a drill may lack a field" "$(cat err)"
grep -q 'lack purpose; say purpose = ' out.json || fail "the field is named" "$(cat out.json)"
grep -q 'lack place\|lack organiser' out.json && fail "what is there is not missed" "$(cat out.json)"
# a move says how things stand; what it should lead to is said by the injects in it
rm -rf d
"$TOCSIN" new d --quiet
sed -i 's/^return drill$/drill:phase "move-2" { "The second move", at = t.minutes(20) }\n&/' d/scenario.lua
"$TOCSIN" check d --runs 3 >out 2>err
grep -q "inject move-2 expects nothing" err && fail "a move is asked what it expects" "$(cat err)"
warns seat-idle "spareco.clerk is told nothing and does nothing" 'drill:team "spareco" { "clerk" }'
warns overload "things to note for evaluators" \
    'for i = 1, 12 do drill:inject { at = t.minutes(50), to = "gridco.dispatcher", channel = "phone", from = "x", text = "y", expects = {} } end'
warns marking "TLP:RED, which is for named recipients only; 'gridco' is a whole team" \
    'drill:inject { id = "I-92", at = t.minutes(3), to = "gridco", channel = "email", from = "x", text = "TLP:RED. y", expects = {} }'
warns looks-real "'soc.harbour-grid.com' looks like a real domain" \
    'drill:inject { id = "I-93", at = t.minutes(3), to = "gridco", channel = "email", from = "a@soc.harbour-grid.com", text = "y", expects = {} }'

# a drill of a kind without what the kind is made of
rm -rf d
"$TOCSIN" new d --quiet
sed -i 's/form = "practical", span = "in-house"/form = "tabletop", span = "in-sector"/' d/scenario.lua
"$TOCSIN" check d --runs 2 --json >out.json 2>err || fail "a tabletop without moves is no mistake" "$(cat err)"
grep -q 'a tabletop goes on by moves, and this one has none' out.json || fail "moves are missed" "$(cat out.json)"
grep -q 'a tabletop puts decisions to its players' out.json || fail "decisions are missed" "$(cat out.json)"
grep -q 'the span is in-sector, which is a joint drill, and only one operator has seats' out.json ||
    fail "the other operators are missed" "$(cat out.json)"
rm -rf d
"$TOCSIN" new d --quiet
sed -i 's/form = "practical"/form = "demonstration"/
s/^return drill$/drill:inject { id = "I-94", at = t.minutes(3), to = "gridco.dispatcher", channel = "phone", from = "x", text = "y", expects = { "hunt" } }\n&/' d/scenario.lua
line=$(grep -n 'I-94' d/scenario.lua | cut -d: -f1)
"$TOCSIN" check d --runs 2 >out 2>err || fail "a gap in the script is no mistake" "$(cat err)"
grep -q "d/scenario.lua:$line:.*the script of the demonstration, the policy reference, does not answer inject I-94" err ||
    fail "a gap in the script is told at its line" "$(cat err)"

# once for the whole drill, with the lines; and its briefing
rm -rf d
"$TOCSIN" new d --quiet
sed -i 's/title = "\([^"]*\)"/title = { en = "\1", zh = "港区灯火" }/' d/scenario.lua
"$TOCSIN" check d --runs 2 --sheet >out 2>err || fail "texts in one language are no mistake" "$(cat err)"
[ "$(grep -c 'texts not translated: [0-9]* of them are in one language' err)" -eq 1 ] ||
    fail "texts that are not translated are told once" "$(cat err)"
line=$(grep -n 'drill:objective' d/scenario.lua | head -n 1 | cut -d: -f1)
grep -q "d/scenario.lua:$line:.*in lines $line, " err || fail "with their lines" "$(cat err)"
grep -q 'd/briefing.md: warning: .*briefing.zh.md is missing' err || fail "and the briefing" "$(cat err)"
grep -q 'look *every text is there in both languages' out || fail "the sheet says so" "$(cat out)"

# and what only a function tells, where any of the runs gets there: once, however often it is told
lacking() { sed -n 's/.*texts not translated: \([0-9]*\) of them.*/\1/p' out.json; }
rm -rf d
"$TOCSIN" new d --quiet
sed -i 's/title = "\([^"]*\)"/title = { en = "\1", zh = "港区灯火" }/' d/scenario.lua
"$TOCSIN" check d --runs 2 --json >out.json 2>err
before=$(lacking)
sed -i 's/^return drill$/drill:at(t.minutes(4), function(d)\n  for i = 1, 3 do d:inject { to = "gridco.dispatcher", channel = "phone", from = { en = "a", zh = "甲" }, text = "only so", expects = {} } end\nend)\n&/' d/scenario.lua
"$TOCSIN" check d --runs 2 --json >out.json 2>err || fail "a function's text is no mistake" "$(cat err)"
[ "$(lacking)" -eq $((before + 1)) ] || fail "a text that a function tells is missed in the other language" "$before, then $(lacking)"

# a technique on what it is not used on is told at its line, once for all runs
rm -rf d
"$TOCSIN" new d --quiet
sed -i 's/a:technique "T0809" { on = "scada-1", effect = "wipe" }/a:technique "T0843" { on = "scada-1" }/' d/scenario.lua
line=$(grep -n 'T0843' d/scenario.lua | cut -d: -f1)
"$TOCSIN" check d --runs 3 >out 2>err || fail "a technique that does not fit is no mistake" "$(cat err)"
[ "$(grep -c "d/scenario.lua:$line: warning: technique T0843 (Program Download) is not used on a" err)" -eq 1 ] ||
    fail "a technique that does not fit is told once, at its line" "$(cat err)"

# work that no budget sees: keys chosen so that they collide
rm -rf d
"$TOCSIN" new d --quiet
sed -i 's/^return drill$/local x = {}\nfor i = 1, 33000 do x[i * 65535] = i end\nwhile true do local _ = x[65535 * 33001] end\n&/' d/scenario.lua
line=$(grep -n 'while true' d/scenario.lua | cut -d: -f1)
for command in check run; do
    timeout 60 "$TOCSIN" $command d >out 2>err
    [ $? -eq 1 ] || fail "$command ends a script that never ends" "$(cat out err)"
    grep -q "d/scenario.lua:$line: .*works too long at one time" err || fail "$command says where it was" "$(cat err)"
done

"$TOCSIN" check clean --runs 0 2>err
[ $? -eq 2 ] || fail "--runs 0 is wrong usage"
[ $failed -eq 0 ] && echo "checks hold"
exit $failed
