#!/bin/sh
# The stubs are Lua, the scenarios' library among them; the page names what the guide uses.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failed=0
fail() {
    failed=1
    printf 'FAILED: %s\n' "$1"
}

"$TOCSIN" stubs -o stubs 2>said || fail "stubs -o stubs"
grep -q 'workspace.library' said || fail "the message says how an editor finds them"
for file in stubs/tocsin.lua stubs/tocsin/policy.lua stubs/tocsin/expect.lua; do
    grep -q '^---@meta' "$file" || fail "$file begins as LuaLS wants it"
    if command -v luac5.4 >/dev/null 2>&1; then
        luac5.4 -p "$file" || fail "$file is Lua"
    fi
done
"$TOCSIN" stubs -o stubs 2>/dev/null || fail "stubs may be written again"
for name in 'function drill:inject(' 'function drill:team(' 'function t.minutes(' \
    'function t.spawn(' 'function asset:has_cause('; do
    grep -qF "$name" stubs/tocsin.lua || fail "tocsin.lua has $name"
done
grep -qF 'function expectation:fires_before(' stubs/tocsin/expect.lua || fail "expect.lua has fires_before"
grep -qF 'function seat:act(' stubs/tocsin/policy.lua || fail "policy.lua has seat:act"

# a new package has them, and an editor is told where; the package is as without them
"$TOCSIN" new mine --quiet || fail "new"
python3 -c 'import json; assert json.load(open("mine/.luarc.json"))["workspace.library"] == [".stubs"]' ||
    fail "new writes .luarc.json"
cmp -s mine/.stubs/tocsin.lua stubs/tocsin.lua || fail "new writes the stubs"
"$TOCSIN" run mine --json --quiet >with.json
rm -r mine/.stubs mine/.luarc.json
"$TOCSIN" run mine --json --quiet >without.json
cmp -s with.json without.json || fail "the stubs are no part of the package"

"$TOCSIN" stubs --page >page.md || fail "--page goes to standard output"
# whatever the guide's examples call exists
sed -n 's/.*\(drill:[a-z_]*\).*/\1/p' "$TOCSIN_SOURCE/scenarios/README.md" | sort -u |
    while read -r call; do
        grep -qF "$call" page.md || echo "$call"
    done >missing
[ ! -s missing ] || fail "the page lacks $(cat missing)"
# whatever authors choose from is in it: they need no source
{
    sed -n 's/^TOC_ACTION([A-Z_]*, "\([a-z_]*\)".*/\1/p' "$TOCSIN_SOURCE/engine/drill/action.def"
    sed -n 's/^TOC_\(END_\|VIEW_\|\)EFFECT("\([a-z-]*\)".*/\2/p' "$TOCSIN_SOURCE/engine/drill/effect.def"
    sed -n 's/^TOC_INJECT_KIND("\([a-z.-]*\)".*/\1/p' "$TOCSIN_SOURCE/engine/drill/inject_kind.def"
    sed -n 's/^TOC_ROLE("\([a-z_]*\)".*/\1/p' "$TOCSIN_SOURCE/engine/drill/role.def"
    sed -n 's/^TOC_ASSET_KIND([A-Z_]*, "\([a-z-]*\)".*/\1/p' "$TOCSIN_SOURCE/include/tocsin/asset_kind.def"
    sed -n 's/^TOC_UNIT("\([^"]*\)".*/\1/p' "$TOCSIN_SOURCE/engine/model/unit.def"
    grep -oE '<xs:attribute name="[^"]*"' "$TOCSIN_SOURCE/assets/schema/topology-1.xsd" | sed 's/.*name="//; s/"//'
} | sort -u >words
[ "$(wc -l <words)" -gt 300 ] || fail "the words are found"
while read -r word; do
    grep -qF "\`$word\`" page.md || echo "$word"
done <words >missing
[ ! -s missing ] || fail "the page lacks the words $(tr '\n' ' ' <missing)"
sed -n '/^```xml/,/^```/p' page.md | sed '/^```/d' >harbour.xml
"$TOCSIN" check harbour.xml >said 2>&1 || fail "its topology is one: $(cat said)"
"$TOCSIN" stubs >/dev/null 2>said
[ $? -eq 2 ] || fail "without a folder it is wrong usage"
"$TOCSIN" --json stubs --page >page.json 2>/dev/null || "$TOCSIN" stubs --page --json >page.json ||
    fail "--json"
python3 -c 'import json, sys; assert json.load(open("page.json"))["page"]' || fail "one document"
exit $failed
