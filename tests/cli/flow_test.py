"""See flow_test.sh. Exit 1 where a promise is broken; what wants data that is not there is skipped."""
import json, os, random, re, subprocess, sys, tempfile

tocsin, data = sys.argv[1:]
power, expected = f"{data}/power-matpower", f"{data}/expected-power"
here = tempfile.mkdtemp()
failures = checks = 0


def fail(what):
    global failures
    failures += 1
    if failures < 30:
        print(f"FAILED: {what}")


def near(got, wanted, tolerance, what):
    global checks
    checks += 1
    if got is None or not abs(got - wanted) <= tolerance:
        fail(f"{what}: {got!r} is not {wanted!r}")


def run(*words):
    return subprocess.run([tocsin, *words], capture_output=True, text=True, timeout=120)


def flow(file, *words):
    done = run("flow", file, "--json", *words)
    if done.returncode != 0:
        fail(f"flow {file} {words}: exit {done.returncode}: {done.stderr[:300]}")
        sys.exit(1)
    document = json.loads(done.stdout)
    document["link"] = {link["id"]: link for link in document["links"]}
    document["asset"] = {asset["id"]: asset for asset in document["assets"]}
    return document


def matpower(path, name):
    target = f"{here}/{name}.xml"
    done = run("import", "matpower", path, "-o", target)
    if done.returncode != 0:
        fail(f"import {path}: {done.stderr[:300]}")
        sys.exit(1)
    return target


# -- A second solver: dense elimination with pivoting, islands by walking ---------------------------

def solve(matrix, right):
    size = len(right)
    rows = [matrix[i][:] + [right[i]] for i in range(size)]
    for i in range(size):
        best = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for k in range(i + 1, size):
            factor = rows[k][i] / rows[i][i]
            if factor:
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i])]
    out = [0.0] * size
    for i in reversed(range(size)):
        out[i] = (rows[i][size] - sum(rows[i][k] * out[k] for k in range(i + 1, size))) / rows[i][i]
    return out


def second_opinion(case):
    """Angles by bus (None where dark) and flows by branch of {base, bus, gen, branch}."""
    radians = 3.141592653589793 / 180
    buses = {row[0]: row for row in case["bus"] if row[1] != 4}
    lines = [(i, r) for i, r in enumerate(case["branch"])
             if r[10] > 0 and r[0] in buses and r[1] in buses]
    injected = {bus: -(row[2] + row[4]) / case["base"] for bus, row in buses.items()}
    sources = set()
    for row in case["gen"]:
        if row[7] > 0 and row[0] in buses:
            injected[row[0]] += row[1] / case["base"]
            if row[1] >= 0:
                sources.add(row[0])
    angles, seen = {row[0]: None for row in case["bus"]}, set()
    for start in buses:
        if start in seen:
            continue
        island, at = [start], 0
        seen.add(start)
        while at < len(island):
            for _, row in lines:
                for a, b in ((row[0], row[1]), (row[1], row[0])):
                    if a == island[at] and b not in seen:
                        seen.add(b)
                        island.append(b)
            at += 1
        marked = [bus for bus in island if buses[bus][1] == 3]
        if not sources.intersection(island) or not marked:
            continue
        free = [bus for bus in island if bus != marked[0]]
        place = {bus: i for i, bus in enumerate(free)}
        matrix = [[0.0] * len(free) for _ in free]
        right = [injected[bus] for bus in free]
        given = {marked[0]: buses[marked[0]][8] * radians}
        for _, row in lines:
            if row[0] not in island:
                continue
            b = 1 / (row[3] * (row[8] or 1))
            for one, other, sign in ((row[0], row[1], 1), (row[1], row[0], -1)):
                if one in place:
                    i = place[one]
                    matrix[i][i] += b
                    right[i] += sign * b * row[9] * radians
                    if other in place:
                        matrix[i][place[other]] -= b
                    else:
                        right[i] += b * given[other]
        for bus, angle in zip(free, solve(matrix, right)):
            given[bus] = angle
        angles.update({bus: angle / radians for bus, angle in given.items()})
    flows = [0.0] * len(case["branch"])
    for i, row in lines:
        if angles[row[0]] is not None:
            spread = (angles[row[0]] - angles[row[1]] - row[9]) * radians
            flows[i] = case["base"] * spread / (row[3] * (row[8] or 1))
    return angles, flows


