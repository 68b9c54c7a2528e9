#!/bin/sh
# The papers before a drill say what their reader may know, and nothing else.
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
drill=$TOCSIN_SOURCE/scenarios/ukraine-2015

"$TOCSIN" print "$drill" -o out --json >files.json 2>err || fail "the papers are written" "$(cat err)"
python3 - <<'END' || fail "the document names every paper, and each is there"
import json, os
d = json.load(open("files.json"))
assert len(d["files"]) == 52 and all(os.path.getsize("out/" + f) for f in d["files"])
END

# the script: in order of time, in drill time and on the wall
grep -q 'The cursor is moving by itself' out/a6.html || fail "the script has the injects"
grep -q '<td>D+0 00:31:00</td>' out/a6.html && grep -q '<td>15:31</td>' out/a6.html ||
    fail "at 31 minutes it is 15:31 where the drill began at 15:00"
sed '/Further injects/,$d' out/a6.html >planned.html
[ "$(grep -oE '<td>I-[0-9]+' planned.html)" = "$(seq -f '<td>I-%02g' 26)" ] ||
    fail "the script is in order of time" "$(grep -oE '<td>I-[0-9]+' planned.html)"

# what hangs on how the drill goes is said, and shown by an example
sed -n '/Further injects/,$p' out/a6.html >further.html
grep -q 'may bring some: 7 · injects that came in the run: 7' further.html || fail "further injects are counted" "$(head -n 4 further.html)"
grep -q 'Half of our customers are without power' further.html && grep -q 'north.incident_lead' further.html ||
    fail "and listed, with whom they reach"
grep -q 'one run with the reference policy' further.html || fail "as an example"
grep -q 'Half of our customers' planned.html && fail "what is planned is told apart"
cat >plain.lua <<'END'
local t = require "tocsin"
local drill = t.drill { title = "Plain", length = t.hours(1) }
drill:team "gridco" { "dispatcher" }
drill:inject { id = "A", at = t.minutes(5), to = "gridco.dispatcher", text = "Only this.", expects = {} }
return drill
END
"$TOCSIN" new plain --quiet
cp plain.lua plain/scenario.lua
"$TOCSIN" print plain -o plain-out --paper a6 --quiet 2>err || fail "a drill of the clock alone" "$(cat err)"
grep -q 'Further injects' plain-out/a6.html && fail "has no further injects"
sed -i 's/^return drill/drill:at(t.minutes(9), function(d) d:fail("nowhere", "damage") end)\n&/' plain/scenario.lua
touch -d '1 hour ago' plain-out/a6.html && cp -p plain-out/a6.html before.html
"$TOCSIN" print plain -o plain-out --quiet >out.txt 2>err
[ $? -eq 1 ] && grep -q "scenario.lua:5: .*nowhere" err || fail "what breaks in a run is told at its line" "$(cat err)"
cmp -s plain-out/a6.html before.html || fail "and what was printed before stays"

# a brief: its own plant and verbs, no inject, nobody else's plant
brief=out/brief-north.dispatcher.html
grep -q '<td>north-hmi-1</td>' $brief || fail "a brief lists its own organisation's assets"
grep -q '<td>west-' $brief && fail "and no other organisation's"
grep -qE 'cursor is moving|KOBZAR|T0855' out/brief-*.html && fail "no brief tells what will happen"
grep -q '<td>reenergise</td>' $brief || fail "a dispatcher may switch"
grep -q '<td>reenergise</td>' out/brief-north.compliance.html && fail "compliance may not"
grep -q '<td>north-' out/brief-authority.duty_officer.html && fail "the authority has no plant"

# the evaluator guide: every objective and duty, and who judges it
grep -q '<td>O1-north</td>' out/evaluator.html || fail "objectives are in the evaluator guide"
grep -q 'from the record' out/evaluator.html || fail "and how each is judged"
grep -q 'first-report-west' out/evaluator.html || fail "and what may be owed"
grep -qE 'O1-north|from the record' out/brief-*.html && fail "no brief tells what is evaluated"

