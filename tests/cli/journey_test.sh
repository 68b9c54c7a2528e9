#!/bin/sh
# `tocsin flow --to`: how long crews take over the roads that outages leave open.
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
cat >valley.xml <<'END'
<topology xmlns="urn:tocsin:topology:1" name="Valley">
  <operator id="gridco"/>
  <asset id="depot" kind="depot" operator="gridco" x="0" y="0"/>
  <asset id="mill" kind="node" operator="gridco" x="20" y="0"/>
  <asset id="hill" kind="node" operator="gridco" x="20" y="20"/>
  <asset id="ss-1" kind="substation" operator="gridco" x="40" y="0"/>
  <asset id="mast" kind="cell-site" operator="gridco" x="20" y="-10"/>
  <link id="r-west" from="depot" to="mill" kind="road"/>
  <link id="r-east" from="mill" to="ss-1" kind="road"/>
  <link id="r-up" from="depot" to="hill" kind="road" length="30km"/>
  <link id="r-down" from="hill" to="ss-1" kind="road" length="30km" speed="60km/h"/>
  <crew id="line" operator="gridco" skills="repair" base="depot"/>
  <crew id="radio" operator="gridco" skills="repair" base="mast"/>
</topology>
END

# says "what" "words of the table" options...
says() {
    what=$1 words=$2
    shift 2
    "$TOCSIN" flow valley.xml "$@" >out 2>err || fail "$what: it runs" "$(cat err)"
    tr -s ' ' <out | grep -qF "$words" || fail "$what" "$(cat out)"
}
says "at rest the short way" "line gridco 1 h 00 min by mill, ss-1" --to ss-1
says "who stands off the roads" "radio gridco 50 min by mill, ss-1" --to ss-1
says "after an outage the long way" "line gridco 1 h 15 min by hill, ss-1" --to ss-1 --out r-east
says "no way at all" "line gridco never no open road leads there" --to ss-1 --out r-east,r-down

"$TOCSIN" flow valley.xml --to ss-1 --out r-east,r-down --json >out.json 2>err || fail "JSON" "$(cat err)"
python3 - <<'END' || fail "JSON has the journeys" "$(cat out.json)"
import json
d = json.load(open("out.json"))
assert d["to"] == "ss-1"
assert d["journeys"][0] == {"crew": "line", "operator": "gridco", "takes_us": None, "by": []}
END
"$TOCSIN" flow valley.xml --to ss-2 >out 2>err && fail "an unknown place is a mistake"
grep -q "to: there is no asset or link 'ss-2'; did you mean 'ss-1'?" err || fail "and told" "$(cat err)"
"$TOCSIN" flow valley.xml --json | grep -q journeys && fail "who does not ask is told nothing"
[ "$failed" -eq 0 ]
