#!/usr/bin/env python3
"""Makes the town of scenarios/river-city and prints its topology.

Everything is invented. Tables below say what there is; the rules say what follows from it: what a
site hangs on, how long its battery or its tank lasts, who looks after it. Positions are kilometres.

    python3 tests/support/river_city.py >scenarios/river-city/topology.xml
"""
import math
import sys
from xml.sax.saxutils import quoteattr

# -- Tables --------------------------------------------------------------------------------------------

OPERATORS = [
    ("gridco", "River City Grid", "power", True),
    ("waterco", "River City Waterworks", "water", True),
    ("telco", "Weirtel Mobile", "telecom", True),
    ("metro", "River City Metro", "rail", True),
    ("health", "River City Hospitals", "health", True),
    ("cloudco", "Cumulite Cloud", "digital", True),
    ("supplier", "Ostrin Controls", "supplier", False),
    ("authority", "Infrastructure Authority", "government", False),
    ("cert", "River Region CERT", "government", False),
    ("bank", "Quayside Savings", "finance", False),
]

# Substations: id, name, x, y, exchange that carries its telecontrol.
SUBSTATIONS = [
    ("ss-west", "West", 3.0, 8.0, "ex-west"),
    ("ss-orchard", "Orchard", 5.4, 12.4, "ex-west"),
    ("ss-uplands", "Uplands", 9.2, 14.6, "ex-north"),
    ("ss-north", "North", 13.6, 14.0, "ex-north"),
    ("ss-centre", "Centre", 12.0, 9.8, "ex-centre"),
    ("ss-quay", "Quay", 11.2, 6.5, "ex-centre"),
    ("ss-east", "East", 18.2, 10.6, "ex-east"),
    ("ss-foundry", "Foundry", 20.6, 7.4, "ex-east"),
    ("ss-airport", "Airport", 24.0, 4.6, "ex-south"),
    ("ss-south", "South", 15.2, 3.6, "ex-south"),
    ("ss-lock", "Lock Island", 10.6, 2.8, "ex-south"),
    ("ss-harbour", "Harbour", 6.8, 4.6, "ex-west"),
]

# Feeders: id, name, substation, offset x and y, MW at rest, people.
FEEDERS = [
    ("f-westbrook", "Westbrook", "ss-west", -1.7, 1.2, 22, 38000),
    ("f-westgate", "Westgate", "ss-west", 1.7, 1.2, 16, 29000),
    ("f-orchard", "Orchard Park", "ss-orchard", -1.6, 1.2, 18, 33000),
    ("f-spa", "Spa Road", "ss-orchard", -2.0, -0.9, 9, 6000),
    ("f-uplands", "Uplands", "ss-uplands", -1.6, 1.2, 15, 27000),
    ("f-millhill", "Mill Hill", "ss-uplands", -1.5, -1.4, 13, 24000),
    ("f-northgate", "Northgate", "ss-north", -1.8, 1.3, 20, 36000),
    ("f-norpark", "North Park", "ss-north", 2.0, 1.2, 14, 25000),
    ("f-oldtown", "Old Town", "ss-centre", -1.9, 1.2, 24, 40000),
    ("f-market", "Market", "ss-centre", 1.7, 1.5, 20, 31000),
    ("f-minster", "Minster", "ss-centre", 1.9, -1.1, 14, 21000),
    ("f-quayside", "Quayside", "ss-quay", -1.8, 0.9, 18, 26000),
    ("f-cityhall", "City Hall", "ss-quay", 1.7, -0.7, 12, 15000),
    ("f-eastbank", "Eastbank", "ss-east", -1.6, 1.4, 24, 45000),
    ("f-eastpark", "East Park", "ss-east", 1.9, 1.3, 18, 34000),
    ("f-clinic", "Clinic Road", "ss-east", -1.7, -1.3, 10, 12000),
    ("f-foundry", "Foundry works", "ss-foundry", 1.9, 0.9, 32, 8000),
    ("f-terraces", "Terraces", "ss-foundry", -1.8, -0.7, 12, 22000),
    ("f-airport", "Airfield", "ss-airport", -1.4, 1.4, 16, 5000),
    ("f-village", "Fenton village", "ss-airport", 1.3, -1.4, 9, 16000),
    ("f-southfields", "Southfields", "ss-south", 1.6, 1.3, 22, 41000),
    ("f-southgate", "Southgate", "ss-south", -1.7, 1.2, 14, 27000),
    ("f-lock", "Lock Island", "ss-lock", -1.2, -1.2, 12, 20000),
    ("f-harbour", "Container harbour", "ss-harbour", -2.0, 0.9, 26, 12000),
    ("f-docks", "Dockside", "ss-harbour", 1.3, -1.3, 14, 18000),
]

