#!/bin/sh
# The report of a reference run and of a run that nobody played opens in a real browser, without a
# script error and without asking the network for anything; and it says what the run said.
set -eu
browser=$(command -v chromium || command -v chromium-browser || true)
[ -n "$browser" ] || { echo "skipped: chromium is not here"; exit 77; }
cd "$TOCSIN_SOURCE"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
for policy in reference none; do
    "$TOCSIN" run scenarios/ukraine-2015 --policy $policy --json -o "$out/$policy.drill" >"$out/$policy.json"
    mkdir "$out/only" && mv "$out/$policy.drill" "$out/only/" # nothing but the record is there
    (cd "$out/only" && "$TOCSIN" score $policy.drill -o ../$policy.html --json >../$policy.score)
    mv "$out/only/$policy.drill" "$out/" && rmdir "$out/only"
    timeout 120 "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync \
        --user-data-dir="$out/profile-$policy" --enable-logging=stderr --v=0 \
        --log-net-log="$out/$policy.net" --virtual-time-budget=5000 --dump-dom \
        "file://$out/$policy.html" >"$out/$policy.dom" 2>"$out/$policy.err"
    if grep -E 'CONSOLE' "$out/$policy.err"; then
        echo "FAILED: $policy: the browser's console has something to say"
        exit 1
    fi
    if grep -qE 'https?://' "$out/$policy.html" && grep -oE '(src|href|url\()=?"?https?://[^" ]*' "$out/$policy.html"; then
        echo "FAILED: $policy: the page refers to the outside"
        exit 1
    fi
    grep -q 'Dark Afternoon' "$out/$policy.dom"
    grep -q '<svg' "$out/$policy.dom"
    grep -q 'Objectives' "$out/$policy.dom"
done
grep -q 'not restored' "$out/none.dom"
python3 - "$out" <<'END'
import json, re, sys
folder = sys.argv[1]
for policy in ("reference", "none"):
    run = json.load(open(f"{folder}/{policy}.json"))
    score = json.load(open(f"{folder}/{policy}.score"))["records"][0]
    scored = {(s["id"], s["operator"]): s for s in score["services"]}
    for s in run["services"]:
        t = scored[(s["id"], s["operator"])]
        for name in ("demand_integral", "loss_integral", "people_hours_lost"):
            assert abs(s[name] - t[name]) <= 1e-9 * max(1, abs(s[name])), (policy, s, t)
        assert s["restored_at_us"] == t["restored_at_us"], (policy, s, t)
    assert [(o["id"], o["met"]) for o in run["objectives"]] == [(o["id"], o["met"]) for o in score["objectives"]]
    page = open(f"{folder}/{policy}.html").read()
    anchors = set(re.findall(r'id="e(\d+)"', page))
    missing = [e for e in re.findall(r'href="#e(\d+)"', page) if e not in anchors]
    assert not missing, missing[:5]
    net = open(f"{folder}/{policy}.net").read()
    asked = set(re.findall(r'"url":"(https?://[^"]*)"', net))
    # the browser asks its maker for updates, whatever page it shows
    own = re.compile(r"https?://[^/]*(google|googleapis|gstatic|gvt1|chromium)\.")
    asked = {url for url in asked if not own.match(url)}
    assert not asked, asked
print("both reports open, agree with their runs, and every number links to its evidence")
END
