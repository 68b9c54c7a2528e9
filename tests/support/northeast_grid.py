#!/usr/bin/env python3
"""Makes the grid of scenarios/northeast-cascade and prints its topology.

Places, loads and plants are made by rule from a fixed sequence of numbers; nothing is drawn from a
real grid. The ratings are fitted: HISTORY below says what is out when, and the rating of every line
that is to trip in it is set so that a relay of rule T2 (heat above the rating, forgotten below,
trips at half the rating for fifteen seconds) opens it at that time under rule H. All other lines get
a margin above the most they carry in it. So the drill's cascade is the engine's own, and it stops
where players change what flows.

    python3 tests/support/northeast_grid.py >scenarios/northeast-cascade/topology.xml
"""
import math
import sys

MW_PER_PERSON = 61800 / 50e6  # the public figures together


class Numbers:
    """A fixed sequence of numbers in 0..1."""

    def __init__(self, start):
        self.state = start

    def next(self):
        self.state = (self.state * 1103515245 + 12345) % (1 << 31)
        return (self.state >> 8) / (1 << 23)


def minutes(text):
    h, m, s = (int(x) for x in text.split(":"))
    return (h - 13) * 3600 + (m - 30) * 60 + s


# -- Regions: operator, columns, rows, corner, step, total load, total scheduled output ---------------
REGIONS = [
    ("valley", 6, 3, (90, 40), (72, 46), 16000, 20900),
    ("westmark", 3, 5, (60, 250), (56, 48), 9500, 8700),
    ("norland", 7, 3, (250, 440), (56, 44), 22000, 21800),
    ("eastmere", 5, 5, (640, 250), (52, 52), 22500, 21600),
    ("harbor", 5, 3, (560, 90), (66, 46), 8000, 8800),
]
NAMES = {
    "valley": "Ashby Bellmont Corran Dunmoor Elkridge Fallow Garnet Holloway Ironton-Mill Jasper "
              "Kestrel Limefield Marrow Nettle Oakhurst Pinefold Quarry Samson",
    "westmark": "Alder Birchwood Cedarville Dexmoor Elmira-West Fernhill Gorse Hazelton Ivybridge "
                "Juniper-West Larchmont Mulberry Nutfield Osier Poplar",
    "norland": "Aurelle Borealis Caribou Deer-Lake Eskimere Frostburg Granite Hudsonville Icefield "
               "Jackpine Kettle-Point Loonwater Moraine Northgate Otterfall Pickerel Quill Rapids "
               "Spruce Timberline Umber",
    "eastmere": "Amberley Brookside Canal-Street Dunkeld Eastgate Finch Gramercy Highbank Island-Park "
                "Jerome Kingsbury Lawrence Millrace Norwood Orchard Parkway Queensport Riverhead "
                "Stonewall Tarry Ulster-Bay Verner Westgate Yardley Zenger",
    "harbor": "Anchor Bridgeport-South Cape Dockside Estuary Ferry Gull Harborgate Inlet Jetty Keel "
              "Lantern Mast Narrows Oyster",
}

# Lakeland by hand: it is where the drill is played. 345 kV ring and the 138 kV net of Akerley.
LAKELAND_345 = {
    "Starling": (455, 205), "Canfield": (410, 190), "Hannaford": (425, 232), "Junction": (395, 268),
    "Chambers": (372, 240), "Hardy": (362, 282), "Eastpoint": (412, 292), "Perrin": (455, 300),
    "Inland": (378, 294), "Avondale": (322, 284), "Bayview": (262, 268), "Ottery": (318, 216),
}
# Blocks of feeders that can be switched off from the control room: so many MW each.
BLOCKS = [("hardy", 2), ("inland", 2), ("junction", 2)]
BLOCK_MW = 250
LAKELAND_LOAD = {"Starling": 300, "Canfield": 420, "Hannaford": 380, "Junction": 400, "Chambers": 620,
                 "Hardy": 650, "Eastpoint": 420, "Perrin": 360, "Inland": 550, "Avondale": 760,
                 "Bayview": 640, "Ottery": 360}
