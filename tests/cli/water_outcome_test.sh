#!/bin/sh
# What becomes of imported water networks when they run: a tank empties when mass balance says so,
# and attacks on controllers have the outcome that their files describe.
set -eu
data=${TOCSIN_DATA:-}
[ -n "$data" ] || data=$TOCSIN_SOURCE/../shared/data
[ -d "$data/water-cyberphysical" ] || { echo "skipped: $data is not here"; exit 77; }
python3 - "$TOCSIN" "$data" <<'END'
import json, os, re, sqlite3, subprocess, sys, tempfile
tocsin, data = sys.argv[1:]
out = tempfile.mkdtemp()
failed = 0

def expect(condition, why):
    global failed
    if not condition:
        failed += 1
        print(f"FAILED: {why}")

def tocsin_(*words):
    run = subprocess.run([tocsin, *words], capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, (words, run.stderr)
    return run.stdout

def play(name, hours):
    """What was lost, when first, and the trace, after so many hours."""
    path = f"{out}/{name}/scenario.lua"
    plan = re.sub(r"length = t\.hours\([^)]*\)", f"length = t.hours({hours})", open(path).read())
    open(path, "w").write(plan)
    result = json.loads(tocsin_("run", f"{out}/{name}", "--policy", "none", "--json", "-o",
                                f"{out}/{name}.drill"))
    trace = sqlite3.connect(f"{out}/{name}.drill").execute(
        "select at, kind, subject, verb, after from trace").fetchall()
    return result["services"][0], trace

# Net1 without its pump: the tank falls from 120 to 100 ft against 1,100 gpm by the pattern
os.mkdir(f"{out}/net1")
tocsin_("import", "epanet", f"{data}/water-epanet/Net1.inp", "-o", f"{out}/net1/topology.xml")
text = open(f"{out}/net1/topology.xml").read()
text = re.sub(r" *<control .*\n", "", text)
text = text.replace('<asset id="pump-9"', '<asset id="pump-9" off="yes"')
open(f"{out}/net1/topology.xml", "w").write(text)
open(f"{out}/net1/scenario.lua", "w").write(
    'local t = require "tocsin"\nlocal drill = t.drill { title = "Net1", topology = "topology.xml", '
    'length = t.hours(5) }\ndrill:team "water-utility" { "incident_lead" }\nreturn drill\n')
water, trace = play("net1", 5)
expect(abs(water["first_loss_us"] / 1e6 - 14760.93) < 0.01, f"the tank is empty at {water}")

def town(name):
    tocsin_("import", "epanet", f"{data}/water-cyberphysical/ctown_map.inp", "--cyber",
            f"{data}/water-cyberphysical/{name}.cpa", "--scenario", f"{out}/{name}")
    tocsin_("check", f"{out}/{name}/topology.xml")

hour = 3600 * 10**6
# a full tank is feigned from hour 10 to 20: the valve closes, the tank stays empty, and part of the
# network is cut off until the valve opens again
for name in ("scenario01", "scenario02"):
    town(name)
    water, trace = play(name, 22)
    closed = [row for row in trace if row[1] == "cause" and row[2] == "V2" and row[4] == 1]
    expect(closed and abs(closed[0][0] / hour - 10) < 0.1, f"{name}: V2 is not closed: {closed}")
    expect(10 < water["first_loss_us"] / hour < 20, f"{name}: {water}")
    expect(any(row[1] == "tank" and row[2] == "T2" and row[3] == "empty" and row[0] < 20 * hour
               for row in trace), f"{name}: T2 is not empty")
    os.remove(f"{out}/{name}.drill")
    water, trace = play(name, 168)  # a week with tanks that run empty comes to its end
    expect(len(trace) < 200000, f"{name}: {len(trace)} things happen in a week")
    plan = open(f"{out}/{name}/scenario.lua").read()
    before = plan.count("red:plan")
    plan = plan[:plan.index("red:plan")] + "return drill\n"
    open(f"{out}/{name}/scenario.lua", "w").write(plan)
    os.remove(f"{out}/{name}.drill")
    water, trace = play(name, 22)
    expect(before == 1 and water["loss_integral"] == 0, f"{name}: water is lost without an attack")

# the level of T1 is kept from its controller after hour 50: the pump stays on, T1 overflows
town("scenario04")
water, trace = play("scenario04", 100)
jammed = next(row[0] for row in trace if row[1] == "cause" and row[2] == "PLC2-PLC1")
expect(50 * hour < jammed + 1 and jammed < 51 * hour, f"the link is jammed at {jammed}")
spills = [row[0] for row in trace if row[1:4] == ("tank", "T1", "overflowing")]
expect(spills and spills[0] > jammed, f"T1 overflows at {spills}")
offs = [row for row in trace if row[1:4] == ("switched", "PU2", "off") and row[0] > jammed]
expect(not offs, f"the pump is switched off: {offs}")
print(f"{failed} failures")
sys.exit(failed > 0)
END
