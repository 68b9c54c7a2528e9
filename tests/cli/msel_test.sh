#!/bin/sh
# A planner's spreadsheet makes a drill, and comes back out of it as it went in.
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

# a drill whose injects are all in a table, as a planner keeps it
mkdir d
cp "$TOCSIN_SOURCE/assets/template/topology.xml" d/
cat >d/scenario.lua <<'END'
local t = require "tocsin"
local drill = t.drill { title = "From a table", topology = "topology.xml",
  kind = { form = "tabletop", span = "in-house", content = "thematic" },
  starts = "2026-10-05 19:00 UTC", length = t.hours(6) }
drill:team "gridco" { "dispatcher", "incident_lead", "compliance" }
drill:team "regulator" { "duty_officer" }
drill:injects "msel.csv"
return drill
END
cat >d/msel.csv <<'END'
Our autumn exercise;;;;;;
Seq No;Date/Time Delivered;Inject Type;Delivery Method;Originator (From);Recipient (To);Inject description;Expected Actions
1;19:05;Inject;Phone call;feeder crew;Dispatcher;"The breaker opened by itself; nobody touched it.";declare incident, note
2;T+00:20;Inject;E-mail;duty director;GridCo Incident Lead, compliance;Half of the harbour is dark.;Activate plan
3;D+0 H+1 M+30;Inject;;;duty_officer;What do you know?;The regulator asks for the first report
4;;Contingency Inject;TV;newsroom;all;We go on air in five minutes.;
END
"$TOCSIN" check d --sheet >out 2>err || fail "a table and a topology make a drill" "$(cat err)"
"$TOCSIN" run d --quiet --json >run.json 2>err || fail "it can be played" "$(cat err)"
"$TOCSIN" export msel d -o out.csv --quiet || fail "and be written as a table"
python3 - <<'END' 2>why || fail "with everything that it said" "$(cat why)"
import csv
rows = {r["number"]: r for r in csv.DictReader(open("out.csv", encoding="utf-8-sig"))}
assert len(rows) == 4, rows
assert rows["1"]["time"] == "T+00:05" and rows["1"]["to"] == "gridco.dispatcher"
assert rows["1"]["mode"] == "phone" and rows["1"]["from"] == "feeder crew"
assert rows["1"]["expected"] == "declare incident, note"
assert rows["1"]["message"] == "The breaker opened by itself; nobody touched it."
assert rows["1"]["clock_on_the_wall"] == "2026-10-05 19:05 UTC" and rows["4"]["clock_on_the_wall"] == ""
assert rows["2"]["to"] == "gridco.incident_lead; gridco.compliance" and rows["2"]["mode"] == "email"
assert rows["3"]["time"] == "T+01:30" and rows["3"]["to"] == "regulator.duty_officer"
assert rows["3"]["expected"] == "The regulator asks for the first report"
assert rows["4"]["type"] == "Contingency Inject" and rows["4"]["time"] == "" and rows["4"]["mode"] == "news"
END

# out and in again, as CSV and as a workbook: the same drill
for form in csv xlsx; do
    rm -rf again
    cp -r d again
    rm again/msel.csv
    "$TOCSIN" export msel d -o again/msel.$form --quiet || fail "export as $form"
    sed -i "s/msel\\.csv/msel.$form/" again/scenario.lua
    "$TOCSIN" run again --quiet --json >again.json 2>err || fail "read again as $form" "$(cat err)"
    python3 - <<'END' 2>why || fail "through $form the drill stays the same" "$(cat why)"
import json
one, other = json.load(open("run.json")), json.load(open("again.json"))
assert one["digest"] == other["digest"], (one["digest"], other["digest"])
END
done

# every layout is a table that is read again, with the same injects at the same times
for layout in hseep blueprint gbt38645; do
    "$TOCSIN" export msel d --layout $layout -o d/$layout.csv --quiet || fail "layout $layout"
    sed "s/msel\\.csv/$layout.csv/" d/scenario.lua >again/scenario.lua
    cp d/$layout.csv again/
    "$TOCSIN" export msel again -o back.csv --quiet 2>err || fail "layout $layout is read" "$(cat err)"
    python3 - $layout <<'END' 2>why || fail "layout $layout keeps times and texts" "$(cat why)"