# 110 kV lines: id, from, to, rating in MW.
LINES = [
    ("west-orchard", "ss-west", "ss-orchard", 130),
    ("orchard-uplands", "ss-orchard", "ss-uplands", 110),
    ("uplands-north", "ss-uplands", "ss-north", 100),
    ("north-east", "ss-north", "ss-east", 100),
    ("east-foundry", "ss-east", "ss-foundry", 100),
    ("foundry-airport", "ss-foundry", "ss-airport", 75),
    ("airport-south", "ss-airport", "ss-south", 75),
    ("south-lock", "ss-south", "ss-lock", 90),
    ("lock-harbour", "ss-lock", "ss-harbour", 90),
    ("harbour-west", "ss-harbour", "ss-west", 85),
    ("west-centre", "ss-west", "ss-centre", 140),
    ("centre-north", "ss-centre", "ss-north", 90),
    ("centre-east", "ss-centre", "ss-east", 90),
    ("centre-quay", "ss-centre", "ss-quay", 90),
    ("quay-harbour", "ss-quay", "ss-harbour", 80),
]

# Units: id, name, kind, bus, x, y, output, most.
UNITS = [
    ("tie-west", "Transmission tie West", "power-plant", "ss-west", 0.6, 9.0, 215, 330),
    ("tie-airport", "Transmission tie Airport", "power-plant", "ss-airport", 25.8, 6.2, 45, 60),
    ("chp", "Southern heat and power plant", "power-plant", "ss-south", 17.2, 1.8, 80, 88),
    ("gt-2", "Harbour gas turbine 2", "generator", "ss-harbour", 5.2, 2.6, 60, 66),
    ("weir", "Weir hydro station", "generator", "ss-north", 15.4, 16.0, 24, 28),
]

# Cell sites: id, name, feeder, exchange, offset x and y, battery hours, people.
CELLS = [
    ("cell-westbrook", "Westbrook", "f-westbrook", "ex-west", -0.3, 1.1, 4, 34000),
    ("cell-westgate", "Westgate", "f-westgate", "ex-west", 0.5, 0.9, 3, 31000),
    ("cell-orchard", "Orchard Park", "f-orchard", "ex-west", -1.0, 0.5, 4, 30000),
    ("cell-uplands", "Uplands", "f-uplands", "ex-north", -0.9, 0.6, 4, 27000),
    ("cell-millhill", "Mill Hill", "f-millhill", "ex-north", -0.9, -0.4, 3, 24000),
    ("cell-northgate", "Northgate", "f-northgate", "ex-north", -0.3, 1.0, 3, 36000),
    ("cell-norpark", "North Park", "f-norpark", "ex-north", 1.0, -0.3, 4, 25000),
    ("cell-oldtown", "Old Town", "f-oldtown", "ex-centre", -1.0, 0.4, 2, 44000),
    ("cell-market", "Market", "f-market", "ex-centre", 0.9, 0.9, 2, 38000),
    ("cell-minster", "Minster", "f-minster", "ex-centre", 0.9, -0.5, 3, 24000),
    ("cell-quay", "Quayside", "f-quayside", "ex-centre", -1.0, 0.2, 3, 29000),
    ("cell-eastbank", "Eastbank", "f-eastbank", "ex-east", -0.9, 0.8, 3, 45000),
    ("cell-eastpark", "East Park", "f-eastpark", "ex-east", 0.6, 0.9, 2, 36000),
    ("cell-clinic", "Clinic Road", "f-clinic", "ex-east", -0.9, -0.6, 4, 14000),
    ("cell-terraces", "Terraces", "f-terraces", "ex-east", -0.9, -0.5, 3, 24000),
    ("cell-airport", "Airfield", "f-airport", "ex-south", -1.0, 0.5, 4, 12000),
    ("cell-southfields", "Southfields", "f-southfields", "ex-south", 1.0, 0.5, 3, 41000),
    ("cell-southgate", "Southgate", "f-southgate", "ex-south", -0.8, 0.7, 3, 27000),
    ("cell-lock", "Lock Island", "f-lock", "ex-south", -0.9, -0.5, 4, 20000),
    ("cell-docks", "Dockside", "f-docks", "ex-west", 0.8, -0.8, 3, 25000),
]

# Exchanges: id, name, feeder, offset.
EXCHANGES = [
    ("ex-west", "West exchange", "f-westgate", 1.0, -0.2),
    ("ex-north", "North exchange", "f-northgate", 1.0, 0.5),
    ("ex-centre", "Centre exchange", "f-oldtown", -0.5, -0.9),
    ("ex-east", "East exchange", "f-eastbank", 0.7, 0.8),
    ("ex-south", "South exchange", "f-southfields", 0.2, 1.0),
]