def write_case(case, path, more=""):
    with open(path, "w") as out:
        out.write(f"function mpc = own\nmpc.version = '2';\nmpc.baseMVA = {case['base']};\n")
        for name in ("bus", "gen", "branch"):
            out.write(f"mpc.{name} = [\n")
            for row in case[name]:
                out.write("\t".join(repr(cell) for cell in row) + ";\n")
            out.write("];\n")
        out.write(more)


def bus(number, kind, load, shunt=0, angle=0):
    return [number, kind, load, 0, shunt, 0, 1, 1, angle, 110, 1, 1.1, 0.9]


def unit(at, output, most, status=1):
    return [at, output, 0, 0, 0, 1, 100, status, most, 0]


def branch(one, other, x, ratio=0, shift=0, status=1, rate=0):
    return [one, other, 0.01, x, 0, rate, 0, 0, ratio, shift, status, -360, 360]


def check_case(case, name, more=""):
    path = f"{here}/{name}.m"
    write_case(case, path, more)
    got = flow(matpower(path, name), "--rule", "none")
    angles, flows = second_opinion(case)
    for number, angle in angles.items():
        shown = got["asset"][f"bus-{number}"]["angle_deg"]
        if angle is None:
            if shown is not None:
                fail(f"{name}: bus {number} is dark, not at {shown}")
        else:
            near(shown, angle, 1e-6, f"{name}: angle of bus {number}")
    for i, carried in enumerate(flows):
        near(got["link"][f"line-{i + 1}"]["flow_mw"], carried, 1e-6, f"{name}: line {i + 1}")
    return got


# -- Own grids ------------------------------------------------------------------------------------

def grid_of_oddities():
    """Numbers with gaps, a given angle, parallel and out-of-service branches, several units at a
    bus, negative load and reactance, shunts either way, taps, shifts, an isolated bus, a second
    island with its own reference, and a third without any source."""
    return {"base": 50, "bus": [
        bus(9001, 3, 12.5, 0, 17.25), bus(12, 1, 40.25, 3.5), bus(7, 2, 0), bus(300, 1, -8.75),
        bus(41, 1, 22.125, -1.5), bus(5, 4, 9), bus(88, 3, 5, 0, -4), bus(89, 1, 11.5),
        bus(60, 1, 3), bus(61, 1, 4)],
        "gen": [unit(9001, 10, 90), unit(9001, 15, 40), unit(7, 30, 60), unit(7, 22, 60, 0),
                unit(12, -6.5, 0), unit(5, 20, 50), unit(88, 3, 30), unit(41, 0, 25)],
        "branch": [
            branch(9001, 12, 0.1), branch(9001, 12, 0.2), branch(12, 7, 0.05, 0.978),
            branch(7, 300, -0.03), branch(300, 41, 0.08, 1.02, 3.5), branch(41, 9001, 0.15),
            branch(12, 41, 0.12, 0, -2.25), branch(12, 300, 0.3, 0, 0, 0), branch(5, 7, 0.1),
            branch(88, 89, 0.04), branch(88, 89, 0.06, 1.05, 1), branch(41, 88, 0.1, 0, 0, 0),
            branch(60, 61, 0.2), branch(7, 41, 0.25)]}