import csv, sys
def rows(path): return list(csv.DictReader(open(path, encoding="utf-8-sig")))
for one, other in zip(rows("out.csv"), rows("back.csv")):
    for column in ("number", "time", "from", "to", "message", "expected"):
        assert one[column] == other[column], (column, one[column], other[column])
END
done

# rows of their own say what is expected of the inject before them
printf 'number,time,type,to,message\n1,+5,Inject,dispatcher,dark\n,,Expected Action,,declare incident\n,,Expected Action,,They call the crew\n2,+9,Inject,dispatcher,darker\n' >d/msel.csv
"$TOCSIN" export msel d --quiet >rows.csv 2>err || fail "rows of expected actions" "$(cat err)"
grep -q '^1,.*,declare incident; They call the crew,' rows.csv || grep -q '"declare incident; They call the crew"' rows.csv ||
    fail "expected actions join their inject" "$(cat rows.csv)"
[ "$(grep -c '^[12],' rows.csv)" -eq 2 ] || fail "expected actions are no injects" "$(cat rows.csv)"

# wrong CODE-LINE "words" "row": each mistake at its row
wrong() {
    printf 'number,time,mode,to,message,expected\n%s\n' "$2" >d/msel.csv
    "$TOCSIN" check d >out 2>err
    [ $? -eq 1 ] || fail "$2 is a mistake" "$(cat err)"
    grep -qE "d/msel.csv:2: .*$1" err || fail "$2: /$1/" "$(cat err)"
}
wrong "'noon' is no time" '1,noon,phone,dispatcher,x,'
wrong "no seat or team 'dispacher'; did you mean 'gridco.dispatcher'|no seat or team 'dispacher'" '1,+5,phone,dispacher,x,'
wrong "no channel 'pigeon'" '1,+5,pigeon,dispatcher,x,'
wrong 'this row says nothing' '1,+5,phone,dispatcher,,'
wrong 'this row reaches nobody' '1,+5,phone,,x,'
wrong 'lies after the end of the drill' '1,+900,phone,dispatcher,x,'
wrong "'05/06/2026' could be two dates" '1,05/06/2026,phone,dispatcher,x,'
printf 'number,time,to,message\n1,+5,dispatcher,x\n1,+6,dispatcher,y\n' >d/msel.csv
"$TOCSIN" check d 2>err && fail "two of one number"
grep -q "d/msel.csv:3: .*there is an inject '1' already" err || fail "two of one number" "$(cat err)"
printf 'number,time,type,to,message\n1,+5,Expected Action,,declare incident\n' >d/msel.csv
"$TOCSIN" check d 2>err && fail "an expected action of nothing"
grep -q "d/msel.csv:2: an expected action stands behind the inject" err || fail "an expected action of nothing" "$(cat err)"
sed -i 's/msel.csv/msle.csv/' d/scenario.lua
"$TOCSIN" check d 2>err && fail "no such list"
grep -q "no event list 'msle.csv'; did you mean 'msel.csv'" err || fail "no such list" "$(cat err)"

# the move that an inject falls into, where the clock brings both
"$TOCSIN" export msel "$TOCSIN_SOURCE/scenarios/triple-zero-2025" -o moves.csv --quiet
"$TOCSIN" export msel "$TOCSIN_SOURCE/scenarios/triple-zero-2025" --layout gbt38645 -o moves-zh.csv --quiet
python3 - <<'END' 2>why || fail "injects stand in their moves" "$(cat why)"
import csv
rows = {r["number"]: r["phase"] for r in csv.DictReader(open("moves.csv", encoding="utf-8-sig"))}
assert rows["I-00"] == rows["night"] == "Move 1: a quiet change", rows
assert rows["I-12"] == "Move 3: what is known at one o'clock", rows
assert rows["C-01"] == rows["way"] == "", rows
rows = {r["序号"]: r["阶段"] for r in csv.DictReader(open("moves-zh.csv", encoding="utf-8-sig"))}
assert rows["I-00"] == "第一阶段：安静的变更", rows
END

"$TOCSIN" export msel "$TOCSIN_SOURCE/scenarios/ukraine-2015" --layout hsep 2>err
[ $? -eq 2 ] || fail "an unknown layout is wrong usage"
[ $failed -eq 0 ] && echo "event lists hold"
exit $failed