# Metro stations from west to east: id, name, x, y, traction substation, interlocking, people.
STATIONS = [
    ("st-westgate", "Westgate", 4.2, 7.4, "tr-west", "il-west", 5200),
    ("st-arches", "Arches", 6.4, 7.7, "tr-west", "il-west", 3900),
    ("st-theatre", "Theatre", 8.4, 8.2, "tr-west", "il-west", 4700),
    ("st-oldtown", "Old Town", 10.2, 8.7, "tr-centre", "il-centre", 8800),
    ("st-minster", "Minster", 12.9, 8.0, "tr-centre", "il-centre", 9600),
    ("st-bridge", "Bridge Street", 15.0, 8.5, "tr-centre", "il-centre", 6100),
    ("st-eastbank", "Eastbank", 17.2, 8.0, "tr-east", "il-east", 7300),
    ("st-foundry", "Foundry", 18.9, 7.2, "tr-east", "il-east", 3300),
    ("st-fenton", "Fenton", 21.4, 5.4, "tr-airport", "il-east", 2600),
    ("st-airport", "Airport", 23.3, 3.2, "tr-airport", "il-east", 4500),
]
TRACTION = [
    ("tr-west", "West", "f-westgate", 5.6, 8.7),
    ("tr-centre", "Centre", "f-minster", 14.2, 7.4),
    ("tr-east", "East", "f-clinic", 17.9, 8.9),
    ("tr-airport", "Airport", "f-airport", 22.4, 4.4),
]
INTERLOCKINGS = [
    ("il-west", "West", 7.4, 8.9),
    ("il-centre", "Centre", 11.4, 7.9),
    ("il-east", "East", 20.0, 6.0),
]

# Water districts: id, name, tank, x, y, demand in L/s, people.
DISTRICTS = [
    ("w-west", "Westbrook", "low-tank", 2.4, 10.4, 150, 67000),
    ("w-centre", "City", "low-tank", 9.4, 9.8, 230, 104000),
    ("w-harbour", "Harbour and islands", "low-tank", 8.4, 5.7, 120, 76000),
    ("w-south", "South", "low-tank", 13.2, 2.3, 190, 84000),
    ("w-uplands", "Uplands", "hill-tank", 11.0, 15.9, 110, 51000),
    ("w-north", "North", "hill-tank", 15.2, 13.2, 140, 61000),
    ("w-east", "East", "east-tank", 20.1, 12.9, 210, 91000),
    ("w-foundry", "Foundry and airport", "east-tank", 22.4, 9.4, 90, 51000),
]

# Zones: id, name, operator, level, target.
ZONES = [
    ("grid-maint", "Maintenance access", "gridco", 3, "SL2"),
    ("grid-ot", "Control centre", "gridco", 2, "SL3"),
    ("grid-field", "Substations", "gridco", 1, "SL2"),
    ("water-maint", "Maintenance access", "waterco", 3, "SL1"),
    ("water-ot", "Water control", "waterco", 2, "SL2"),
    ("water-field", "Plants and pumps", "waterco", 1, "SL2"),
    ("telco-maint", "Maintenance access", "telco", 3, "SL2"),
    ("telco-core", "Core network", "telco", 2, "SL3"),
    ("metro-maint", "Maintenance access", "metro", 3, "SL1"),
    ("metro-ot", "Train control", "metro", 2, "SL2"),
    ("metro-field", "Line side", "metro", 1, "SL2"),
    ("hosp-maint", "Maintenance access", "health", 3, "SL1"),
    ("hosp-it", "Clinical systems", "health", 3, "SL1"),
    ("cloud-edge", "Edge", "cloudco", 3, "SL2"),
    ("cloud-core", "Provider's core", "cloudco", 2, "SL3"),
    ("sup-build", "Build and release", "supplier", 4, "SL1"),
    ("sup-dmz", "Remote maintenance", "supplier", 4, "SL1"),
]

out = []


def put(line=""):
    out.append(line)


def asset(ident, kind, name, operator, x=None, y=None, zone=None, inside=(), **more):
    words = [f'id="{ident}"', f'kind="{kind}"', f"name={quoteattr(name)}", f'operator="{operator}"']
    if zone:
        words.append(f'zone="{zone}"')
    if x is not None:
        words.append(f'x="{round(x, 2):g}" y="{round(y * STRETCH, 2):g}"')
    words += [f'{key}="{value}"' for key, value in more.items()]
    if inside:
        put(f"  <asset {' '.join(words)}>")
        for line in inside:
            put(f"    <{line}/>")
        put("  </asset>")
    else:
        put(f"  <asset {' '.join(words)}/>")


STRETCH = 1.12  # a sheet is less wide than the town
PLACE = {}
BUFFERS = {}  # what a feeder holds for those who hang on it


def hold(feeder, kind, holds, feeds):
    BUFFERS.setdefault(feeder, []).append(f'buffer kind="{kind}" holds="{holds}" feeds="{feeds}"')


def near(feeder, dx, dy):
    return PLACE[feeder][0] + dx, PLACE[feeder][1] + dy


# -- What there is ---------------------------------------------------------------------------------------


def head():
    put('<?xml version="1.0" encoding="UTF-8"?>')
    put("<!-- A town of 620,000 people on a river, all fictional; positions in kilometres. Made by")
    put("     tests/support/river_city.py: change it there. -->")
    put('<topology xmlns="urn:tocsin:topology:1" name="River City">')
    for ident, name, sector, cii in OPERATORS:
        put(f'  <operator id="{ident}" name="{name}" sector="{sector}"' + (' cii="yes"/>' if cii else "/>"))
    put()
    for ident, name, operator, level, target in ZONES:
        put(f'  <zone id="{ident}" name="{name}" operator="{operator}" level="{level}" target="{target}"/>')


