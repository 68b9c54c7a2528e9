#!/bin/sh
# Records are signed, locked, forgotten and destroyed as their owner says, and never otherwise.
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

for suite in sha256-ed25519 sm3-sm2; do
    "$TOCSIN" key $suite.pem --suite $suite --quiet || fail "a key of $suite is made"
    [ "$(stat -c %a $suite.pem)" = 600 ] || fail "it is for its owner's eyes only"
    "$TOCSIN" run d --policy none -o $suite.drill --sign $suite.pem --suite $suite --quiet >out 2>err ||
        fail "a record is signed by $suite" "$(cat err)"
    "$TOCSIN" replay $suite.drill --verify --signer $suite.pem.pub >out 2>err ||
        fail "and its signature found good" "$(cat err)"
    grep -q "signed by the key .* ($suite)" out || fail "it says who signed" "$(cat out)"
done
"$TOCSIN" key other.pem --quiet
"$TOCSIN" replay sha256-ed25519.drill --signer other.pem.pub >out 2>err && fail "another's signature is refused"
grep -q 'signed with another key' err || fail "and says so" "$(cat err)"
"$TOCSIN" key other.pem --quiet 2>err && fail "a key is never written over"
"$TOCSIN" run d --policy none -o mixed.drill --sign sm3-sm2.pem >out 2>err
[ $? -eq 1 ] || fail "a key of another suite is refused"
[ -z "$(ls mixed.drill* 2>/dev/null)" ] || fail "and leaves no record"
"$TOCSIN" run d -o x.drill --suite md5 >out 2>err && fail "an unknown suite is refused"
grep -q 'there are sha256-ed25519 and sm3-sm2' err || fail "with those there are" "$(cat err)"
"$TOCSIN" run d --policy none -o plain.drill --quiet >out 2>&1
"$TOCSIN" replay plain.drill --signer other.pem.pub >out 2>err && fail "an unsigned record is refused where a signer is asked for"

# locked: nothing to be read, and back again byte for byte
printf 'correct horse battery\n' >word
printf 'correct horse cattery\n' >wrong
printf 'short\n' >short
cp plain.drill before.drill
"$TOCSIN" lock plain.drill --passphrase-file short 2>err && fail "a short passphrase is refused"
"$TOCSIN" lock plain.drill --passphrase-file word --quiet || fail "a record is locked"
[ ! -e plain.drill ] || fail "the open one is gone"
grep -q 'scenario.lua' plain.drill.locked && fail "nothing of it can be read"
"$TOCSIN" score plain.drill.locked -o r.html >out 2>err && fail "a locked record is not scored"
grep -q "'tocsin unlock'" err || fail "it says how to unlock it" "$(cat err)"
"$TOCSIN" unlock plain.drill.locked --passphrase-file wrong 2>err && fail "a wrong passphrase is refused"
[ ! -e plain.drill ] || fail "and leaves nothing"
size=$(stat -c %s plain.drill.locked)
for at in 9 30 $((size / 2)) $((size - 1)); do
    cp plain.drill.locked changed.drill.locked
    byte=$(od -An -tu1 -j "$at" -N1 changed.drill.locked | tr -d ' ')
    printf "\\$(printf %o $(((byte + 1) % 256)))" | dd of=changed.drill.locked bs=1 seek="$at" conv=notrunc 2>/dev/null
    "$TOCSIN" unlock changed.drill.locked --passphrase-file word --keep 2>err && fail "a changed byte ($at) is refused"
    [ ! -e changed.drill ] || fail "and leaves nothing"
done
head -c $((size - 65552)) plain.drill.locked >cut.drill.locked
"$TOCSIN" unlock cut.drill.locked --passphrase-file word 2>err && fail "a shortened one is refused"
"$TOCSIN" unlock plain.drill.locked --passphrase-file word --quiet || fail "the right one opens it"
cmp -s plain.drill before.drill || fail "byte for byte"

# days of destruction
"$TOCSIN" run d --policy none -o old.drill --keep-until 2020-01-31 --quiet >out
"$TOCSIN" run d --policy none -o new.drill --keep-until 2999-01-31 --quiet >out
"$TOCSIN" run d --policy none -o bad.drill --keep-until soon 2>err
[ $? -eq 2 ] || fail "a day is a day" "$(cat err)"
"$TOCSIN" forget old.drill new.drill plain.drill --expired </dev/null 2>err
[ $? -eq 2 ] && [ -e old.drill ] || fail "nothing is destroyed unasked" "$(cat err)"
"$TOCSIN" forget old.drill new.drill plain.drill --expired --yes --json >out || fail "records are destroyed"
[ ! -e old.drill ] && [ -e new.drill ] && [ -e plain.drill ] || fail "those alone whose day has passed" "$(cat out)"
"$TOCSIN" forget sm3-sm2.drill --names --yes --quiet || fail "names are taken out"
"$TOCSIN" replay sm3-sm2.drill --verify --signer sm3-sm2.pem.pub --quiet >out || fail "and the signature still fits"

# how confidential it is stands on everything that leaves the program
sed -i 's/title = /classification = { en = "Internal", zh = "内部" }, title = /' d/scenario.lua
"$TOCSIN" run d --policy none -o marked.drill >out 2>err || fail "a drill has a classification" "$(cat err)"
grep -q '^classification: Internal$' out || fail "it is shown" "$(cat out)"
"$TOCSIN" run d --policy none --language zh 2>&1 | grep -q '^classification: 内部$' || fail "in either language"
"$TOCSIN" score marked.drill -o marked.html --quiet || fail "its record is scored"
grep -q 'class="strip">EXERCISE .*Internal' marked.html || fail "and the report is marked"
[ $failed -eq 0 ]