# the forms of GB/T 38645: what the package says is in them, what it cannot know is a space
cp -r "$drill" said
sed -i 's/^  topology = .*/&\n  place = { en = "Hall 2", zh = "二号厅" }, organiser = "Grid Office", purpose = "To try the shift change",/' said/scenario.lua
"$TOCSIN" print said -o forms --quiet 2>err || fail "forms are written" "$(cat err)"
"$TOCSIN" print said -o formular --language zh --quiet 2>err || fail "in Chinese" "$(cat err)"
grep -q 'To try the shift change' forms/a1.html || fail "A.1 has the purpose"
grep -q 'north' forms/a1.html && grep -q '15:00' forms/a1.html || fail "A.1 has bodies and flow"
grep -q '<td>Hall 2</td>' forms/a2.html && grep -q '<td>Grid Office</td>' forms/a2.html ||
    fail "A.2 has place and organiser"
[ "$(grep -c 'class="space"' forms/a2.html)" = 3 ] || fail "A.2 leaves what it cannot know" "$(grep -c space forms/a2.html)"
[ "$(grep -c 'class="space"' out/a2.html)" = 6 ] || fail "and what nobody said" "$(grep -c space out/a2.html)"
[ "$(grep -cE '<td>(Managing department|Command|Planning|Supervision|Advisers|Execution|Support|Evaluation|Technical support|Observers)</td>' forms/a2.html)" = 10 ] ||
    fail "A.2 has the ten groups"
grep -q 'dispatcher, ' forms/a3.html && grep -q 'Hall 2' forms/a3.html || fail "A.3 has seats and venue"
grep -q '二号厅' formular/a2.html && grep -q '行业内部演练' formular/a2.html || fail "in Chinese they are Chinese"

grep -q '45 min' out/evaluator.html && grep -q 'from breakers-north' out/evaluator.html ||
    fail "with the time allowed, from when"
grep -q 'declared: incident' out/evaluator.html && grep -q 'the declaration in the record' out/evaluator.html ||
    fail "and what meets it, and where that is seen"