def conduit(ident, start, end, *rules):
    put(f'  <conduit id="{ident}" from="{start}" to="{end}">' + "".join(f"<allow {r}/>" for r in rules) + "</conduit>")


def network():
    put()
    put("  <!-- One supplier looks after control systems of five operators, each by a way of its own -->")
    conduit("release", "sup-build", "sup-dmz", 'service="rms"')
    for who in ("grid", "water", "telco", "metro", "hosp"):
        conduit(f"supplier-{who}", "sup-dmz", f"{who}-maint", f'service="rms" to="gw-{who}"')
    conduit("turbine-telemetry", "grid-maint", "sup-dmz", 'service="telemetry" from="gw-grid" to="sup-monitor"')
    conduit("grid-inner", "grid-maint", "grid-ot", 'service="eng" to="grid-scada"')
    conduit("grid-polling", "grid-ot", "grid-field", 'service="iec-104"')
    conduit("water-inner", "water-maint", "water-ot", 'service="eng" to="water-scada"')
    conduit("water-polling", "water-ot", "water-field", 'service="modbus"')
    conduit("telco-inner", "telco-maint", "telco-core", 'service="eng" to="telco-oss"')
    conduit("metro-inner", "metro-maint", "metro-ot", 'service="eng" to="metro-ats"')
    conduit("metro-polling", "metro-ot", "metro-field", 'service="rail"')
    conduit("hosp-inner", "hosp-maint", "hosp-it", 'service="eng" to="hosp-servers"')
    conduit("cloud-inner", "cloud-edge", "cloud-core", 'service="https"')


def supplier():
    put()
    put("  <!-- Ostrin Controls -->")
    asset("sup-update", "server", "Release server", "supplier", 25.2, 15.6, "sup-build")
    asset("sup-rms", "server", "Remote maintenance server", "supplier", 24.0, 14.9, "sup-dmz",
          ['listens service="rms"', 'weakness id="signed-update" technique="T0862" service="rms" ease="1"'])
    asset("sup-monitor", "server", "Turbine monitoring", "supplier", 22.9, 15.7, "sup-dmz",
          ['listens service="telemetry" from="grid-maint"'])
    for who, operator, x, y in (("grid", "gridco", 7.9, 11.3), ("water", "waterco", 6.9, 10.1), ("telco", "telco", 14.9, 10.6),
                                ("metro", "metro", 9.2, 7.1), ("hosp", "health", 15.9, 11.6)):
        asset(f"gw-{who}", "vpn-server", f"Maintenance gateway, {dict((o[0], o[1]) for o in OPERATORS)[operator]}", operator,
              x, y, f"{who}-maint",
              ['listens service="rms" from="sup-dmz"',
               'weakness id="supplier-key" technique="T0886" service="rms" ease="1"'])
    put('  <traffic id="gt-telemetry" from="gw-grid" to="sup-monitor" service="telemetry"/>')


