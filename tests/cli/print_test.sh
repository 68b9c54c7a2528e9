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
assert len(d["files"]) == 23 and all(os.path.getsize("out/" + f) for f in d["files"])
END

# the script: in order of time, in drill time and on the wall
grep -q 'The cursor is moving by itself' out/a6.html || fail "the script has the injects"
grep -q '<td>D+0 00:31:00</td>' out/a6.html && grep -q '<td>15:31</td>' out/a6.html ||
    fail "at 31 minutes it is 15:31 where the drill began at 15:00"
[ "$(grep -oE '<td>I-[0-9]+' out/a6.html | tr -d '\n')" = '<td>I-01<td>I-02<td>I-03<td>I-10<td>I-11<td>I-12' ] ||
    fail "the script is in order of time" "$(grep -oE '<td>I-[0-9]+' out/a6.html)"

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

# every paper is marked as an exercise and asks nothing of the network
for paper in out/*.html; do
    [ "$(grep -c 'class="mark">EXERCISE' "$paper")" -ge 1 ] || fail "$paper is marked"
    grep -qE '(src|href)=|@import|url\(' "$paper" && fail "$paper asks for something outside of it"
done

"$TOCSIN" print "$drill" -o zh --language zh --paper rules --quiet 2>err || fail "in Chinese" "$(cat err)"
[ "$(ls zh)" = rules.html ] || fail "one paper alone" "$(ls zh)"
grep -q '演练规则' zh/rules.html || fail "in Chinese"

# what somebody wrote never becomes markup
"$TOCSIN" new d --quiet
printf '# <script>alert(1)</script>\n\nTwo **strong words** and a loose ** here.\n\377\n' >d/briefing.md
"$TOCSIN" print d -o d-out --paper brief --quiet 2>err || fail "a hostile briefing is printed" "$(cat err)"
grep -q '<script>' d-out/*.html && fail "markup of a briefing is text"
grep -q '<b>strong words</b>' d-out/*.html || fail "strong words are strong"
python3 -c 'import glob; [open(f, encoding="utf-8").read() for f in glob.glob("d-out/*")]' || fail "papers are UTF-8"

"$TOCSIN" print d -o d-out --paper breif >out.txt 2>err
[ $? -eq 2 ] && grep -q "there is no paper 'breif'" err || fail "wrong papers are told" "$(cat err)"
"$TOCSIN" print d >out.txt 2>err
[ $? -eq 2 ] && grep -q -- '-o FOLDER' err || fail "a folder is asked for" "$(cat err)"
touch taken
"$TOCSIN" print d -o taken >out.txt 2>err
[ $? -eq 1 ] && grep -q 'taken' err || fail "a file is no folder" "$(cat err)"
exit $((failed > 0))
