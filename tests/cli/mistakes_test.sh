#!/bin/sh
# Every mistake an author can make is told with its place and its remedy, exit 1. Each case is the
# guide's package with one thing changed.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0
passed=0

fresh() {
    rm -rf "$folder/p"
    "$TOCSIN" new "$folder/p" --quiet
}

# expect NAME "place that must be in the message" "words that must be in it" [COMMAND...]
expect() {
    name=$1
    place=$2
    words=$3
    shift 3
    [ $# -gt 0 ] || set -- check p
    out=$(cd "$folder" && timeout 20 "$TOCSIN" "$@" 2>&1 >/dev/null)
    code=$?
    if [ $code -eq 1 ] && printf '%s' "$out" | grep -qE "$place" &&
        printf '%s' "$out" | grep -qiE "$words"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED: %s: exit %d, wanted 1, place /%s/, words /%s/; said:\n%s\n' \
            "$name" "$code" "$place" "$words" "$out"
    fi
}

# topology NAME "sed script" "line of the mistake" "words"
topology() {
    fresh
    sed -i "$2" "$folder/p/topology.xml"
    expect "$1" "p/topology.xml:$3:[0-9]+:" "$4"
}

# scenario NAME "line that replaces the plan's last line" "words" [COMMAND...]
scenario() {
    fresh
    name=$1
    sed -i '$d' "$folder/p/scenario.lua"
    printf '%s\nreturn drill\n' "$2" >>"$folder/p/scenario.lua"
    line=$(grep -nF -- "$(printf '%s' "$2" | head -n 1)" "$folder/p/scenario.lua" | tail -n 1 | cut -d: -f1)
    words=$3
    shift 3
    expect "$name" "p/scenario.lua:$line:" "$words" "$@"
}

T=$(mktemp -d)
"$TOCSIN" new "$T/p" --quiet
at() { # line of the template's topology that holds a text
    grep -nF -- "$1" "$T/p/topology.xml" | head -n 1 | cut -d: -f1
}

topology "unknown element" 's|<zone |<zoen |' "$(at '<zone ')" "zoen.*zone"
topology "unknown attribute" 's| people=| peple=|' "$(at people=)" "peple.*people"
topology "missing id" 's| id="depot"||' "$(at 'id="depot"')" "id"
topology "duplicate id" 's|id="feeder-2"|id="feeder-1"|' "$(at 'id="feeder-2"')" "feeder-1"
topology "dangling reference" 's|any="feeder-1 feeder-2"|any="feeder-1 feder-2"|' \
    "$(at 'any="feeder')" "feder-2.*feeder-2"
topology "unknown operator" '0,/operator="gridco" zone/s||operator="gridko" zone|' \
    "$(at 'operator="gridco" zone')" "gridko.*gridco"
topology "unknown kind" 's|kind="substation"|kind="substaton"|' "$(at 'kind="substation"')" \
    "substaton.*substation"
topology "negative quantity" 's|capacity="24"|capacity="-24"|' "$(at 'capacity="24"')" "negative|-24"
topology "bad unit" 's|unit="MW"|unit="MV"|' "$(at 'unit="MW"')" "MV"
topology "bad time" 's|holds="8h"|holds="8 parsecs"|' "$(at 'holds=')" "8 parsecs"
topology "dependency on itself" 's|all="scada-1 ss|all="rtu-1 ss|' "$(at 'all="scada-1')" "itself|own|self"
topology "not well-formed" 's|</asset>||' "[0-9]+" "asset|mismatch|tag"
topology "a DOCTYPE" '1s|^|<!DOCTYPE topology [<!ENTITY a "b">]>|' "1" "DOCTYPE"

scenario "Lua syntax error" 'local x = = 1' "unexpected|syntax|expected"
scenario "Lua run-time error" 'local y = nil + 1' "nil"
scenario "unknown field" 'local z = t.minuts(3)' "minuts"
scenario "endless loop" 'while true do end' "without end|loop"
scenario "endless loop in pcall" 'while true do pcall(function() while true do end end) end' "without end|loop"
scenario "memory bomb" 'local s = {} for i = 1, 1e9 do s[i] = ("x"):rep(1e6) .. i end' "memory|bytes|without end"
scenario "unknown seat" 'drill:inject { at = 1, to = "gridco.dispatcher2", channel = "phone", text = "x" }' \
    "dispatcher2.*gridco.dispatcher"
scenario "inject after the end" 'drill:inject { at = t.hours(7), to = "gridco.dispatcher", channel = "phone", text = "x" }' \
    "end|length"
scenario "unknown asset" 'drill:adversary { name = "X", at = "scada-2" }' "scada-2"
scenario "unknown key" 'drill:inject { att = 1, to = "gridco.dispatcher", channel = "phone", text = "x" }' "att"

fresh
sed -i 's|effect = "open-breaker"|effect = "open-braker"|' "$folder/p/scenario.lua"
expect "mistake in a plan that runs later" \
    "p/scenario.lua:$(grep -n 'open-braker' "$folder/p/scenario.lua" | cut -d: -f1):" "open-braker"
fresh
rm "$folder/p/topology.xml"
expect "missing topology" "topology.xml" "topology.xml"
expect "missing package" "nowhere" "nowhere|no such" check nowhere
expect "a file that is no record" "topology|no-record" "record" replay no-record.drill
printf 'not a record' >"$folder/no-record.drill"
expect "a file that is no record" "no-record" "record" replay no-record.drill

(cd "$folder" && "$TOCSIN" frobnicate >/dev/null 2>&1)
[ $? -eq 2 ] && passed=$((passed + 1)) || { echo "FAILED: an unknown command is wrong usage"; failed=$((failed + 1)); }
(cd "$folder" && "$TOCSIN" run >/dev/null 2>&1)
[ $? -eq 2 ] && passed=$((passed + 1)) || { echo "FAILED: a missing argument is wrong usage"; failed=$((failed + 1)); }

rm -rf "$T"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