def grid():
    put()
    put("  <!-- River City Grid -->")
    asset("grid-depot", "depot", "Grid depot", "gridco", 9.2, 12.2)
    asset("grid-room", "control-room", "Grid control room", "gridco", 7.0, 12.6)
    asset("grid-scada", "control-server", "Grid control system", "gridco", 8.4, 12.9, "grid-ot",
          ['needs all="grid-room"', 'listens service="eng" from="grid-maint"',
           'weakness id="maintenance-account" technique="T0859" service="eng" ease="1"',
           'work job="reimage" median="150min" spread="0.2"', 'work job="restore" median="120min" spread="0.2"'],
          start="5min")
    for ident, name, x, y, exchange in SUBSTATIONS:
        rtu = "rtu-" + ident[3:]
        asset(ident, "substation", name, "gridco", x, y, "grid-field",
              [f'needs all="relay-{ident[3:]}"'] * (ident in ("ss-centre", "ss-east", "ss-harbour", "ss-quay"))
              + ['provides service="power" demand="0.4" unit="MW" priority="5"',
                 f'needs service="control" from="poll-{ident[3:]}" else="manual" after="20min"',
                 f'buffer kind="battery" holds="8h" feeds="{rtu}"', 'work job="switch" median="15min" spread="0.3"'],
              people=0)
        asset(rtu, "rtu", f"Telecontrol {name}", "gridco", x + 0.55, y - 0.5, "grid-field",
              [f'needs all="{ident} {exchange}"', 'work job="replace" median="50min" spread="0.3"'])
        put(f'  <traffic id="poll-{ident[3:]}" from="grid-scada" to="{rtu}" service="iec-104"/>')
    for who, x, y in (("centre", 11.3, 10.7), ("east", 18.0, 11.6), ("harbour", 6.0, 5.3), ("quay", 10.6, 7.2)):
        asset(f"relay-{who}", "relay", f"Protection relays, {who.title()}", "gridco", x, y, "grid-field",
              ['work job="replace" median="130min" spread="0.15"'], part="relay-set")
    for ident, name, kind, bus, x, y, output, most in [(u[0], u[1], u[2], u[3], u[4], u[5], u[6], u[7]) for u in UNITS]:
        inside = [f'generates output="{output}MW" most="{most}MW" into="{bus}"']
        if ident == "gt-2":
            inside += ['needs all="gt-2-guard"']
        asset(ident, kind, name, "gridco", x, y, None, inside, start={"gt-2": "20min", "chp": "90min"}.get(ident, "5min"))
    asset("gt-2-guard", "safety-controller", "Turbine guard", "gridco", 3.9, 1.9, None,
          ['needs any="turbine-watch gt-2-local"'])
    asset("turbine-watch", "data-gateway", "Remote watch of the turbine", "gridco", 3.9, 3.1, None,
          ['needs all="gt-telemetry"', 'buffer kind="stock" holds="40min" feeds="gt-2-guard"'])
    asset("gt-2-local", "hmi", "Turbine, watched on the spot", "gridco", 5.4, 1.5, None,
          [], off="yes", start="68min")
    for ident, name, bus, dx, dy, load, people in FEEDERS:
        x, y = PLACE[ident]
        asset(ident, "feeder", name, "gridco", x, y, "grid-field",
              [f'provides service="power" demand="{load}" unit="MW" pattern="day"',
               f'needs service="control" from="poll-{bus[3:]}" else="manual" after="20min"'] + BUFFERS.get(ident, []),
              people=people)
    for ident, start, end, rating in LINES:
        a, b = PLACE[start], PLACE[end]
        reactance = 0.0030 * math.hypot(a[0] - b[0], a[1] - b[1])
        put(f'  <link id="{ident}" from="{start}" to="{end}" kind="line" reactance="{reactance:.4f}" rating="{rating}MW"/>')
    for ident, name, bus, dx, dy, load, people in FEEDERS:
        put(f'  <link id="c-{ident[2:]}" from="{bus}" to="{ident}" kind="line" reactance="0.0150" rating="60MW"/>')
    put('  <stock at="grid-depot" part="relay-set" count="1"/>')
    put('  <vendor id="relay-works" name="Tarn Relay Works" skills="electronics" comes="3h" parts="relay-set" delivers="2h" spread="0.15"/>')
    put('  <crew id="grid-switching" name="Switching crews" operator="gridco" skills="switching repair" base="grid-depot" size="2"/>')
    put('  <crew id="grid-protection" name="Protection engineers" operator="gridco" skills="electronics" base="grid-depot" size="1"/>')
    put('  <crew id="grid-computing" name="Control system engineers" operator="gridco" skills="it network" base="grid-depot" size="1"/>')


def water():
    put()
    put("  <!-- River City Waterworks -->")
    asset("water-depot", "depot", "Waterworks yard", "waterco", 5.0, 10.1)
    asset("water-scada", "control-server", "Water control system", "waterco", 3.9, 11.1, "water-ot",
          ['needs all="f-spa"', 'listens service="eng" from="water-maint"',
           'weakness id="maintenance-account" technique="T0859" service="eng" ease="1"',
           'work job="reimage" median="130min" spread="0.2"'], start="5min")
    hold("f-spa", "battery", "8h", "water-scada")
    asset("intake", "reservoir", "River intake", "waterco", 0.7, 11.6, None, ['supplies service="water" rate="1500" unit="L/s"'])
    asset("dosing", "plc", "Dosing controller", "waterco", 1.3, 13.9, "water-field",
          ['needs service="control" from="water-scada"', 'work job="replace" median="90min" spread="0.25"',
           'work job="switch" median="20min" spread="0.3"'])
    asset("works", "treatment-plant", "Spa Road waterworks", "waterco", 2.0, 12.8, "water-field",
          ['passes service="water" rate="1500" unit="L/s"', 'needs all="f-spa dosing"'], start="15min")
    asset("pump-low", "pumping-station", "Low lift pumps", "waterco", 3.2, 12.0, "water-field",
          ['passes service="water" rate="850" unit="L/s"', 'needs all="f-spa"',
           'needs service="control" from="water-scada" else="manual" after="20min"'])
    asset("pump-hill", "pumping-station", "Hill pumps", "waterco", 7.0, 14.1, "water-field",
          ['passes service="water" rate="330" unit="L/s"', 'needs all="f-orchard"', 'work job="repair" median="75min" spread="0.2"',
           'needs service="control" from="water-scada" else="manual" after="20min"'])
    asset("pump-east", "pumping-station", "Eastbank booster", "waterco", 15.9, 12.7, "water-field",
          ['passes service="water" rate="380" unit="L/s"', 'needs any="f-eastbank mobile-set"',
           'needs service="control" from="water-scada" else="manual" after="20min"'])
    asset("mobile-set", "standby-generator", "Mobile generator of the waterworks", "waterco", 14.9, 12.1, None,
          [], off="yes", start="55min")
    for ident, name, x, y, volume, height, begins in (("low-tank", "Low tank", 6.0, 9.2, 12600, 6, 5),
                                                      ("hill-tank", "Hill tank", 10.2, 13.4, 5200, 6, 5),
                                                      ("east-tank", "East tank", 20.9, 11.3, 6500, 6, 5.2)):
        asset(ident, "tank", name, "waterco", x, y, "water-field",
              [f'tank service="water" volume="{volume}" unit="m3" height="{height}m" begins="{begins}m" least="0.4m"',
               'needs service="control" from="water-scada"'])
    for ident, name, tank, x, y, demand, people in DISTRICTS:
        asset(ident, "district-meter", f"Water, {name}", "waterco", x, y, None,
              [f'provides service="water" demand="{demand}" unit="L/s" pattern="taps" priority="3"'], people=people)
    pipes = [("intake", "works"), ("works", "pump-low"), ("pump-low", "low-tank"), ("works", "pump-hill"),
             ("pump-hill", "hill-tank"), ("hill-tank", "pump-east"), ("works", "pump-east"), ("pump-east", "east-tank")]
    pipes.remove(("hill-tank", "pump-east"))
    for start, end in pipes:
        put(f'  <link id="m-{start}-{end}" from="{start}" to="{end}" kind="pipe" carries="water" one-way="yes"/>')
    for ident, name, tank, x, y, demand, people in DISTRICTS:
        put(f'  <link id="m-{ident[2:]}" from="{tank}" to="{ident}" kind="pipe" carries="water"/>')
    put('  <link id="m-general" from="w-centre" to="hospital-general" kind="pipe" carries="water"/>')
    put('  <link id="m-clinic" from="w-east" to="hospital-east" kind="pipe" carries="water"/>')
    put('  <crew id="water-crews" name="Network crews" operator="waterco" skills="switching repair electronics" base="water-depot" size="2"/>')
    put('  <crew id="water-computing" name="Control engineer" operator="waterco" skills="it network electronics" base="water-depot" size="1"/>')


