#!/bin/sh
# A language is a view: what is shown changes, what happens and what is kept does not.
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
sed -i -e '/^return drill/i drill:objective "Z1" { { en = "Words are found", zh = "找到词语" }, met = t.declared "incident" }' \
    -e '/^return drill/i drill:inject { at = t.minutes(3), to = "gridco.dispatcher", text = { en = "Dark.", zh = "停电了。" }, expects = {} }' d/scenario.lua
"$TOCSIN" run d -o en.drill >en.txt 2>err || fail "it plays in English" "$(cat err)"
"$TOCSIN" run d --language zh -o zh.drill >zh.txt 2>err || fail "it plays in Chinese" "$(cat err)"
grep -q 'Words are found' en.txt || fail "English is the default" "$(cat en.txt)"
grep -q '找到词语' zh.txt || fail "Chinese is shown where it is asked for" "$(cat zh.txt)"
grep -q 'Words are found' zh.txt && fail "and instead of English" "$(cat zh.txt)"
for language in en zh; do
    sed -n 's/.*digest //p' $language.txt >$language.digest
done
[ -s en.digest ] && cmp -s en.digest zh.digest || fail "the digest is the same" "$(cat en.digest zh.digest)"
"$TOCSIN" replay en.drill --verify --quiet >out 2>err || fail "the record is played again" "$(cat err)"

# drill time and the clock on the wall stand beside each other
grep -q 'in brackets the clock on the wall, from 2026-10-05 19:00 UTC' en.txt || fail "the zone is named" "$(cat en.txt)"
grep -qE '0 h [0-9]+ min \(19:[0-9]+\)' en.txt || fail "and the time in it" "$(cat en.txt)"
"$TOCSIN" watch d --looks 1 --language zh --at 5min >watch.txt 2>err || fail "watch in Chinese" "$(cat err)"
grep -q '停电了' watch.txt || fail "watch in Chinese" "$(cat watch.txt)"

# one record gives a report in either language
"$TOCSIN" score zh.drill -o en.html --quiet >out 2>err || fail "a report" "$(cat err)"
"$TOCSIN" score zh.drill --language zh -o zh.html --quiet >out 2>err || fail "a Chinese report" "$(cat err)"
grep -q 'Words are found' en.html || fail "the record of a drill shown in Chinese has English too"
grep -q '找到词语' zh.html || fail "and Chinese"

# the planner's table carries both
"$TOCSIN" export msel d -o d/list.csv --quiet || fail "export"
python3 - <<'END' 2>why || fail "the table has a column for each language" "$(cat why)"
import csv
rows = [r for r in csv.DictReader(open("d/list.csv", encoding="utf-8-sig")) if r["message"] == "Dark."]
assert rows and rows[0]["message_zh"] == "停电了。", rows
csv.writer(open("one.csv", "w")).writerows([["number", "time", "to", "message", "message_zh"],
    ["1", "T+00:05", "gridco.dispatcher", "Dark.", "停电了。"]])
END
mkdir table
cp d/topology.xml table/
cp one.csv table/
cat >table/scenario.lua <<'END'
local t = require "tocsin"
local drill = t.drill { title = "x", length = t.hours(1), starts = "2026-10-05 19:00 UTC" }
drill:team "gridco" { "dispatcher" }
drill:injects "one.csv"
return drill
END
"$TOCSIN" export msel table -o back.csv --quiet 2>err || fail "the table is read" "$(cat err)"
grep -q 'Dark.*停电了' back.csv || fail "and written again" "$(cat back.csv)"
"$TOCSIN" export msel table --layout gbt38645 >gbt.csv 2>err
grep -q '停电了' gbt.csv || fail "the Chinese layout is in Chinese" "$(cat gbt.csv)"

"$TOCSIN" run d --language fr >out 2>err
[ $? -eq 2 ] || fail "an unknown language is wrong usage"
grep -q "there is no 'fr'; there are en and zh" err || fail "and is told" "$(cat err)"
[ $failed -eq 0 ] && echo "languages hold"
exit $failed