LAKELAND_345_LINES = [
    ("Starling", "Canfield"), ("Starling", "Hannaford"), ("Hannaford", "Junction"),
    ("Canfield", "Chambers"), ("Chambers", "Hardy"), ("Junction", "Inland"), ("Hardy", "Inland"),
    ("Inland", "Eastpoint"), ("Eastpoint", "Perrin"), ("Junction", "Perrin"), ("Hardy", "Avondale"),
    ("Avondale", "Bayview"), ("Bayview", "Ottery"), ("Junction", "Eastpoint"),
]
AKERLEY = ("Dale Cloverly Babb West-Akerley Pleasant-Mill Urban Barber Firestone Evans Torrey "
           "Moore Gilchrist South-Akerley Brush Valeside Darrow Hudsonford Arlington").split()
TIES = [
    ("samson", "starling"), ("oakhurst", "canfield"), ("marrow", "ottery"), 
    ("garnet", "gorse"), ("bayview", "alder"), ("bayview", "cedarville"),
    ("mulberry", "aurelle"), ("nutfield", "aurelle"), ("poplar", "hudsonville"),
    ("perrin", "dunkeld"), ("timberline", "queensport"), ("umber", "queensport"),
    ("umber", "riverhead"), ("garnet", "alder"),
    ("samson", "ferry"), ("pinefold", "anchor"), ("quarry", "anchor"),
    ("keel", "amberley"), ("lantern", "brookside"), ("mast", "canal-street"), ("oyster", "dunkeld"),
    ("narrows", "dunkeld"),
]
# Reactance per km on 100 MVA: usual values of overhead lines at these voltages.
X345, X138 = 0.00031, 0.0022


class Bus:
    def __init__(self, bus, name, operator, x, y, load, kv):
        self.id, self.name, self.operator, self.x, self.y = bus, name, operator, x, y
        self.load, self.kv = load, kv


class Line:
    def __init__(self, a, b, x):
        self.a, self.b, self.x, self.rating = a, b, x, None
        self.id = f"{a}-{b}"


class Plant:
    def __init__(self, plant, name, bus, output, kind, start, black):
        self.id, self.name, self.bus, self.output, self.kind = plant, name, bus, output, kind
        self.start, self.black = start, black
        self.most = round(output * 1.035)


def gabriel(buses):
    found = []
    for i, a in enumerate(buses):
        for b in buses[i + 1:]:
            mx, my, r = (a.x + b.x) / 2, (a.y + b.y) / 2, ((a.x - b.x) ** 2 + (a.y - b.y) ** 2) / 4
            if not any(c is not a and c is not b and (c.x - mx) ** 2 + (c.y - my) ** 2 < r for c in buses):
                found.append((a, b))
    return found


def length(a, b):
    return math.hypot(a.x - b.x, a.y - b.y)


