#!/bin/sh
# What `tocsin watch` promises to the author of a drill.
set -u
folder=$(mktemp -d)
failed=0
watcher=
trap '[ -z "$watcher" ] || kill "$watcher" 2>/dev/null; rm -rf "$folder"' EXIT
fail() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    [ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/    /' | head -n 20
}
cd "$folder" || exit 1
"$TOCSIN" new mine >/dev/null 2>&1

# until FILE WORDS: waits until the words stand in the file, at most ten seconds
until_there() {
    for _ in $(seq 200); do
        grep -q -- "$2" "$1" 2>/dev/null && return 0
        sleep 0.05
    done
    return 1
}

"$TOCSIN" watch mine --at 30min --seed 3 >out 2>err &
watcher=$!
until_there err 'waiting for the next save' || fail "the first look comes at once" "$(cat out err)"
grep -q 'at 00:30:00' out || fail "the instant is told" "$(cat out)"
first=$(sed -n 's/.*digest //p' out | head -n 1)
alone=$("$TOCSIN" run mine --seed 3 --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["digest"])')
[ -n "$first" ] || fail "the digest is told" "$(cat out)"

# an editor that writes beside and renames over
sed 's/length = t.hours/lenght = t.hours/' mine/scenario.lua >mine/.scenario.lua.new
mv mine/.scenario.lua.new mine/scenario.lua
until_there err 'has mistakes' || fail "a save is seen" "$(cat out err)"
grep -qE 'mine/scenario.lua:[0-9]+.*length' err || fail "the mistake has its line and the right name" "$(cat err)"

# one that writes in place; what only touches is no news
sed -i 's/lenght/length/' mine/scenario.lua
for _ in $(seq 200); do
    [ "$(grep -c 'played in' err)" -ge 2 ] && break
    sleep 0.05
done
[ "$(grep -c 'played in' err)" -eq 2 ] || fail "what is mended is played" "$(cat err)"
[ "$(grep -c "digest $first" out)" -eq 2 ] || fail "the same package and luck stand the same" "$(cat out)"
touch mine/scenario.lua
sleep 0.3
[ "$(grep -c 'played in' err)" -eq 2 ] || fail "a touch is not a change" "$(cat err)"

# a policy in a folder that was not there before
mkdir mine/policies && sleep 0.2
printf 'return function() end\n' >mine/policies/quiet.lua
for _ in $(seq 200); do
    [ "$(grep -c 'played in\|has mistakes in' err)" -ge 4 ] && break
    sleep 0.05
done
[ "$(grep -c 'played in\|has mistakes in' err)" -ge 4 ] || fail "a file in a new folder is seen" "$(cat err)"

kill -INT "$watcher"
wait "$watcher"
code=$?
watcher=
[ $code -eq 0 ] || fail "Ctrl-C ends it in order, exit $code" "$(cat err)"

# at the end of the drill it stands as `run` leaves it; one line of JSON a look
"$TOCSIN" watch mine --seed 3 --looks 1 --json >out.json 2>err || fail "--looks ends it" "$(cat err)"
[ "$(wc -l <out.json)" -eq 1 ] || fail "one document, one line" "$(cat out.json)"
rm -r mine/policies
"$TOCSIN" watch mine --seed 3 --looks 1 --json >out.json 2>err
grep -q "\"digest\":\"$alone\"" out.json || fail "watch and run agree on $alone" "$(cut -c1-300 out.json)"
"$TOCSIN" watch mine/scenario.lua >out 2>err && fail "a file is no package"
grep -q 'wants the folder of a package' err || fail "which is said" "$(cat err)"

[ $failed -eq 0 ] && echo "all as promised"
exit $failed
