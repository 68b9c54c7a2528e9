#!/bin/sh
# What `tocsin test` promises to the author of a drill.
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
"$TOCSIN" new mine >/dev/null 2>&1

"$TOCSIN" test mine --runs 20 >out 2>err || fail "what 'new' makes holds its own expectations" "$(cat out err)"
grep -q '6 of 6 expectations hold' out || fail "the sum is told" "$(cat out)"

# an expectation that fails names seeds, and each of them fails when played alone
cat >mine/expectations.lua <<'END'
local t, e = require "tocsin", require "tocsin.expect"
e.expect(e.mark "breakers-open"):is_reached():before(t.time "11min"):because "it is short"
e.expect(e.service "power"):is_whole():in_at_least(0.01)
END
"$TOCSIN" test mine --runs 40 --json >out.json 2>err
code=$?
"$TOCSIN" test mine --runs 40 >out 2>err
python3 - "$code" "$TOCSIN" <<'END' 2>why || fail "failing seeds are the ones that fail alone" "$(cat why)"
import json, subprocess, sys
code, tocsin = int(sys.argv[1]), sys.argv[2]
d = json.load(open("out.json"))
mark = d["expectations"][0]
assert (code == 1) == (d["failed"] > 0), (code, d["failed"])
assert mark["line"] == 2 and mark["held"] + 0 <= mark["runs"] == 40
assert mark["first_hours"] <= mark["last_hours"]
whole = d["expectations"][1]
runs = [json.loads(subprocess.run([tocsin, "run", "mine", "--seed", str(seed), "--json"], check=True,
                                  capture_output=True, text=True).stdout) for seed in range(1, 41)]
held = sum(all(s["restored_at_us"] is not None or s["first_loss_us"] is None
               for s in r["services"] if s["id"] == "power") for r in runs)
assert whole["held"] == held, (whole["held"], held)
END

cat >mine/expectations.lua <<'END'
local t, e = require "tocsin", require "tocsin.expect"
e.expect(e.objective "O2"):is_met():before(t.minutes(1)):because "nobody is that fast"
END
"$TOCSIN" test mine --runs 3 >out 2>err
[ $? -eq 1 ] || fail "an expectation that does not hold is exit code 1"
grep -q 'FAILED .*expectations.lua:2' out || fail "it is told with its line" "$(cat out)"
grep -q 'because nobody is that fast' out || fail "and its reason" "$(cat out)"
grep -q 'tocsin run mine --policy reference --seed 1' out || fail "and how to look at it" "$(cat out)"

printf 'local e = require "tocsin.expect"\ne.expect(e.objective "O11"):is_met()\n' >mine/expectations.lua
"$TOCSIN" test mine --runs 2 >out 2>err
[ $? -eq 1 ] || fail "an unknown objective is the author's mistake"
grep -q "expectations.lua:2.*'O11'.*did you mean 'O1'" err || fail "it is told with the nearest name" "$(cat err)"
printf 'local e = require "tocsin.expect"\ne.expect(e.objective "O1"):is_mett()\n' >mine/expectations.lua
"$TOCSIN" check mine >out 2>err
[ $? -eq 1 ] || fail "check reads the expectations too"
grep -q "expectations.lua:2.*is_met" err || fail "and tells their mistakes" "$(cat err)"
rm mine/expectations.lua
"$TOCSIN" test mine >out 2>err
[ $? -eq 1 ] || fail "a package without expectations is not passed silently"
grep -q 'write them into expectations.lua' err || fail "the way out is told" "$(cat err)"
[ $failed -eq 0 ] && echo "tests of drills hold"
exit $failed