def make():
    numbers = Numbers(20030814)
    buses, lines, plants = [], [], []

    def add_bus(name, operator, x, y, load, kv):
        bus = Bus(name.lower(), name.replace("-", " "), operator, round(x, 1), round(y, 1), load, kv)
        buses.append(bus)
        return bus

    def add_line(a, b, per_km):
        lines.append(Line(a.id, b.id, max(0.0002, round(per_km * length(a, b), 5))))

    for name, (x, y) in LAKELAND_345.items():
        add_bus(name, "lakeland", x, y, LAKELAND_LOAD[name], 345)
    by_id = {b.id: b for b in buses}
    for a, b in LAKELAND_345_LINES:
        add_line(by_id[a.lower()], by_id[b.lower()], X345)
    for high, count in BLOCKS:
        for k in range(count):
            at = by_id[high]
            block = Bus(f"{high}-block-{k + 1}", f"{at.name} feeders {k + 1}", "lakeland", at.x - 5 + 10 * k, at.y + 7,
                        BLOCK_MW, 33)
            buses.append(block)
            lines.append(Line(high, block.id, 0.01))
    akerley = []
    for k, name in enumerate(AKERLEY):
        x = 380 + 13 * (k % 4) + 4 * numbers.next()
        y = 200 + 13 * (k // 4) + 4 * numbers.next()
        akerley.append(add_bus(name, "lakeland", x, y, 70 + round(40 * numbers.next()), 138))
    for a, b in gabriel(akerley):
        add_line(a, b, X138)
    for high in ("canfield", "hannaford", "chambers", "junction", "starling"):
        near = sorted(akerley, key=lambda b: (length(b, by_id[high]), b.id))[:2]
        for b in near:
            add_line(by_id[high], b, X138 * 0.6)
    for operator, columns, rows, corner, step, load, _ in REGIONS:
        names = NAMES[operator].split()
        members = []
        for k in range(columns * rows):
            x = corner[0] + step[0] * (k % columns) + 0.35 * step[0] * (numbers.next() - 0.5)
            y = corner[1] + step[1] * (k // columns) + 0.35 * step[1] * (numbers.next() - 0.5)
            members.append(add_bus(names[k], operator, x, y, 0.6 + 0.8 * numbers.next(), 345))
        whole = sum(b.load for b in members)
        for b in members:
            b.load = round(b.load * load / whole)
        for a, b in gabriel(members):
            add_line(a, b, X345)
    by_id = {b.id: b for b in buses}
    for a, b in TIES:
        add_line(by_id[a], by_id[b], X345)
    make_plants(buses, plants, numbers)
    return buses, lines, plants


KINDS = [("coal", "6h", False), ("nuclear", "30h", False), ("gas", "90min", False), ("hydro", "8min", True)]


def make_plants(buses, plants, numbers):
    def add(bus, output, kind):
        word, start, black = KINDS[kind]
        count = sum(p.bus == bus.id for p in plants)
        plants.append(Plant(f"{bus.id}-{word}" + (f"-{count + 1}" if count else ""),
                            f"{bus.name} {word} station", bus.id, output, word, start, black))
    by_id = {b.id: b for b in buses}
    for bus, output, kind in (("eastpoint", 640, 0), ("perrin", 900, 1), ("avondale", 420, 0),
                              ("bayview", 780, 1), ("starling", 600, 0), ("inland", 120, 2),
                              ("ottery", 120, 3)):
        add(by_id[bus], output, kind)
    plants.append(Plant("eastpoint-5", "Eastpoint unit 5", "eastpoint", 597, "coal", "6h", False))
    for operator, _, _, _, _, _, output in REGIONS:
        members = [b for b in buses if b.operator == operator]
        chosen = members[::2] + members[1::4]
        shares = [0.5 + numbers.next() for _ in chosen]
        for k, bus in enumerate(chosen):
            add(bus, round(output * shares[k] / sum(shares)), (k * 5 + len(members)) % 4)


# -- Load flow under rule H, and the relays' heat -----------------------------------------------------
class Grid:
    def __init__(self, buses, lines, plants):
        self.buses, self.lines, self.plants = buses, lines, plants
        self.index = {b.id: i for i, b in enumerate(buses)}
        self.open, self.off = set(), set()

    def islands(self):
        near = [[] for _ in self.buses]
        for line in self.lines:
            if line.id not in self.open:
                a, b = self.index[line.a], self.index[line.b]
                near[a].append(b)
                near[b].append(a)
        seen, found = set(), []
        for i in range(len(self.buses)):
            if i in seen:
                continue
            stack, members = [i], []
            seen.add(i)
            while stack:
                k = stack.pop()
                members.append(k)
                for n in near[k]:
                    if n not in seen:
                        seen.add(n)
                        stack.append(n)
            found.append(sorted(members))
        return found

    def balance(self, members):
        """Injection by bus under rule H, and the load that is served."""
        inside = {self.buses[i].id for i in members}
        units = [p for p in self.plants if p.bus in inside and p.id not in self.off]
        load = sum(self.buses[i].load for i in members)
        output, room = sum(p.output for p in units), sum(p.most - p.output for p in units)
        if not units:
            return None, 0
        served, up, down = load, 0.0, 1.0
        if output > load:
            down = load / output
        else:
            up = min(1.0, (load - output) / room) if room else 0.0
            served = min(load, output + room)
        injection = {i: -self.buses[i].load * served / load for i in members} if load else {}
        for p in units:
            i = self.index[p.bus]
            injection[i] = injection.get(i, 0) + p.output * down + up * (p.most - p.output)
        return injection, served

    def flows(self):
        angle, served = [0.0] * len(self.buses), 0
        for members in self.islands():
            injection, here = self.balance(members)
            served += here
            if injection is None or len(members) == 1:
                continue
            for i, value in solve(self, members, injection).items():
                angle[i] = value
        flow = {}
        for line in self.lines:
            if line.id not in self.open:
                flow[line.id] = (angle[self.index[line.a]] - angle[self.index[line.b]]) / line.x
        return flow, served


def solve(grid, members, injection):
    """Angles by elimination, least neighbours first; the first bus is the reference."""
    inside = set(members)
    rows = {i: {i: 0.0} for i in members}
    for line in grid.lines:
        a, b = grid.index[line.a], grid.index[line.b]
        if line.id in grid.open or a not in inside:
            continue
        y = 1 / line.x
        rows[a][a] += y
        rows[b][b] += y
        rows[a][b] = rows[a].get(b, 0) - y
        rows[b][a] = rows[b].get(a, 0) - y
    right = {i: injection.get(i, 0.0) for i in members}
    reference = members[0]
    for i in rows.pop(reference):
        if i != reference:
            del rows[i][reference]
    order, left = [], set(rows)
    while left:
        i = min(left, key=lambda k: (len(rows[k]), k))
        left.discard(i)
        order.append(i)
        row = rows[i]
        for j in row:
            if j == i or j not in left:
                continue
            factor = rows[j][i] / row[i]
            for k, value in row.items():
                if k in left:
                    rows[j][k] = rows[j].get(k, 0.0) - factor * value
            right[j] -= factor * right[i]
            del rows[j][i]
    angle = {reference: 0.0}
    for i in reversed(order):
        total = right[i] - sum(v * angle[k] for k, v in rows[i].items() if k != i)
        angle[i] = total / rows[i][i]
    return angle



# -- What happened when -------------------------------------------------------------------------------
def joins(*pairs):
    wanted = {frozenset(pair) for pair in pairs}

    def holds(grid, line):
        return frozenset((grid.operator[line.a], grid.operator[line.b])) in wanted
    return holds


def named(*ids):
    return lambda grid, line: line.id in ids


# Local time; what goes: a unit, a line into a tree, a line opened by a relay that takes heavy load for
# a fault, or the relay of one of the lines that pass the test, whichever gained most. The two lines
# that sag into trees after the first have what they carry above their trees as their rating.
HISTORY = [
    ("13:31:34", "unit", "eastpoint-5"),
    ("15:05:41", "tree", "chambers-hardy"),
    ("15:32:03", "relay", named("hannaford-junction")),
    ("15:41:33", "relay", named("starling-canfield")),
    ("15:42:23", "relay", named("moore-darrow")),
    ("15:48:30", "relay", named("babb-west-akerley")),
    ("15:52:49", "relay", named("urban-barber")),
    ("15:53:46", "relay", named("barber-moore")),
    ("15:54:18", "relay", named("babb-barber")),
    ("15:57:07", "relay", named("moore-gilchrist")),
    ("15:57:50", "relay", named("valeside-darrow")),
    ("15:58:50", "relay", named("dale-cloverly")),
    ("15:59:23", "relay", named("cloverly-urban")),
    ("16:00:30", "relay", named("babb-urban")),
    ("16:01:05", "relay", named("evans-torrey")),
    ("16:01:53", "relay", named("pleasant-mill-evans")),
    ("16:02:52", "relay", named("south-akerley-arlington")),
    ("16:04:22", "relay", named("south-akerley-brush")),
    ("16:04:56", "relay", named("brush-arlington")),
    ("16:05:20", "relay", named("valeside-arlington")),
    ("16:05:57", "open", "samson-starling"),
    ("16:07:20", "relay", named("oakhurst-canfield")),
    ("16:08:59", "relay", named("marrow-ottery")),
    ("16:09:08", "relay", joins(("valley", "westmark"))),
    ("16:09:30", "relay", joins(("valley", "westmark"))),
    ("16:10:04", "relay", joins(("harbor", "eastmere"))),
    ("16:10:18", "relay", joins(("harbor", "eastmere"))),
    ("16:10:28", "relay", joins(("harbor", "eastmere"))),
    ("16:10:34", "relay", joins(("harbor", "eastmere"))),
    ("16:10:38", "relay", joins(("harbor", "eastmere"))),
]

HEAT = 7.5  # seconds at the rating: rule T2


def trips_at(history, rating, end):
    """Whether the heat of these (from, loading) comes to the limit by the end, and whether before its
    last stretch."""
    heat = 0.0
    for k, (begin, loading) in enumerate(history):
        is_last = k + 1 == len(history)
        heat = max(0.0, heat + (loading - rating) * ((end if is_last else history[k + 1][0]) - begin))
        if heat >= HEAT * rating:
            return True, not is_last
    return False, False


def fit(history, end):
    low, high = 0.0, max(loading for _, loading in history)
    for _ in range(60):
        middle = (low + high) / 2
        if trips_at(history, middle, end)[0]:
            low = middle
        else:
            high = middle
    return None if trips_at(history, low, end)[1] else low


def calibrate(buses, lines, plants, tell=lambda *_: None):
    grid = Grid(buses, lines, plants)
    grid.kv = {b.id: b.kv for b in buses}
    grid.operator = {b.id: b.operator for b in buses}
    loading = {line.id: [] for line in lines}
    chosen = []

    def reckon(now):
        flow, served = grid.flows()
        for line in lines:
            loading[line.id].append((now, abs(flow.get(line.id, 0.0))))
        return flow, served

    flow, served = reckon(0)
    for time, what, which in HISTORY:
        now = minutes(time)
        if what == "unit":
            grid.off.add(which)
        elif what in ("tree", "open"):
            tell(time, which, round(abs(flow[which])), what, round(served))
            grid.open.add(which)
        else:
            best, gain = None, 0
            for line in lines:
                if line.id in grid.open or not which(grid, line):
                    continue
                past = [x for _, x in loading[line.id]]
                most = max(past[:-1])
                rating = fit(loading[line.id], now)
                if rating is not None and past[-1] > rating and past[-1] - most > gain:
                    best, gain = line, past[-1] - most
            if best is None:
                sys.exit(f"{time}: no line gained enough")
            best.rating = round(fit(loading[best.id], now), 2)
            tell(time, best.id, round(past_of(loading, best)), f"rating {best.rating}", f"gain {gain:.3f}",
                 round(served))
            grid.open.add(best.id)
            chosen.append((time, best.id))
        flow, served = reckon(now)
    for line in lines:
        if line.rating is None:
            most = max(x for _, x in loading[line.id])
            floor = 160 if 138 in (grid.kv[line.a], grid.kv[line.b]) else 800
            line.rating = max(floor, math.ceil(most * 1.25 / 10) * 10)
    return grid, chosen


def past_of(loading, line):
    return loading[line.id][-1][1]


# -- Writing it down ----------------------------------------------------------------------------------
COMPANIES = {
    "lakeland": "Lakeland Transmission", "valley": "Valley Grid", "westmark": "Westmark Energy",
    "norland": "Norland Power", "eastmere": "Eastmere System Operator", "harbor": "Harbor Interconnection",
}
# Districts of the water utility: name, bus whose pumps fill it, people, hours in its tanks.
DISTRICTS = [
    ("hilltop", "hardy", 150000, "15min"), ("heights", "inland", 230000, "40min"),
    ("old-town", "inland", 340000, "3h"), ("west-shore", "avondale", 300000, "4h30min"),
    ("east-shore", "eastpoint", 270000, "5h30min"), ("south-side", "junction", 210000, "7h"),
]
CELLS = [("inland", 3), ("junction", 2), ("west-akerley", 2), ("hardy", 2)]


def out(text):
    print(text)


def write_head():
    out('<?xml version="1.0" encoding="UTF-8"?>')
    out("<!-- A grid round a lake, all fictional; positions in kilometres. Made by tests/support/northeast_grid.py;")
    out("     how is said there and in notes.md. -->")
    out('<topology xmlns="urn:tocsin:topology:1" name="The Lakes">')
    for operator, name in COMPANIES.items():
        out(f'  <operator id="{operator}" name="{name}" sector="power" cii="yes"/>')
    out('  <operator id="midlake" name="Midlake Reliability Coordinator" sector="power" cii="yes"/>')
    out('  <operator id="lakewater" name="Lakeshore Water" sector="water" cii="yes"/>')
    out('  <operator id="lakecom" name="Lakecom Mobile" sector="telecom" cii="yes"/>')
    out('  <operator id="lakecare" name="Lakecare Hospitals" sector="health" cii="yes"/>')
    out('  <operator id="authority" name="Emergency Management Authority" sector="government"/>')
    out('  <zone id="lakeland-control" name="Control centre" operator="lakeland" level="3" target="SL2"/>')
    out('  <zone id="lakeland-office" name="Office network" operator="lakeland" level="4" target="SL1"/>')
    out('  <zone id="midlake-control" name="Coordination room" operator="midlake" level="3" target="SL2"/>')
    out('  <conduit from="lakeland-control" to="midlake-control"><allow service="iccp" to="midlake-estimator"/></conduit>')


def write_control():
    out("")
    out("  <!-- Lakeland's control room: when the alarm processor stops, nothing is seen or switched from afar,")
    out("       and it is the alarm processor that would have said so -->")
    out('  <asset id="lakeland-control-room" kind="control-room" name="Control room" operator="lakeland" zone="lakeland-control" x="352" y="254"/>')
    out('  <asset id="lakeland-alarms" kind="control-server" name="Alarm and event processor" operator="lakeland" zone="lakeland-control" x="345" y="250" start="4min">')
    out('    <needs all="lakeland-control-room"/>')
    out('    <needs service="control" from="lakeland-watchdog"/>')
    out('    <work job="switch" median="25min" spread="0.2"/>')
    out("  </asset>")
    out('  <asset id="lakeland-watchdog" kind="application-server" name="Watchdog of the alarm processor" operator="lakeland" zone="lakeland-control" x="340" y="256">')
    out('    <needs all="lakeland-alarms"/>')
    out('    <needs service="control" from="lakeland-alarms"/>')
    out("  </asset>")
    for k in (1, 2, 3):
        out(f'  <asset id="lakeland-desk-{k}" kind="hmi" name="Dispatcher\'s desk {k}" operator="lakeland" zone="lakeland-control" x="{336 + 6 * k}" y="243">')
        out('    <needs all="lakeland-control-room"/>')
        out("  </asset>")
    out('  <asset id="midlake-estimator" kind="application-server" name="State estimator" operator="midlake" zone="midlake-control" x="300" y="236"/>')


def write_bus(bus):
    people = round(bus.load / MW_PER_PERSON)
    zone = ' zone="lakeland-control"' if bus.operator == "lakeland" else ""
    kind = "feeder" if bus.kv == 33 else "substation"
    out(f'  <asset id="{bus.id}" kind="{kind}" name="{bus.name}" operator="{bus.operator}"{zone} '
        f'x="{bus.x}" y="{bus.y}" people="{people}">')
    out(f'    <provides service="power" capacity="{round(bus.load * 1.5)}" demand="{bus.load}" unit="MW"/>')
    if bus.operator == "lakeland":
        out('    <needs service="control" from="lakeland-alarms"/>')
    for source, count in CELLS:
        if source == bus.id:
            for k in range(count):
                out(f'    <buffer kind="battery" holds="{("6h", "4h", "8h")[k]}" feeds="cell-{bus.id}-{k + 1}"/>')
    if bus.id == "junction":
        out('    <buffer kind="fuel" holds="36h" feeds="hospital-general"/>')
    if bus.id == "hardy":
        out('    <buffer kind="fuel" holds="9h" feeds="hospital-lakeside"/>')
    out("  </asset>")


def write_plant(plant, bus, place):
    x, y = round(bus.x + 4 + 3 * place, 1), round(bus.y + 5, 1)
    out(f'  <asset id="{plant.id}" kind="power-plant" name="{plant.name}" operator="{bus.operator}" '
        f'x="{x}" y="{y}" start="{plant.start}">')
    if not plant.black:
        out(f'    <needs all="{plant.bus}" for="start"/>')
    most = f' most="{plant.most}MW"' if plant.most != plant.output else ""
    out(f'    <generates output="{plant.output}MW"{most} into="{plant.bus}"/>')
    out("  </asset>")


def write_water(by_id):
    out("")
    out("  <!-- Lakeshore Water: pumps need power, districts live from their tanks for a while -->")
    out('  <asset id="lakewater-depot" kind="depot" name="Works depot" operator="lakewater" x="384" y="276"/>')
    for k, (name, source, people, holds) in enumerate(DISTRICTS):
        bus = by_id[source]
        x, y = round(bus.x - 6 + 2.5 * k, 1), round(bus.y + 8 + 1.5 * k, 1)
        litres = round(people * 450 / 86400 / 1000, 3)  # 450 litres a head and day, all uses
        out(f'  <asset id="pumps-{name}" kind="pumping-station" name="Pumping station {name.replace("-", " ")}" operator="lakewater" x="{x}" y="{y}" start="10min">')
        out(f'    <needs all="{source}"/>')
        out(f'    <buffer kind="tank" holds="{holds}" refill="{holds}" feeds="district-{name}"/>')
        out("  </asset>")
        out(f'  <asset id="district-{name}" kind="district-meter" name="District {name.replace("-", " ")}" operator="lakewater" x="{round(x + 3, 1)}" y="{round(y + 3, 1)}" people="{people}">')
        out(f'    <provides service="water" capacity="{litres}" unit="m3/s"/>')
        out(f'    <needs all="pumps-{name}"/>')
        out("  </asset>")


def write_others(by_id):
    out("")
    out("  <!-- Who lives from power with a battery or fuel in between -->")
    for source, count in CELLS:
        for k in range(count):
            bus = by_id[source]
            out(f'  <asset id="cell-{source}-{k + 1}" kind="cell-site" name="Cell sites {bus.name} {k + 1}" operator="lakecom" x="{round(bus.x - 5 + 4 * k, 1)}" y="{round(bus.y - 5, 1)}">')
            out('    <provides service="mobile" capacity="160" demand="120" unit="Gbit/s"/>')
            out(f'    <needs all="{source}"/>')
            out("  </asset>")
    for name, source in (("general", "junction"), ("lakeside", "hardy")):
        bus = by_id[source]
        out(f'  <asset id="hospital-{name}" kind="hospital" name="Hospital {name}" operator="lakecare" x="{round(bus.x + 6, 1)}" y="{round(bus.y - 6, 1)}" people="900">')
        out('    <provides service="beds" capacity="900" unit="beds"/>')
        out(f'    <needs all="{source}"/>')
        out(f'    <needs all="district-{"south-side" if name == "general" else "hilltop"}" else="manual" after="1h"/>')
        out("  </asset>")


def write_crews():
    out('  <asset id="lakeland-depot" kind="depot" name="Line depot Akerley" operator="lakeland" x="398" y="226"/>')
    out('  <asset id="lakeland-depot-north" kind="depot" name="Line depot north" operator="lakeland" x="384" y="286"/>')
    for operator, x, y in (("westmark", 110, 330), ("norland", 420, 470), ("eastmere", 730, 350),
                           ("valley", 280, 90), ("harbor", 700, 130)):
        out(f'  <asset id="{operator}-depot" kind="depot" name="Line depot" operator="{operator}" x="{x}" y="{y}"/>')


def write(buses, lines, plants):
    by_id = {b.id: b for b in buses}
    write_head()
    write_control()
    for operator, name in COMPANIES.items():
        out("")
        out(f"  <!-- {name} -->")
        for bus in buses:
            if bus.operator == operator:
                write_bus(bus)
        for bus in buses:
            here = [p for p in plants if p.bus == bus.id and bus.operator == operator]
            for place, plant in enumerate(here):
                write_plant(plant, bus, place)
    write_water(by_id)
    write_others(by_id)
    write_crews()
    out("")
    for line in lines:
        rating = f"{line.rating:g}"
        kind = "transformer" if line.b.startswith(f"{line.a}-block") else "line"
        out(f'  <link id="{line.id}" from="{line.a}" to="{line.b}" kind="{kind}" reactance="{line.x:g}" rating="{rating}MW"/>')
    out("")
    out('  <crew id="ems-staff" name="EMS support" operator="lakeland" skills="it switching" base="lakeland-control-room" size="2"/>')
    out('  <crew id="lakeland-lines" name="Line crews Akerley" operator="lakeland" skills="switching repair" base="lakeland-depot" size="6"/>')
    out('  <crew id="lakeland-lines-north" name="Line crews north" operator="lakeland" skills="switching repair" base="lakeland-depot-north" size="6"/>')
    for operator in ("westmark", "norland", "eastmere", "valley", "harbor"):
        out(f'  <crew id="{operator}-lines" name="Line crews" operator="{operator}" skills="switching repair" base="{operator}-depot" size="8"/>')
    out('  <crew id="lakewater-crew" name="Pump crews" operator="lakewater" skills="switching repair" base="lakewater-depot" size="4"/>')
    out("</topology>")


if __name__ == "__main__":
    world = make()
    grid, _ = calibrate(*world, tell=lambda *words: print(*words, file=sys.stderr))
    write(*world)