grep -q 'power at least 100 %, of north' out/evaluator.html || fail "at which level of which service"
"$TOCSIN" print "$TOCSIN_SOURCE/scenarios/river-city" -o city --quiet 2>err || fail "a joint drill is printed" "$(cat err)"
grep -q 'with the team&apos;s first alarm' city/evaluator.html || fail "and when clocks of duties start"
grep -q 'scenario.lua:[0-9]' city/evaluator.html || fail "a condition of the scenario is told with its line"
grep -q "$TOCSIN_SOURCE" city/*.html && fail "where the package lies is nobody's business"

# a brief is of the kind that its seat is
grep -q '<h1>Player brief' city/brief-gridco.dispatcher.html || fail "a player's brief"
grep -q '<h1>Brief for an outside body' city/brief-cert.soc_analyst.html || fail "an outside body's brief"
grep -q '<td>River City Waterworks</td>' city/brief-cert.soc_analyst.html || fail "with who runs plant"
grep -q '<h1>Brief for exercise control' city/brief-control.director.html || fail "control's brief"
grep -q '<td>C-01</td>' city/brief-control.director.html && grep -q '<td>C-01</td>' city/control.html ||
    fail "with the injects that wait for it"
grep -q '<td>override</td>' city/control.html || fail "and how it runs the drill"
for paper in city/brief-*.html; do
    case $paper in
    *brief-control.*) ;;
    *) grep -qE 'C-01|D1|O13' "$paper" && fail "$paper tells what will happen" ;;
    esac
done

# calls that control makes are on its paper, with what to answer
"$TOCSIN" new calls --quiet
sed -i 's/^return drill$/drill:inject { id = "I-77", at = t.minutes(3), to = "gridco.dispatcher", channel = "phone", from = "night shift", text = "The gate is open.", expects = {}, call = { says = "Listen, the gate stands open.", answers = { "Which gate?", "The western one." } } }\n&/' calls/scenario.lua
"$TOCSIN" print calls -o calls-out --quiet 2>err || fail "a drill with a call is printed" "$(cat err)"
grep -q '<td>Listen, the gate stands open.</td>' calls-out/control.html && grep -q 'Which gate? – The western one.' calls-out/control.html ||
    fail "control reads what to say and to answer"
grep -q 'western one' calls-out/brief-*.html && fail "nobody else does"

# the map in a brief holds the organisation's own plant alone
grep -q 'class="map"' $brief || fail "a brief has a map"
grep -q 'class="map"' out/brief-authority.duty_officer.html && fail "who has no plant has none"
if command -v pdftotext >/dev/null; then
    pdftotext city/brief-gridco.dispatcher.pdf - | grep -q 'River City Grid' || fail "named after its owner"
    pdftotext city/brief-gridco.dispatcher.pdf - | grep -qiE 'telco-|metro-|waterco-' &&
        fail "nobody else's plant is on it" "$(pdftotext city/brief-gridco.dispatcher.pdf - | grep -iE 'telco-|metro-|waterco-')"
fi

# the team's own briefing takes the place of everybody's
"$TOCSIN" new own --quiet
echo '# For the regulator alone' >own/briefing-regulator.md
"$TOCSIN" print own -o own-out --paper brief --quiet 2>err || fail "a team's own briefing" "$(cat err)"
grep -q 'For the regulator alone' own-out/brief-regulator.duty_officer.html || fail "is in its briefs"
grep -q 'For the regulator alone' own-out/brief-gridco.*.html && fail "and in no other"

# every paper is marked as an exercise and asks nothing of the network
for paper in out/*.html; do
    [ "$(grep -c 'class="mark">EXERCISE' "$paper")" -ge 1 ] || fail "$paper is marked"
    grep -vE '^<use xlink:href="#' "$paper" | grep -qE '(src|href)="?[^#"]|@import|url\([^#]' && fail "$paper asks for something outside of it"
done

"$TOCSIN" print "$drill" -o zh --language zh --paper rules --quiet 2>err || fail "in Chinese" "$(cat err)"
[ "$(ls zh | tr '\n' ' ')" = "rules.html rules.pdf " ] || fail "one paper alone" "$(ls zh)"
grep -q '演练规则' zh/rules.html || fail "in Chinese"

# what somebody wrote never becomes markup
"$TOCSIN" new d --quiet
printf '# <script>alert(1)</script>\n\nTwo **strong words** and a loose ** here.\n\377\n' >d/briefing.md
"$TOCSIN" print d -o d-out --paper brief --quiet 2>err || fail "a hostile briefing is printed" "$(cat err)"
grep -q '<script>' d-out/*.html && fail "markup of a briefing is text"
grep -q '<b>strong words</b>' d-out/*.html || fail "strong words are strong"
python3 -c 'import glob; [open(f, encoding="utf-8").read() for f in glob.glob("d-out/*.html")]' || fail "papers are UTF-8"

# the same papers as PDF, in the same words, byte for byte the same each time
"$TOCSIN" print "$drill" -o again --quiet 2>err || fail "printed again elsewhere" "$(cat err)"
for paper in out/*; do
    cmp -s "$paper" "again/${paper#out/}" || fail "$paper is the same each time"
done
[ "$(head -c 5 out/a6.pdf)" = '%PDF-' ] || fail "PDF papers are PDF"
if command -v pdftotext >/dev/null; then
    pdftotext -layout out/brief-north.incident_lead.pdf brief.txt
    pages=$(pdfinfo out/brief-north.incident_lead.pdf | sed -n 's/^Pages: *//p')
    [ "$pages" -gt 1 ] && [ "$(grep -c 'EXERCISE · EXERCISE' brief.txt)" = $((2 * pages)) ] ||
        fail "every page is marked above and below" "$pages $(grep -c 'EXERCISE ·' brief.txt)"
    [ "$(grep -c 'What it does' brief.txt)" -gt 1 ] || fail "a table's heads are on each of its pages"
    [ "$(grep -cE "[0-9]+ ?/ ?$pages\$" brief.txt)" = "$pages" ] || fail "pages are numbered" "$(grep ' / ' brief.txt)"
    pdfinfo out/a6.pdf | grep -qE 'CreationDate:.*(1999|2000)' || fail "no moment of printing is in it"
    pdftotext formular/a2.pdf - | grep -q '二号厅' || fail "Chinese words are words" "$(pdftotext formular/a2.pdf -)"
