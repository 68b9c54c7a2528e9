#!/bin/sh
# What every command promises: exit codes, results on standard output and messages on standard
# error, one JSON document where it is asked for, help with an example, nothing written over.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failed=0

fail() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    [ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/    /' | head -n 12
}

# gives CODE "words on stdout" "words on stderr" ARGUMENT...   (a minus: nothing must be there)
gives() {
    code=$1
    out_words=$2
    err_words=$3
    shift 3
    timeout 20 "$TOCSIN" "$@" >out 2>err
    got=$?
    [ $got -eq "$code" ] || fail "tocsin $*: exit $got, wanted $code" "$(cat err)"
    for stream in out err; do
        words=$out_words
        [ $stream = out ] || words=$err_words
        if [ "$words" = - ]; then
            [ ! -s $stream ] || fail "tocsin $*: nothing belongs on std$stream" "$(cat $stream)"
        elif [ -n "$words" ]; then
            grep -qE -- "$words" $stream || fail "tocsin $*: /$words/ on std$stream" "$(cat $stream)"
        fi
    done
}

# json "python expression about d" CODE ARGUMENT...
json() {
    expression=$1
    code=$2
    shift 2
    timeout 20 "$TOCSIN" "$@" --json >out 2>err
    got=$?
    [ $got -eq "$code" ] || fail "tocsin $* --json: exit $got, wanted $code" "$(cat err)"
    python3 -c "import json, sys
d = json.load(open('out'))
assert $expression, json.dumps(d)[:400]" 2>why || fail "tocsin $* --json: $expression" "$(cat why)"
}

# -- The program itself
gives 2 - 'usage: tocsin COMMAND'
gives 0 'usage: tocsin COMMAND' - help
gives 0 'usage: tocsin COMMAND' - --help
gives 0 '^tocsin [0-9]+\.[0-9]+\.[0-9]+$' - --version
gives 2 - "no command 'rum'; did you mean 'run'" rum
gives 2 - "no command 'frobnicate'" frobnicate
gives 2 - "no command 'drwa'; did you mean 'draw'" help drwa

commands=$("$TOCSIN" help | sed -n 's/^  \([a-z]*\) .*/\1/p')
[ "$(echo "$commands" | wc -w)" -ge 8 ] || fail "help lists the commands" "$commands"
for command in $commands; do
    gives 0 "usage: tocsin $command" - "$command" --help
    gives 0 "^example: tocsin $command" - help "$command"
    [ "$command" = console ] || gives 2 - 'is missing' "$command" # which offers what there is
    gives 2 - "no option '--jsn'; did you mean --json" "$command" --jsn
done

# -- Wrong usage: 2, told on standard error with the way out
gives 2 - "PACKAGE is missing.*" run
gives 2 - "no option '--sede'; did you mean --seed" run d --sede 3
gives 2 - "no option '--zzzzzzz'$" run d --zzzzzzz
gives 2 - "'e' is one too many" run d e
gives 2 - '--seed wants N' run d --seed
gives 2 - "'seven' is not a whole number" run d --seed seven
gives 2 - "'-7' is not a whole number" run d --seed -7
gives 2 - "'18446744073709551616' is too large" run d --seed 18446744073709551616
gives 2 - "'noon' is no drill time" replay a.drill --at noon
gives 2 - '--verify takes no value' replay a.drill --verify=yes
gives 2 - 'where the picture goes' draw topology.xml
gives 2 - "'map.jpeg' should end in" draw topology.xml -o map.jpeg

# -- The input is at fault: 1
gives 1 - 'nowhere' check nowhere
gives 1 - 'nowhere' run nowhere
gives 1 - 'nowhere.drill: the record cannot be read' replay nowhere.drill
gives 1 - 'nowhere.drill: the record cannot be read' score nowhere.drill
gives 1 - 'no/such' new no/such/folder
mkdir empty
gives 1 - 'empty.*scenario.lua' check empty

# -- A drill from nothing to its record
gives 0 - 'tocsin check d' new d
gives 1 - 'nothing is written over' new d
gives 0 '^d: in order' - check d
gives 0 '^d/topology.xml: in order' - check d/topology.xml
gives 0 'power +gridco' 'The record is a.drill' run d --policy none -o a.drill
gives 1 - 'a file of that name already' run d --policy none -o a.drill
gives 0 'power +gridco' - run d --policy none -o b.drill --quiet
cmp -s a.drill b.drill || fail "equal drills leave equal records"
gives 0 'power +gridco' - --quiet run d --policy none
gives 1 - "no policy 'refernce'" run d --policy refernce -o c.drill
[ ! -e c.drill ] || fail "a policy that is not there leaves no record behind"
gives 0 '^verified up to D\+0 06:00:00' - replay a.drill --verify
gives 0 'ended after 1 h 30 min' - replay a.drill --at 90min
gives 0 'ended after 1 h 30 min' - replay a.drill --at 1h30m
gives 0 'ended after 1 h 30 min' - replay a.drill --at 'D+0 01:30:00'
gives 0 '^a.drill: in order' - check a.drill
gives 0 'power +gridco' - score a.drill
gives 0 '' 'report.html' score a.drill -o report.html
gives 0 - 'map.svg' draw d/topology.xml -o map.svg

