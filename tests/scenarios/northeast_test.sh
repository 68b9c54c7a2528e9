#!/bin/sh
# "Quiet Alarms" against the public facts (scenarios/northeast-cascade/notes.md), with nobody playing;
# and a reference team against nobody, seed by seed. TOCSIN_SEEDS says how many; 20 where it is not said.
set -eu
cd "$TOCSIN_SOURCE"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
seeds=${TOCSIN_SEEDS:-20}
if ! python3 tests/support/northeast_grid.py 2>/dev/null | cmp - scenarios/northeast-cascade/topology.xml; then
    echo "FAILED: tests/support/northeast_grid.py does not print the topology that stands there"
    exit 1
fi
for seed in $(seq 1 "$seeds"); do
    for policy in none reference; do
        "$TOCSIN" run scenarios/northeast-cascade --policy $policy --seed "$seed" -o "$out/$policy-$seed.drill" \
            --quiet --json >"$out/$policy-$seed.json"
    done
done
python3 - "$out" "$seeds" <<'END_OF_PROGRAM'
import json, sqlite3, statistics, sys, xml.etree.ElementTree as ET
folder, seeds = sys.argv[1], range(1, int(sys.argv[2]) + 1)
sys.path.insert(0, "tests/support")
import northeast_grid
ns = {"t": "urn:tocsin:topology:1"}
root = ET.parse("scenarios/northeast-cascade/topology.xml").getroot()
buses, _, _ = northeast_grid.make()
kv = {bus.id: bus.kv for bus in buses}
low = {link.get("id") for link in root.findall("t:link", ns) if kv[link.get("from")] == kv[link.get("to")] == 138}
high = {link.get("id") for link in root.findall("t:link", ns) if kv[link.get("from")] == kv[link.get("to")] == 345}
people = {asset.get("id"): int(asset.get("people", 0)) for asset in root.findall("t:asset", ns)}
held = missed = failed = 0

def clock(text):
    h, m, s = (text + ":00").split(":")[:3]
    return int(h) * 3600 + int(m) * 60 + int(s)

def shown(seconds):
    return f"{int(seconds // 3600)}:{int(seconds % 3600 // 60):02}:{int(seconds % 60):02}"

def row(what, wanted, found, holds):
    global held, missed
    held += bool(holds)
    missed += not holds
    print(f"{'ok    ' if holds else 'MISSED'} {what:56} {wanted:>22} {found:>22}")

def at(what, wanted, tolerance, times):
    worst = max(times, key=lambda x: abs(x - clock(wanted)))
    row(what, f"{wanted} +- {tolerance} min", shown(statistics.mean(times)), abs(worst - clock(wanted)) <= tolerance * 60)

def near(what, wanted, share, values, unit=""):
    found = statistics.mean(values)
    row(what, f"{wanted:,} +- {share:.0%}".replace("%", " %"), f"{found:,.0f}{unit}", abs(found - wanted) <= share * wanted)

def must(what, holds):
    global failed
    failed += not holds
    print(f"{'ok    ' if holds else 'FAILED'} {what}")

class Run:
    def __init__(self, seed):
        trace = sqlite3.connect(f"{folder}/none-{seed}.drill")
        self.out, self.mark, self.level = {}, {}, {}
        begin = clock("13:30")
        for when, kind, subject, actor, verb, before, after in trace.execute(
                "SELECT at, kind, subject, actor, verb, before, after FROM trace ORDER BY number"):
            moment = begin + when / 1e6
            if kind == "cause" and after == 1:
                self.out.setdefault(subject, moment)
            elif kind == "operation" and verb == "off":
                self.mark.setdefault(subject, moment)
            elif kind == "service" and subject == "power" and verb != "at-start":
                self.level.setdefault(actor, []).append((moment, after))
        self.json = json.load(open(f"{folder}/none-{seed}.json"))
        self.units = [self.out[u] for u in self.out if u.rsplit("-", 1)[0] in kv or u.rsplit("-", 2)[0] in kv]

    def lines(self, names, until):
        return sum(when <= clock(until) for line, when in self.out.items() if line in names)

