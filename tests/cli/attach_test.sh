#!/bin/sh
# Files that are handed out with injects: found, judged by their bytes, kept in the record.
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
mkdir d/papers
python3 - <<'END'
import struct, zlib
def chunk(kind, data): return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
open("d/papers/map.png", "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b""))
open("d/papers/memo.pdf", "wb").write(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
END
sed -i '/^return drill/i drill:inject { id = "I-90", at = t.minutes(3), to = "gridco.dispatcher", text = "See the map.", expects = {}, attach = { "papers/map.png", "papers/memo.pdf" } }' d/scenario.lua
mkdir d/policies
cat >d/policies/relay.lua <<'END'
local p = require "tocsin.policy"
return p.policy { dispatcher = function(seat)
  local seen = seat:next { kind = "message", text = "See the map." }
  seat:act("relay", "gridco.incident_lead", { message = "M-" .. seen.number, text = table.concat(seen.attachments, " ") })
end, incident_lead = function(seat)
  local passed
  repeat passed = seat:next "message" until passed.attachments
  seat:act("note", nil, { text = "got " .. #passed.attachments .. ": " .. passed.attachments[1] })
end }
END
"$TOCSIN" check d >out 2>err || fail "a drill with papers is in order" "$(cat err)"
"$TOCSIN" run d --json -o a.drill --quiet >run.json 2>err || fail "it plays" "$(cat err)"
python3 - <<'END' 2>why || fail "they are listed by their SHA-256" "$(cat why)"
import hashlib, json
a = {x["path"]: x for x in json.load(open("run.json"))["attachments"]}
assert set(a) == {"papers/map.png", "papers/memo.pdf"}, a
for path, x in a.items():
    data = open("d/" + path, "rb").read()
    assert x["sha256"] == hashlib.sha256(data).hexdigest() and x["bytes"] == len(data), x
assert a["papers/map.png"]["type"] == "image/png" and a["papers/map.png"]["caption"] == "EXERCISE map.png"
assert a["papers/map.png"]["inject"] == "I-90"
END
"$TOCSIN" run d --policy policies/relay.lua -o b.drill --quiet 2>err || fail "a seat sees them" "$(cat err)"
python3 - <<'END' 2>why || fail "whoever is passed the message has them" "$(cat why)"
import sqlite3
rows = [str(r) for r in sqlite3.connect("b.drill").execute("SELECT * FROM input")]
assert any("papers/map.png papers/memo.pdf" in r for r in rows), rows
assert any("got 2: papers/map.png" in r for r in rows), rows
files = dict(sqlite3.connect("a.drill").execute("SELECT path, bytes FROM package").fetchall())
assert files["papers/map.png"] == open("d/papers/map.png", "rb").read(), "record"
END
"$TOCSIN" replay a.drill --verify --json --quiet >replay.json 2>err || fail "the record is played again" "$(cat err)"
grep -q '"caption": "EXERCISE memo.pdf"' replay.json || fail "with its papers" "$(cat replay.json)"

# a changed paper is another package
digest() { "$TOCSIN" run d --json --quiet -o "$1" >/dev/null 2>&1; python3 -c 'import sqlite3,sys; print(dict(sqlite3.connect(sys.argv[1]).execute("SELECT * FROM meta").fetchall()).get("package_digest"))' "$1"; }
one=$(digest one.drill)
printf '%% more\n' >>d/papers/memo.pdf
two=$(digest two.drill)
[ -n "$one" ] && [ "$one" != "$two" ] || fail "a paper is part of the package's identity" "$one $two"

# the planner's table
"$TOCSIN" export msel d -o list.csv --quiet || fail "export"
grep -q 'papers/map.png; papers/memo.pdf' list.csv || fail "the table has them" "$(cat list.csv)"
mkdir table
cp -r d/topology.xml d/papers table/
printf 'number,time,to,message,attachments\n1,+5,dispatcher,See,papers/map.png\n' >table/list.csv
cat >table/scenario.lua <<'END'
local t = require "tocsin"
local drill = t.drill { title = "x", length = t.hours(1) }
drill:team "gridco" { "dispatcher" }
drill:injects "list.csv"
return drill
END
"$TOCSIN" run table --json --quiet >table.json 2>err || fail "and gives them" "$(cat err)"
grep -q '"path": "papers/map.png"' table.json || fail "and gives them" "$(cat table.json)"
sed -i 's/map.png/mop.png/' table/list.csv
"$TOCSIN" check table 2>err && fail "a wrong one in the table"
grep -q "table/list.csv:2: .*no file 'papers/mop.png'; did you mean 'papers/map.png'" err || fail "is told at its row" "$(cat err)"

# wrong WORDS PATH: each mistake at its line
wrong() {
    sed "s|\"papers/map.png\", \"papers/memo.pdf\"|\"$2\"|" d/scenario.lua >scenario.lua
    rm -rf w && cp -r d w && cp scenario.lua w/
    line=$(grep -n 'I-90' w/scenario.lua | cut -d: -f1)
    "$TOCSIN" check w >out 2>err && fail "$2 is a mistake"
    grep -q "w/scenario.lua:$line:[0-9]*: attach: .*$1" err || fail "$2: $1" "$(cat err)"
}
printf 'MZ\220\0' >d/papers/tool.pdf
head -c 9000000 /dev/zero | tr '\0' 'a' >d/papers/long.txt
wrong "no file 'papers/mapp.png'; did you mean 'papers/map.png'" papers/mapp.png
wrong 'is called .pdf and holds none of PNG, PDF and text' papers/tool.pdf
wrong 'is 9000000 bytes long; what is handed out has at most 8 MB' papers/long.txt
wrong 'leads out of the package' ../../etc/passwd
wrong 'leads out of the package' /etc/passwd
wrong 'is nothing to hand out' topology.xml
[ $failed -eq 0 ] && echo "papers hold"
exit $failed