fi
cat >fonts.conf <<'END'
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>fonts-cache</cachedir></fontconfig>
END
if [ -e /usr/share/fonts/truetype/dejavu ]; then
    FONTCONFIG_FILE=$PWD/fonts.conf "$TOCSIN" print "$drill" -o poor --language zh --paper rules --quiet 2>err ||
        fail "without a Chinese font papers are still made" "$(cat err)"
    [ "$(grep -c 'fonts-noto-cjk' err)" = 1 ] || fail "and the remedy is told once" "$(cat err)"
fi
"$TOCSIN" print "$drill" -o one --paper brief --format pdf --quiet 2>err || fail "one format" "$(cat err)"
ls one | grep -q html && fail "no HTML where PDF is asked for" "$(ls one)"
"$TOCSIN" print "$drill" -o one --format docx >out.txt 2>err
[ $? -eq 2 ] && grep -q 'html, pdf and both' err || fail "wrong formats are told" "$(cat err)"

# a second print leaves nothing stale, and touches nothing that it did not make
cp notes.txt again 2>/dev/null || echo mine >again/notes.txt
cp -r again keep
"$TOCSIN" print d -o again --quiet 2>err || fail "another drill into the same folder" "$(cat err)"
ls again | grep -q 'brief-north' && fail "seats of the earlier print are gone" "$(ls again)"
[ -e again/notes.txt ] && [ -e again/brief-gridco.dispatcher.pdf ] || fail "what is not ours stays" "$(ls again)"
"$TOCSIN" print d -o again --format html --quiet 2>err || fail "HTML alone" "$(cat err)"
ls again | grep -q pdf && fail "PDF papers of before are stale" "$(ls again)"
"$TOCSIN" print d -o again --paper rules --quiet 2>err
[ -e again/a6.html ] && [ -e again/rules.pdf ] || fail "papers of another kind stay" "$(ls again)"
echo '<!-- signed -->' >>keep/brief-north.soc.html
"$TOCSIN" print d -o keep --quiet 2>err || fail "a changed paper is no mistake" "$(cat err)"
grep -q 'brief-north.soc.html.*changed by hand' err && [ -e keep/brief-north.soc.html ] ||
    fail "what somebody has changed stays, and is told" "$(cat err)"
echo '<!-- noted -->' >>keep/rules.html
cp -r keep keep2
"$TOCSIN" print d -o keep --quiet >out.txt 2>err
[ $? -eq 1 ] && grep -q 'rules.html.*not written over' err || fail "nor is it written over" "$(cat err)"
diff -r keep keep2 >why || fail "and nothing else is then written" "$(cat why)"
mkdir other && echo mine >other/rules.pdf
"$TOCSIN" print d -o other --quiet >out.txt 2>err
[ $? -eq 1 ] && [ "$(cat other/rules.pdf)" = mine ] || fail "a file of that name is not ours" "$(cat err)"
cp again/a6.html outside.html
python3 -c '
import json
made = json.load(open("again/.tocsin-print.json"))
json.dump({"../outside.html": made["a6.html"], "notes.txt": "0"}, open("again/.tocsin-print.json", "w"))'
rm again/*.html again/*.pdf
"$TOCSIN" print d -o again --quiet 2>err || fail "a strange list does no harm" "$(cat err)"
[ -e outside.html ] && [ -e again/notes.txt ] || fail "nothing outside of the folder is touched"

"$TOCSIN" print d -o d-out --paper breif >out.txt 2>err
[ $? -eq 2 ] && grep -q "there is no paper 'breif'" err || fail "wrong papers are told" "$(cat err)"
"$TOCSIN" print d >out.txt 2>err
[ $? -eq 2 ] && grep -q -- '-o FOLDER' err || fail "a folder is asked for" "$(cat err)"
touch taken
"$TOCSIN" print d -o taken >out.txt 2>err
[ $? -eq 1 ] && grep -q 'taken' err || fail "a file is no folder" "$(cat err)"
exit $((failed > 0))
