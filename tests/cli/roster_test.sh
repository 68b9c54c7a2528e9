#!/bin/sh
# Who sits where is checked before anybody gets in; each gets one slip, and what is kept opens nothing.
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
cat >people.csv <<'CSV'
Name,Organisation,Seats,Language
Ada <Quist>,Grid,gridco.dispatcher,en
王芳,主管部门,evaluator.gridco,zh
Bo Brandl,Exercise office,control,
CSV
"$TOCSIN" roster d people.csv 2>err || fail "a good roster is good" "$(cat err)"
grep -q 'nobody sits there, a stand-in plays it' err || fail "empty seats are named" "$(cat err)"
"$TOCSIN" roster d people.csv -o slips --address https://drill.example/ --lasts 8h --json >out 2>err || fail "slips are made" "$(cat err)"
[ "$(stat -c %a slips/tokens)$(stat -c %a slips/slips.html)" = 600600 ] || fail "for their owner's eyes only"
python3 - <<'PY' || fail "every slip has one token of 256 bits, which is not in the file of hashes"
import hashlib, re
page, kept = open("slips/slips.html").read(), open("slips/tokens").read()
slips = page.split('<section')[1:]
assert len(slips) == 3
tokens = [re.search(r'class="token">([0-9a-f ]+)<', s).group(1).replace(" ", "") for s in slips]
assert len(set(tokens)) == 3 and all(len(t) == 64 for t in tokens)
for token in tokens:
    assert token not in kept
    assert hashlib.sha256(token.encode()).hexdigest() in kept, "the hash of what the slip says is kept"
assert all("<svg" in s for s in slips)
assert "Ada &lt;Quist&gt;" in slips[0] and "入席凭条" in slips[1] and "https://drill.example/" in slips[2]
PY
cp slips/tokens before
"$TOCSIN" roster d people.csv -o slips --reissue 王芳 --quiet 2>err || fail "a lost slip is made again" "$(cat err)"
[ "$(grep -c . slips/tokens)" = 4 ] || fail "the old token has ended" "$(cat slips/tokens)"
[ "$(sort before slips/tokens | uniq -d | grep -c '[0-9a-f]')" = 3 ] || fail "and the others have not"
grep -q 'Quist' slips/slip.html && fail "only one slip is made"
"$TOCSIN" roster d people.csv -o slips --reissue Nobody 2>err && fail "nobody of that name is told"
"$TOCSIN" roster d people.csv --reissue 王芳 2>err
[ $? -eq 2 ] || fail "a folder is asked for"

printf 'name,seats\nAda,gridco.dispatcher evaluator.gridco\nBo,gridco.dispatchr\n' >bad.csv
"$TOCSIN" roster d bad.csv -o none 2>err
[ $? -eq 1 ] && [ ! -e none ] || fail "a bad roster makes nothing"
grep -q 'bad.csv:2.*nobody evaluates a team that they play in' err || fail "conflicts of interest are refused" "$(cat err)"
grep -q "bad.csv:3.*did you mean 'gridco.dispatcher'" err || fail "and seats that are not there" "$(cat err)"
[ $failed -eq 0 ]