runs = [Run(seed) for seed in seeds]
print(f"{'':63} {'14 August 2003':>22} {'the drill, nobody plays':>22}")
at("alarms stop", "14:14:00", 1, [r.out["lakeland-alarms"] for r in runs])
near("minutes from there to the first line", 51.7, 0.05,
     [(r.out["chambers-hardy"] - r.out["lakeland-alarms"]) / 60 for r in runs])
at("first 345 kV line", "15:05:41", 1, [r.out["chambers-hardy"] for r in runs])
at("second 345 kV line", "15:32:03", 3, [r.out["hannaford-junction"] for r in runs])
at("third 345 kV line", "15:41:33", 3, [r.out["starling-canfield"] for r in runs])
lines = [r.lines(low | high, "15:48:00") for r in runs]
row("lines out at 15:48", "8 +- 2", f"{statistics.mean(lines):g}", all(6 <= n <= 10 for n in lines))
lines = [r.lines(low, "16:08:00") for r in runs]
row("138 kV lines lost until 16:08", "16 +- 2", f"{statistics.mean(lines):g}", all(14 <= n <= 18 for n in lines))
isolated = [sum(bus.load for bus in buses if bus.kv == 138 and r.mark.get(bus.id, 1e9) < clock("16:08")) for r in runs]
near("load lost with them, MW", 600, 0.2, isolated)
at("the line after which nothing could stop it", "16:05:57", 3, [r.out["samson-starling"] for r in runs])
at("the north-east is on its own", "16:10:38", 3, [r.out["oyster-dunkeld"] for r in runs])
at("the lake's pumps stop", "16:10:46", 3, [r.mark["pumps-heights"] for r in runs])
at("essentially complete", "16:13:00", 2, [max(r.units) for r in runs])
near("minutes from that line to the end", 7, 0.3, [(max(r.units) - r.out["samson-starling"]) / 60 for r in runs])
lost = []
for r in runs:
    power = [s for s in r.json["services"] if s["id"] == "power"]
    hours = r.json["ended_at_us"] / 3600e6
    lost.append(sum(s["demand_integral"] / hours * (1 - s["level_ppm"] / 1e6) for s in power))
near("load lost, MW", 61800, 0.1, lost)
fallen = ("lakeland", "westmark", "norland", "eastmere")
out = sum(people[bus.id] for bus in buses if bus.operator in fallen)
near("people without power", 50000000, 0.1, [out])
water = sum(n for asset, n in people.items() if asset.startswith("district-"))
near("people whose water comes from the pumps", 1500000, 0.01, [water])
print(f"{held} of {held + missed} rows hold")
must("at least four rows in five hold", held >= 0.8 * (held + missed))

def loss(policy, seed):
    run = json.load(open(f"{folder}/{policy}-{seed}.json"))
    return sum(s["loss_integral"] for s in run["services"] if s["id"] == "power"), run
better = sum(loss("reference", seed)[0] < loss("none", seed)[0] for seed in seeds)
must(f"the reference team loses less than nobody in {better} of {len(seeds)} seeds", better >= 0.95 * len(seeds))
lost = [loss("reference", seed)[0] for seed in seeds]
print(f"       MWh not supplied: reference {statistics.mean(lost):,.0f}, "
      f"nobody {statistics.mean(loss('none', seed)[0] for seed in seeds):,.0f}")
water = [s for seed in seeds for s in loss("none", seed)[1]["services"] if s["id"] == "water"]
must("with nobody playing all taps are dry before the end", all(s["min_level_ppm"] == 0 for s in water))
met = [sum(o["met"] for o in loss("reference", seed)[1]["objectives"]) for seed in seeds]
must(f"the reference team meets {statistics.mean(met):.1f} of 6 objectives", statistics.mean(met) >= 5)
sys.exit(failed > 0)
END_OF_PROGRAM