def telecom():
    put()
    put("  <!-- Weirtel Mobile -->")
    asset("telco-depot", "depot", "Weirtel depot", "telco", 8.8, 3.7)
    asset("core-1", "exchange", "Core site Dockside", "telco", 9.0, 2.2, "telco-core",
          ['needs any="f-docks diesel-core"', 'hosts room="100"'])
    hold("f-docks", "fuel", "4h", "core-1")
    asset("core-2", "exchange", "Core site Market", "telco", 14.9, 9.5, "telco-core",
          ['needs any="f-market"', 'hosts room="100"'])
    hold("f-market", "fuel", "4h", "core-2")
    asset("telco-oss", "control-server", "Network management", "telco", 16.1, 10.0, "telco-core",
          ['needs any="core-1 core-2"', 'listens service="eng" from="telco-maint"',
           'weakness id="maintenance-account" technique="T0859" service="eng" ease="1"',
           'work job="reimage" median="140min" spread="0.2"'], start="5min")
    asset("subscribers", "database", "Subscriber database", "telco", 10.2, 1.4, "telco-core",
          ['needs any="core-1 core-2"', 'work job="reimage" median="110min" spread="0.2"',
           'weakness id="orchestration" technique="T0859" service="any" ease="0.9"'], start="10min")
    for ident, name, feeder, dx, dy in EXCHANGES:
        asset(ident, "exchange", name, "telco", *near(feeder, dx, dy), "telco-core",
              [f'needs all="{feeder} subscribers"', 'needs any="core-1 core-2"',
               'needs service="control" from="telco-oss"'])
        hold(feeder, "battery", "4h", ident)
    for ident, name, feeder, exchange, dx, dy, hours, people in CELLS:
        asset(ident, "cell-site", f"Cell site {name}", "telco", *near(feeder, dx, dy), None,
              [f'provides service="mobile" demand="{people / 25000:.2f}" unit="Gbit/s"', f'needs all="{feeder} {exchange}"',
               'needs service="control" from="telco-oss"'], people=people)
        hold(feeder, "battery", f"{hours}h", ident)
        put(f'  <link id="r-{ident[5:]}" from="{exchange}" to="{ident}" kind="data"/>')
    for ident, name, feeder, dx, dy in EXCHANGES:
        put(f'  <link id="t1-{ident[3:]}" from="core-1" to="{ident}" kind="data"/>')
        put(f'  <link id="t2-{ident[3:]}" from="core-2" to="{ident}" kind="data"/>')
    put('  <link id="t-cores" from="core-1" to="core-2" kind="data"/>')
    asset("ecc", "emergency-centre", "Emergency calls 112", "authority", 13.6, 6.6, None,
          ['provides service="emergency-calls" demand="140" unit="calls/h"', 'needs all="f-cityhall subscribers"',
           'needs any="core-1 core-2"', 'needs service="control" from="dispatch-112"'], people=24000)
    hold("f-cityhall", "fuel", "24h", "ecc")
    put('  <crew id="telco-field" name="Field technicians" operator="telco" skills="network switching electronics repair" base="telco-depot" size="2"/>')
    put('  <crew id="telco-computing" name="Core engineers" operator="telco" skills="it network" base="telco-depot" size="2"/>')