# -- One document each
json 'sorted(d["files"]) == [".luarc.json", ".stubs", "briefing.md", "expectations.lua", "plan-gridco.xml", "scenario.lua", "topology.xml"]' 0 new e
json 'd["errors"] == 0 and d["kind"] == "package" and d["problems"] == []' 0 check d
json 'd["kind"] == "record"' 0 check a.drill
json 'd["seed"] == 7 and len(d["digest"]) == 16 and int(d["digest"], 16) > 0' 0 run d --policy none --seed 7
json 'd["title"] == "Harbour lights" and d["policy"] == "none" and d["package"] == "d"' 0 run d --policy none
json 'd["events"] > 0 and d["ended_at_us"] == 6 * 3600 * 10**6' 0 run d --policy none
json 'set(d["services"][0]) >= {"id", "operator", "unit", "demand_integral", "loss_integral",
  "people_hours_lost", "min_level_ppm", "first_loss_us", "restored_at_us"}' 0 run d --policy none
json 'd["services"][0]["restored_at_us"] is None and d["services"][0]["min_level_ppm"] == 0' 0 run d --policy none
json '[set(o) >= {"id", "met", "at_us"} for o in d["objectives"]] == [True, True]' 0 run d --policy none
json 'd["objectives"][0]["met"] is False and d["objectives"][0]["at_us"] is None' 0 run d --policy none
json '[set(o) >= {"id", "due_us", "done_us", "on_time"} for o in d["duties"]] == [True]' 0 run d --policy none
json 'd["verified"] and d["finished"]' 0 replay a.drill --verify
json 'd["n"] == 2 and len(d["records"]) == 2' 0 score a.drill b.drill
json 'd["exit_code"] == 1 and d["problems"][0]["file"] == "nowhere"' 1 run nowhere
json 'd["exit_code"] == 1 and "cannot be read" in d["problems"][0]["text"]' 1 replay nowhere.drill
sed -i 's/kind="rtu"/kind="rtuu"/' e/topology.xml
json 'd["errors"] >= 1 and d["problems"][0]["line"] == 7 and d["problems"][0]["column"] > 0' 1 check e

# -- The same seed gives the same drill, another seed another one
digest() {
    "$TOCSIN" run d --policy none --seed "$1" --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["digest"])'
}
[ "$(digest 5)" = "$(digest 5)" ] || fail "the same seed gives the same digest"
[ "$(digest 5)" != "$(digest 6)" ] || fail "another seed gives another digest"

# -- A changed record is refused with the place named
python3 - <<'END'
record = bytearray(open("a.drill", "rb").read())
at = record.index(b"Harbour lights")
record[at] ^= 1
open("changed.drill", "wb").write(record)
END
for command in "replay changed.drill" "replay changed.drill --verify" "score changed.drill" "check changed.drill"; do
    # shellcheck disable=SC2086
    gives 1 - 'changed.drill: .*(page|table) ' $command
done

# -- The system is at fault: 3
if [ -w /dev/full ]; then
    "$TOCSIN" run d --policy none >/dev/full 2>err
    [ $? -eq 3 ] || fail "standard output that is full is exit 3" "$(cat err)"
    grep -q 'standard output' err || fail "standard output that is full is told" "$(cat err)"
fi
(
    ulimit -f 8
    "$TOCSIN" run d --policy none -o full.drill >out 2>err
    [ $? -eq 3 ]
) || fail "a disk that is full is exit 3" "$(cat err)"
[ -s err ] || fail "a disk that is full is told"
gives 3 - 'no/such' run d --policy none -o no/such/folder.drill

# -- Nothing hostile reaches the terminal, no colour where nobody looks
sed 's/Harbour lights/\\27[31mred/' d/scenario.lua >e/scenario.lua
cp d/topology.xml e/topology.xml
"$TOCSIN" run e --policy none >out 2>err || fail "a title with an escape in it runs" "$(cat err)"
! grep -q "$(printf '\033')" out err || fail "an escape reached the terminal"
printf '<topology>' >bad.xml
"$TOCSIN" check bad.xml >out 2>err
! grep -q "$(printf '\033')" err || fail "colour where nobody looks"

# -- On a terminal: colour, unless it is refused
if command -v script >/dev/null 2>&1; then
    script -qec "'$TOCSIN' check bad.xml" /dev/null >out 2>&1
    grep -q "$(printf '\033\[31m')" out || fail "errors are red on a terminal" "$(cat out)"
    NO_COLOR=1 script -qec "'$TOCSIN' check bad.xml" /dev/null >out 2>&1
    ! grep -q "$(printf '\033\[31m')" out || fail "NO_COLOR is respected"
fi

[ $failed -eq 0 ] && echo "the commands keep their promises"
exit $((failed > 0))
