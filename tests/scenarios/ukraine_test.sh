#!/bin/sh
# "Dark Afternoon" against the public facts (scenarios/ukraine-2015/notes.md), over 100 seeds.
set -eu
cd "$TOCSIN_SOURCE"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
for seed in $(seq 1 100); do
    "$TOCSIN" run scenarios/ukraine-2015 --policy reference --seed "$seed" -o "$out/$seed.drill" \
        --quiet --json >"$out/$seed.json"
    # how things stood an hour after the first breaker may have opened
    "$TOCSIN" replay "$out/$seed.drill" --at 1h30m --quiet --json >"$out/at-$seed.json"
    rm "$out/$seed.drill"
done
for seed in $(seq 1 10); do
    "$TOCSIN" run scenarios/ukraine-2015 --policy none --seed "$seed" --json >"$out/none-$seed.json"
done
python3 - "$out" <<'END'
import glob, json, re, statistics, sys, xml.etree.ElementTree as ET
folder = sys.argv[1]
hour = 3600e6
attack = 0.5 * hour  # 15:30; the drill starts at 15:00
failed = passed = 0

def row(what, wanted, found, holds):
    global failed, passed
    failed += not holds
    passed += bool(holds)
    print(f"{'ok    ' if holds else 'FAILED'} {what:58} {wanted:>22} {found:>22}")

def power(run):
    return {s["operator"]: s for s in run["services"] if s["id"] == "power"}

runs = [json.load(open(f"{folder}/{seed}.json")) for seed in range(1, 101)]
nones = [json.load(open(path)) for path in glob.glob(f"{folder}/none-*.json")]
ns = {"t": "urn:tocsin:topology:1"}
assets = ET.parse("scenarios/ukraine-2015/topology.xml").getroot().findall("t:asset", ns)
stations = [a for a in assets if a.get("kind") == "substation"]
north = [a for a in stations if a.get("operator") == "north"]
row("customers of all three companies", "about 225,000",
    f"{sum(int(a.get('people', 0)) for a in stations):,}",
    abs(sum(int(a.get("people", 0)) for a in stations) - 225000) <= 2250)
row("substations lost at the first company", "30 (7 + 23)",
    f"{len(north)} ({sum('-110-' in a.get('id') for a in north)} + {sum('-35-' in a.get('id') for a in north)})",
    len(north) == 30 and sum("-110-" in a.get("id") for a in north) == 7)

firsts = [min(s["first_loss_us"] for s in power(r).values()) for r in runs]
lasts = [max(s["first_loss_us"] for s in power(r).values()) for r in runs]
row("first breakers open", "15:30 to 15:35",
    f"+{min(firsts)/60e6-30:.1f} to +{max(firsts)/60e6-30:.1f} min",
    all(0 <= t - attack <= 5 * 60e6 for t in firsts))
row("all three companies hit within", "30 min", f"{max(l-f for f, l in zip(firsts, lasts))/60e6:.1f} min",
    all(l - f <= 30 * 60e6 for f, l in zip(firsts, lasts)))

back = [s["restored_at_us"] for r in runs for s in power(r).values()]
row("every company is whole again, every seed", "yes", f"{sum(b is not None for b in back)} of {len(back)}",
    all(b is not None for b in back))
hours = [(b - attack) / hour for b in back if b is not None]
row("hours after 15:30 until a company is whole", "1 to 6",
    f"{min(hours):.2f} to {max(hours):.2f}", hours and 1 <= min(hours) and max(hours) <= 6)
early = [json.load(open(f"{folder}/at-{seed}.json")) for seed in range(1, 101)]
row("an hour after 15:30 nobody is back yet", "0 %",
    f"at most {max(s['level_ppm'] for r in early for s in power(r).values()) / 1e4:g} %",
    all(s["level_ppm"] == 0 for r in early for s in power(r).values()))
firstco = [(power(r)["north"]["restored_at_us"] - attack) / hour for r in runs]
row("first company whole after, mean", "3 h (2:15 to 3:45)", f"{statistics.mean(firstco):.2f} h",
    2.25 <= statistics.mean(firstco) <= 3.75)
lost = [sum(s["loss_integral"] for s in power(r).values()) for r in runs]
row("energy not supplied, mean", "73 MWh (55 to 91)",
    f"{statistics.mean(lost):.1f} (sd {statistics.stdev(lost):.1f})", 54.75 <= statistics.mean(lost) <= 91.25)
row("with nobody playing, companies whole again", "0",
    f"{sum(s['restored_at_us'] is not None for r in nones for s in power(r).values())}",
    all(s["restored_at_us"] is None for r in nones for s in power(r).values()))
row("another seed, another digest", "100", str(len({r["digest"] for r in runs})),
    len({r["digest"] for r in runs}) == 100)
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
END