def random_grid(chance):
    count = chance.randint(5, 60)
    numbers = chance.sample(range(1, 9999), count)
    amount = lambda most: round(chance.uniform(0, most), chance.randint(0, 4))
    # loads may be negative, shunts are mostly nothing; the first bus is the reference
    buses = [bus(n, 3 if i == 0 else 1,
                 (-1 if chance.random() < 0.1 else 1) * amount(60) if chance.random() < 0.7 else 0,
                 amount(9) if chance.random() < 0.1 else 0,
                 amount(40) if i == 0 else 0) for i, n in enumerate(numbers)]
    units = [unit(numbers[0], amount(200), 400)]
    for _ in range(count // 4):
        sign = -1 if chance.random() < 0.15 else 1
        units.append(unit(chance.choice(numbers), sign * amount(90), 100, int(chance.random() < 0.8)))
    branches = []
    for i in range(1, count):
        branches.append((numbers[i], numbers[chance.randrange(i)]))
    for _ in range(count // 2):
        one, other = chance.sample(numbers, 2)
        branches.append((one, other))
    rows = []
    for i, (one, other) in enumerate(branches):
        x = round(chance.uniform(0.01, 0.5), 5)
        # a chord now and then is a series capacitor, weaker than what it stands beside
        x = -4 * x if i >= count and chance.random() < 0.1 else x
        rows.append(branch(one, other, x, chance.choice([0, 0, 0, 0.95, 1.04]),
                           chance.choice([0, 0, 0, 0, 2.5, -7.125]),
                           int(i < count - 1 or chance.random() < 0.85)))
    return {"base": chance.choice([100, 100, 100, 50, 1000]), "bus": buses, "gen": units,
            "branch": rows}


def own_grids():
    oddities = grid_of_oddities()
    direct = "mpc.dcline = [\n7\t41\t1\t10\t9.9\t0\t0\t1\t1\t0\t20\t0\t0\t0\t0\t0\t0;\n];\n"
    got = check_case(oddities, "oddities", direct)
    if got["rule"] != "none" or got["islands"] != 3:
        fail(f"oddities: rule {got['rule']}, {got['islands']} islands")
    dark = [asset for asset in got["assets"] if asset.get("lit") is False]
    if sorted(asset["id"] for asset in dark) != ["bus-5", "bus-60", "bus-61"]:
        fail(f"oddities: dark are {dark}")
    for rule in ("S+T2", "H+T2", "H+T1", "none+T2"):
        done = flow(f"{here}/oddities.xml", "--rule", rule, "--out", "bus-7", "--out", "line-1,line-2")
        if done["rule"] != rule or done["out"] != ["bus-7", "line-1", "line-2"]:
            fail(f"oddities under {rule}: {done['rule']} {done['out']}")
    seed = int(os.environ.get("TOCSIN_TEST_SEED", "20261123"))
    chance = random.Random(seed)
    print(f"random grids: TOCSIN_TEST_SEED={seed}")
    for number in range(20):
        check_case(random_grid(chance), f"random-{number}")
    oddities["branch"][3][3] = 0
    write_case(oddities, f"{here}/short.m")
    done = run("import", "matpower", f"{here}/short.m", "-o", f"{here}/short.xml")
    if done.returncode != 1 or "short.m:" not in done.stderr or "reactance" not in done.stderr:
        fail(f"a branch without reactance: exit {done.returncode}: {done.stderr}")


def grid_xml(name, rows):
    """A grid of "bus N", "gen BUS P MIN MAX STATUS", "load BUS P STATUS" and "branch" lines."""
    out = [f'<topology xmlns="urn:tocsin:topology:1" name="{name}">',
           '<operator id="g" name="Grid" sector="power"/>']
    load = {}
    for row in rows:
        if row[0] == "load":
            load[row[1]] = load.get(row[1], 0) + float(row[2]) * float(row[3])
    units = lines = 0
    for row in (row for kind in ("bus", "gen", "branch") for row in rows if row[0] == kind):
        if row[0] == "bus":
            asked = f'<provides service="power" capacity="{load[row[1]]!r}" unit="MW"/>' \
                if load.get(row[1]) else ""
            out.append(f'<asset id="bus-{row[1]}" kind="bus" operator="g">{asked}</asset>')
        elif row[0] == "gen":
            units += 1
            out.append(f'<asset id="unit-{units}" kind="generator" operator="g"><generates '
                       f'output="{row[2]}MW" most="{row[4]}MW" into="bus-{row[1]}"/></asset>')
        else:
            lines += 1
            out.append(f'<link id="line-{lines}" from="bus-{row[1]}" to="bus-{row[2]}" kind="line" '
                       f'reactance="{row[3]}" rating="{row[6]}MW"/>')
    path = f"{here}/{name}.xml"
    with open(path, "w") as file:
        file.write("\n".join(out + ["</topology>\n"]))
    return path


# -- Against others -------------------------------------------------------------------------------

def plain_rows(name):
    with open(f"{expected}/{name}") as file:
        return [line.split() for line in file if line.strip()]


def load_flows():
    six = [row[:] for row in plain_rows("dcsimsep_case6_input.txt")]
    for row in six:
        if row[0] == "gen" and row[1] == "1":
            row[2] = "0"  # MATPOWER leaves the first unit to the flow
    files = {"case6ww": grid_xml("case6ww", six)}
    for name in ("case5", "case9", "case14", "case39", "case118"):
        files[name] = matpower(f"{power}/{name}.m", name)
    for name, file in files.items():
        got, section, line = flow(file, "--rule", "none"), "", 0
        for row in plain_rows(f"dcpf_{name}.txt"):
            if len(row) == 1:
                section = row[0]
            elif section == "BUS":
                near(got["asset"][f"bus-{row[0]}"]["angle_deg"], float(row[1]), 1e-6,
                     f"{name}: angle of bus {row[0]}")
            elif section == "BRANCH":
                line += 1
                near(got["link"][f"line-{line}"]["flow_mw"], float(row[2]), 1e-6,
                     f"{name}: line {line}")
        if flow(file)["digest"] != got["digest"]:
            fail(f"{name}: at rest the rule is none, where it is not said")
    return files


def phase_shifter(files):
    text = open(files["case14"]).read()
    text, count = re.subn(r'(<link id="line-10" [^>]*?)/>', r'\1 shift="5"/>', text)
    path = f"{here}/shifted.xml"
    with open(path, "w") as out:
        out.write(text)
    got = flow(path, "--rule", "none")
    angles = [0, -5.035386, -13.043366, -10.730673, -9.005783, -18.209140, -14.908965, -14.908965,
              -17.156448, -17.772713, -18.183063, -19.174371, -19.229976, -19.362074]
    for i, angle in enumerate(angles):
        near(got["asset"][f"bus-{i + 1}"]["angle_deg"], angle, 1e-6, f"shifted: bus {i + 1}")
    for line, carried in ((1, 148.528081), (7, -71.491332), (10, 31.233649), (11, -0.228824),
                          (20, 0.662473)):
        near(got["link"][f"line-{line}"]["flow_mw"], carried, 1e-6, f"shifted: line {line}")


def single_outages(files):
    margin = ("--margin", "0.25", "--floor", "10MW")
    for name, file, more in (("case6ww.rateA", files["case6ww"], ()), ("case9.rateA", files["case9"], ()),
                             ("case14.alpha0.25.floor10", files["case14"], margin),
                             ("case39.rateA", files["case39"], ())):
        for line, rounds, trips, islands, lost in plain_rows(f"cascade_{name}.n1"):
            got = flow(file, "--rule", "H+T1", "--out", f"line-{line}", *more)
            counts = [got["rounds"], got["trips"], got["islands"]]
            if counts != [int(rounds), int(trips), int(islands)] or got["rule"] != "H+T1":
                fail(f"{name} line {line}: {counts}, expected {rounds} {trips} {islands}")
            if sum(link["tripped_at_us"] is not None for link in got["links"]) != int(trips):
                fail(f"{name} line {line}: trips are not told by line")
            near(got["load_lost_mw"], float(lost), 1e-3, f"{name} line {line}: MW lost")


def relay_cascades():
    """The outages come at the first second, as there."""
    grids = {"c6": grid_xml("relays6", plain_rows("dcsimsep_case6_input.txt")),
             "c30": grid_xml("relays30", plain_rows("dcsimsep_case30_input.txt"))}
    count = plain = 0
    for text in open(f"{expected}/dcsimsep_simple_rebalance.txt"):
        if "|" not in text:
            continue
        case, out, trips, lost = text.rstrip("\n").split("|")
        plain += not trips
        if not trips and plain % 7 != 0:
            continue  # all of them: tests/model/cascade_test.c
        wanted = {f"line-{line}": float(at) for at, line in re.findall(r"t=([\d.]+) br (\d+)", trips)}
        got = flow(grids["c30" if case.startswith("c30") else "c6"], "--rule", "S+T2", "--at", "1s",
                   "--until", "899s", "--out", ",".join(f"line-{line}" for line in out.split()))
        tripped = {link["id"]: link["tripped_at_us"] / 1e6 for link in got["links"]
                   if link["tripped_at_us"] is not None}
        if sorted(tripped) != sorted(wanted):
            fail(f"{text.strip()}: trips {tripped}")
        for line, at in wanted.items():
            near(tripped.get(line), at, 1e-5, f"{text.strip()}: time of {line}")
        near(got["load_lost_mw"], float(lost), 1e-3, f"{text.strip()}: MW lost")
        count += 1
    if count != 53 + (886 - 53) // 7:
        fail(f"{count} relay cases, of 53 with trips and 833 without")


TOWN = """<topology xmlns="urn:tocsin:topology:1" name="Town">
  <asset id="well" kind="well"><supplies service="water" rate="4" unit="L/s"/></asset>
  <asset id="tower" kind="tank">
    <tank service="water" volume="1000" unit="m3" height="10m" begins="5m" least="1m"/>
  </asset>
  <asset id="town" kind="city-district" people="900"><provides service="water" demand="10" unit="L/s"/></asset>
  <link id="main" from="well" to="tower" kind="pipe" one-way="yes" rating="60L/s"/>
  <link id="street" from="tower" to="town" kind="pipe"/>
</topology>"""


def pipes_and_tanks():
    """A tank balances what comes and goes: 6 L/s less for an hour, then 10 L/s less."""
    file = f"{here}/town.xml"
    with open(file, "w") as out:
        out.write(TOWN)
    for out, carried, lost in (((), 4, 0.216), (("--out", "main"), 0, 0.360)):
        got = flow(file, "--until", "1h", *out)
        near(got["link"]["main"]["flow"], carried, 1e-9, f"the main {out}")
        near(got["link"]["main"]["rest_flow"], 4, 1e-9, f"the main at rest {out}")
        near(got["link"]["street"]["flow"], 10, 1e-9, f"the street {out}")
        near(got["tanks"][0]["level_m"], 5 - lost / 10 * 100 / 10, 1.001e-3, f"the level {out}")
        near(got["tanks"][0]["volume_m3"], 500 - lost * 100, 1e-3, f"what the tank holds {out}")
        near(got["tanks"][0]["inflow_m3_per_h"], -3.6 * (10 - carried), 1e-9, f"its balance {out}")
    got = flow(file, "--out", "main", "--until", "1d")
    if [event["state"] for event in got["events"] if event["what"] == "tank"] != ["empty"]:
        fail(f"the tank does not run empty: {got['events']}")
    near(got["link"]["street"]["flow"], 0, 0, "a street behind an empty tank")
    shown = run("flow", file, "--out", "main", "--until", "1d").stdout
    for wanted in ("tower is empty", "4.000", "closed", "900"):
        if wanted not in shown:
            fail(f"no '{wanted}' in {shown}")


own_grids()
pipes_and_tanks()
if os.path.isdir(expected):
    cases = load_flows()
    phase_shifter(cases)
    single_outages(cases)
    relay_cascades()
else:
    print(f"skipped: the comparison with others; {data} is not here")
print(f"{checks} numbers compared, {failures} failures")
sys.exit(failures > 0)