def rail():
    put()
    put("  <!-- River City Metro -->")
    asset("metro-depot", "depot", "Metro depot", "metro", 2.6, 6.2, None)
    asset("metro-ats", "control-server", "Train control", "metro", 8.0, 6.8, "metro-ot",
          ['needs all="f-quayside"', 'listens service="eng" from="metro-maint"',
           'weakness id="maintenance-account" technique="T0859" service="eng" ease="1"',
           'work job="reimage" median="160min" spread="0.2"'], start="10min")
    hold("f-quayside", "battery", "6h", "metro-ats")
    asset("trains", "railway-station", "Trains under automatic control", "metro", 2.3, 7.1, None,
          ['supplies service="travel" rate="40000" unit="passengers/h"', 'needs all="metro-ats"'], start="10min")
    asset("trains-by-hand", "railway-station", "Trains by telephone block", "metro", 3.2, 5.4, None,
          ['supplies service="travel" rate="11000" unit="passengers/h"', 'needs all="tunnels-clear" for="start"'],
          off="yes", start="12min")
    asset("tunnels-clear", "tunnel", "No train stands in a tunnel", "metro", 9.3, 8.0, None)
    for ident, name, feeder, x, y in TRACTION:
        asset(ident, "traction", f"Traction substation {name}", "metro", x, y, "metro-field", [f'needs all="{feeder}"'])
    for ident, name, x, y in INTERLOCKINGS:
        asset(ident, "interlocking", f"Interlocking {name}", "metro", x, y, "metro-field",
              ['needs service="control" from="metro-ats" else="manual" after="30min"'])
    for ident, name, x, y, traction, interlocking, people in STATIONS:
        asset(ident, "railway-station", name, "metro", x, y, None,
              [f'provides service="travel" demand="{people // 2}" unit="passengers/h" pattern="commuters"',
               f'needs all="{traction} {interlocking}"'], people=people)
    first = STATIONS[0][0]
    put(f'  <link id="k-yard" from="trains" to="{first}" kind="rail" carries="travel"/>')
    put(f'  <link id="k-yard-2" from="trains-by-hand" to="{first}" kind="rail" carries="travel"/>')
    for a, b in zip(STATIONS, STATIONS[1:]):
        put(f'  <link id="k-{a[0][3:]}-{b[0][3:]}" from="{a[0]}" to="{b[0]}" kind="rail" carries="travel"/>')
    put('  <crew id="metro-crews" name="Line crews" operator="metro" skills="switching repair electronics" base="metro-depot" size="2"/>')
    put('  <crew id="metro-computing" name="Signal engineers" operator="metro" skills="it network" base="metro-depot" size="1"/>')


