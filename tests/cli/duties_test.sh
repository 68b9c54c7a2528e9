#!/bin/sh
# Rules of reporting as data: a drill under the Chinese measures, from the first alarm to the report.
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
sed -i -e '/^return drill/i drill:team "authority" { "duty_officer" }' \
    -e '/^return drill/i drill:team "police" { "duty_officer" }' \
    -e '/^return drill/i drill:duties "cn-2025" { operator = "gridco", protection_department = "authority.duty_officer", public_security = "police.duty_officer" }' d/scenario.lua
"$TOCSIN" run d --policy reference:pace=2 -o a.drill --json >run.json 2>err || fail "it plays" "$(cat err)"
python3 - <<'END' 2>why || fail "the first reports are owed within the hour and made" "$(cat why)"
import json
duties = {x["id"]: x for x in json.load(open("run.json"))["duties"]}
for to in ("protection_department", "public_security"):
    first = duties["cn-2025/gridco/first-report/" + to]
    assert first["on_time"], first
assert not any(x.startswith("cn-2025/gridco/supplement") for x in duties), duties.keys()
END
"$TOCSIN" score a.drill --json -o a.html --quiet >score.json 2>err || fail "it is scored" "$(cat err)"
python3 - <<'END' 2>why || fail "what the report told is counted" "$(cat why)"
import json
duties = {x["id"]: x for x in json.load(open("score.json"))["records"][0]["duties"]}
first = duties["cn-2025/gridco/first-report/public_security"]
assert first["items_told"] == 8 and first["items_asked"] == 8, first
END
grep -q 'told 8 of 8 items' a.html || fail "and stands in the report"
grep -q 'the incident of gridco was <b>relatively-major</b> from' a.html ||
    fail "as does how grave it was" "$(grep -o 'the incident of[^.]*' a.html)"
grep -q 'www.cac.gov.cn' a.html || fail "with the source of the rules"

# the record holds the rules that were used, and is played again without the program's
sqlite3 a.drill "SELECT path FROM package" 2>/dev/null | grep -q '^duties/cn-2025.xml$' ||
    python3 -c 'import sqlite3,sys; sys.exit(0 if ("duties/cn-2025.xml",) in sqlite3.connect("a.drill").execute("SELECT path FROM package").fetchall() else 1)' ||
    fail "the rules are part of the record"
"$TOCSIN" replay a.drill --verify --quiet >out 2>err || fail "and are played again" "$(cat err)"

# a corrected copy in the package is what counts
mkdir d/duties
sed 's/within="1h"/within="2h"/' "$TOCSIN_SOURCE/assets/duties/cn-2025.xml" >d/duties/cn-2025.xml
"$TOCSIN" run d --policy reference:pace=2 --json >own.json 2>err || fail "own rules" "$(cat err)"
python3 - <<'END' 2>why || fail "own rules count" "$(cat why)"
import json
def due(path): return {x["id"]: x["due_us"] for x in json.load(open(path))["duties"]}["cn-2025/gridco/first-report/public_security"]
assert due("own.json") - due("run.json") == 3600000000, (due("own.json"), due("run.json"))
END
sed -i 's/clock="received"/clock="recieved"/' d/duties/cn-2025.xml
"$TOCSIN" check d >out 2>err && fail "rules with mistakes are refused"
grep -q "d/duties/cn-2025.xml:[0-9]*:[0-9]*: .*nearest: 'received'" err || fail "at their line" "$(cat err)"
"$TOCSIN" check d/duties/cn-2025.xml >out 2>err && fail "a file of rules is checked by itself"
grep -q "d/duties/cn-2025.xml:[0-9]*:[0-9]*: .*nearest: 'received'" err || fail "and told alike" "$(cat err)"
"$TOCSIN" check "$TOCSIN_SOURCE/assets/duties/nis2.xml" >out 2>err || fail "rules that are in order" "$(cat err)"
grep -q "in force since 2024-10-18: 4 duties" out || fail "are summed up" "$(cat out)"
rm -r d/duties
sed -i 's/"cn-2025"/"cn-2024"/' d/scenario.lua
"$TOCSIN" check d >out 2>err && fail "unknown rules are refused"
grep -q "there are no duties 'cn-2024'; did you mean 'cn-2025'" err || fail "with the nearest name" "$(cat err)"

# what nobody has confirmed is said; what follows only a report with gaps need not come
sed -i 's/"cn-2024"/"cn-2025"/' d/scenario.lua
"$TOCSIN" check d --runs 2 --sheet >out 2>err || fail "check" "$(cat err)"
[ "$(grep -c 'd/scenario.lua:[0-9]*: warning: 2 of these duties rest on figures' err)" -eq 1 ] ||
    fail "unconfirmed figures are told once" "$(cat err)"
grep -q 'did not begin\|not translated' err && fail "the rules' own follow-ups and texts are no fault of the author" "$(cat err)"
mkdir d/duties
sed 's/ confirmed="no"//' "$TOCSIN_SOURCE/assets/duties/cn-2025.xml" >d/duties/cn-2025.xml
"$TOCSIN" check d --runs 2 >out 2>err
grep -q 'not been confirmed' err && fail "a copy that was read is confirmed" "$(cat err)"
sed -i 's/people="100000"/people="90000000"/; s/down="[0-9.]*" lasts="[0-9a-z]*"/people="90000000"/' d/duties/cn-2025.xml
"$TOCSIN" check d --runs 2 >out 2>err
grep -q 'none of these duties began in any of 4 runs' err || fail "rules that never apply are told" "$(cat err)"
rm -r d/duties

# before they were in force; and the others' rules
sed -i -e 's/starts = "[0-9]*/starts = "2015/' d/scenario.lua
"$TOCSIN" check d --runs 1 >out 2>err || fail "an early date is no mistake" "$(cat err)"
grep -q "in force since 2025-11-01" err || fail "and is warned of" "$(cat err)"
for rules in nis2:authority cip-008:e_isac; do
    rm -rf e
    "$TOCSIN" new e --quiet
    sed -i -e "/^return drill/i drill:duties \"${rules%:*}\" { operator = \"gridco\", ${rules#*:} = \"regulator.duty_officer\" }" e/scenario.lua
    "$TOCSIN" run e --policy reference:pace=3 --json >e.json 2>err || fail "$rules" "$(cat err)"
    grep -q "\"${rules%:*}/gridco/" e.json || fail "$rules: something is owed" "$(grep '"id"' e.json)"
done
[ $failed -eq 0 ] && echo "duties hold"
exit $failed