def hospitals():
    put()
    put("  <!-- River City Hospitals -->")
    asset("hosp-depot", "depot", "Hospital engineering", "health", 15.3, 14.5)
    for ident, name, feeder, x, y, fuel, beds, water_demand in (
            ("hospital-general", "General Hospital", "f-market", 13.0, 12.4, "6h", 760, 6),
            ("hospital-east", "Eastbank Clinic", "f-clinic", 16.4, 7.1, "4h", 310, 3)):
        who = ident[9:]
        asset(ident, "hospital", name, "health", x, y, None,
              [f'provides service="care" demand="{beds}" unit="beds"',
               f'provides service="water" demand="{water_demand}" unit="L/s" priority="1"',
               f'needs any="{feeder} diesel-{who}"'], people=beds * 9)
        hold(feeder, "fuel", fuel, ident)
        asset(f"admissions-{who}", "application", f"Admissions, {name}", "health",
              x + 0.8, y - 0.6, "hosp-it",
              ['provides service="admissions" demand="%d" unit="patients/h"' % (beds // 20),
               f'needs all="{ident}"', 'needs any="hosp-servers paper-mode"'], people=beds * 12)
    asset("hosp-servers", "server", "Clinical systems", "health", 13.9, 13.0, "hosp-it",
          ['needs all="hospital-general"', 'listens service="eng" from="hosp-maint"',
           'weakness id="maintenance-account" technique="T0859" service="eng" ease="1"',
           'work job="reimage" median="150min" spread="0.2"'], start="10min")
    asset("paper-mode", "application", "Work on paper", "health", 12.2, 12.9, None, [], off="yes", start="35min")
    put('  <crew id="hosp-crew" name="Clinical engineering" operator="health" skills="it network switching repair" base="hosp-depot" size="1"/>')
    for who, x, y, name in (("general", 12.0, 11.9, "General Hospital"), ("east", 15.7, 6.2, "Eastbank Clinic"), ("core", 7.9, 1.4, "core site Dockside")):
        asset(f"diesel-{who}", "fuel-station", f"Diesel for {name}", "authority", x, y, None, [], off="yes", start="1min")


def cloud():
    put()
    put("  <!-- Cumulite Cloud: two zones, and what other operators run there -->")
    asset("cloud-depot", "depot", "Cumulite operations", "cloudco", 18.6, 14.9)
    asset("dc-east", "data-centre", "Data centre East Park", "cloudco", 21.8, 12.6, "cloud-core", ['needs any="f-eastpark"'])
    hold("f-eastpark", "fuel", "5h", "dc-east")
    asset("dc-north", "data-centre", "Data centre North Park", "cloudco", 17.2, 14.0, "cloud-core", ['needs any="f-norpark"'])
    hold("f-norpark", "fuel", "24h", "dc-north")
    asset("zone-a", "cloud-zone", "Zone A", "cloudco", 22.9, 13.3, "cloud-core", ['needs all="dc-east"', 'hosts room="110"'])
    asset("zone-b", "cloud-zone", "Zone B", "cloudco", 18.3, 13.5, "cloud-core", ['needs all="dc-north"', 'hosts room="100"'])
    asset("reserve", "cloud-zone", "Place held in Zone B", "authority", 19.2, 12.9, "cloud-core", ['needs all="zone-b"', 'hosts room="45"'], off="yes",
          start="1min")
    asset("control-plane", "cloud-control", "Control plane", "cloudco", 20.3, 14.2, "cloud-core",
          ['needs any="zone-a zone-b" failover="15min"'], start="5min")
    asset("login", "identity-provider", "Identity provider", "cloudco", 19.7, 15.4, "cloud-core", ['needs any="zone-a zone-b"'])
    tenants = [
        ("metro-info", "tenant", "Passenger information", "metro", "information", 20000, "users", 20000, 20, "zone-a zone-b", 23.3, 11.4),
        ("water-portal", "tenant", "Water customer portal", "waterco", "information", 9000, "users", 9000, 15, "zone-a zone-b", 24.5, 10.8),
        ("his", "tenant", "Hospital records", "health", "records", 900, "users", 5200, 25, "zone-a reserve zone-b", 21.5, 14.7),
        ("dispatch-112", "tenant", "Dispatch 112", "authority", "dispatch", 60, "users", 9000, 20, "zone-a reserve zone-b", 23.9, 12.4),
        ("batch", "tenant", "Batch work of a bank", "bank", "batch", 300, "users", 300, 45, "zone-b zone-a", 17.0, 15.4),
        ("outage-map", "tenant", "Outage map", "gridco", "information", 30000, "users", 12000, 10, "zone-b zone-a", 18.1, 16.2),
    ]
    for ident, kind, name, operator, service, demand, unit, people, uses, where, x, y in tenants:
        asset(ident, kind, name, operator, x, y, None,
              [f'provides service="{service}" demand="{demand}" unit="{unit}"',
               f'needs any="{where}" failover="8min" through="control-plane" uses="{uses}"',
               'needs service="control" from="login"'], people=people, start="2min")
    put('  <crew id="cloud-crew" name="Data centre engineers" operator="cloudco" skills="it network switching repair" base="cloud-depot" size="2"/>')


def watch():
    put()
    put("  <!-- Who notices: boxes at the gateways, and few people who look -->")
    for who, operator, chance, dwell, false in (("grid", "gridco", 0.5, "40min", "5h"), ("water", "waterco", 0.2, "3h", "9h"),
                                                ("telco", "telco", 0.6, "30min", "3h"), ("metro", "metro", 0.2, "3h", "9h"),
                                                ("hosp", "health", 0.3, "2h", "6h")):
        inner = {"grid": "grid-ot", "water": "water-ot", "telco": "telco-core", "metro": "metro-ot", "hosp": "hosp-it"}[who]
        put(f'  <sensor id="ids-{who}" operator="{operator}" on="gw-{who}" covers="gw-{who} {inner}" chance="{chance}" dwell="{dwell}" false="{false}"/>')
        size, median = {"telco": (2, "8min"), "grid": (1, "12min"), "hosp": (1, "25min")}.get(who, (1, "20min"))
        put(f'  <analysts operator="{operator}" size="{size}" median="{median}" spread="0.4"/>')
    put('  <sensor id="ids-cloud" operator="cloudco" on="login" covers="cloud-core" chance="0.5" dwell="1h" false="4h"/>')
    put('  <analysts operator="cloudco" size="2" median="10min" spread="0.4"/>')


def patterns():
    put()
    put('  <pattern id="day" step="1h" factors="0.86 1 1.12 1.15 1.12 1.08 1.05 1.03 1"/>')
    put('  <pattern id="taps" step="1h" factors="1.2 1.35 1.2 1 0.95 0.95 1.05 1 1"/>')
    put('  <pattern id="commuters" step="1h" factors="0.7 1.2 1.1 0.6 0.45 0.45 0.5 0.5 0.6"/>')
    put("</topology>")


def main():
    for ident, name, x, y, exchange in SUBSTATIONS:
        PLACE[ident] = (x, y)
    for ident, name, bus, dx, dy, load, people in FEEDERS:
        PLACE[ident] = (PLACE[bus][0] + dx, PLACE[bus][1] + dy)
    head()
    network()
    begin = len(out)
    water()
    telecom()
    rail()
    hospitals()
    cloud()
    others = out[begin:]
    del out[begin:]
    supplier()
    grid()
    out.extend(others)
    watch()
    patterns()
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
