#!/bin/sh
# "Severed Core" against the public facts (scenarios/kyivstar-2023/notes.md), played as on the days by
# policies/history.lua; and a reference team against nobody. TOCSIN_SEEDS says how many; 20 where it is not said.
set -eu
cd "$TOCSIN_SOURCE"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
seeds=${TOCSIN_SEEDS:-20}
drill=scenarios/kyivstar-2023
"$TOCSIN" test $drill --runs 100 --quiet
"$TOCSIN" rehearse $drill --runs 100 --quiet --json >"$out/rehearsal.json"
"$TOCSIN" rehearse $drill --policy family --runs 20 --quiet --json >"$out/family.json"
for seed in $(seq 1 "$seeds"); do
    "$TOCSIN" run $drill --policy history --seed "$seed" -o "$out/$seed.drill" --quiet --json >"$out/$seed.json"
done
python3 - "$out" "$seeds" <<'END_OF_PROGRAM'
import json, sqlite3, statistics, sys, xml.etree.ElementTree as ET
folder, seeds = sys.argv[1], range(1, int(sys.argv[2]) + 1)
ns = {"t": "urn:tocsin:topology:1"}
root = ET.parse("scenarios/kyivstar-2023/topology.xml").getroot()
blocks = {a.get("id") for a in root.findall("t:asset", ns) if any(
    w.get("id") == "no-second-key" for w in a.findall("t:weakness", ns))}
held = missed = failed = 0

# hours of drill time of a day of December and a clock; the drill begins on the 12th at five
def clock(text):
    day, time = text.split()
    h, m = time.split(":")
    return (int(day) - 12) * 24 + int(h) - 5 + int(m) / 60

def shown(hours):
    minutes = round(hours * 60) + 300
    return f"{12 + minutes // 1440} Dec {minutes % 1440 // 60:02}:{minutes % 60:02}"

def row(what, wanted, found, holds):
    global held, missed
    held += bool(holds)
    missed += not holds
    print(f"{'ok    ' if holds else 'MISSED'} {what:56} {wanted:>26} {found:>18}")

def at(what, wanted, tolerance, times):
    found = statistics.mean(times)
    row(what, f"{shown(clock(wanted))} +- {tolerance:g} h", shown(found), abs(found - clock(wanted)) <= tolerance)

def near(what, wanted, share, values):
    found = statistics.mean(values)
    row(what, f"{wanted:,} +- {share:.0%}".replace("%", " %"), f"{found:,.2f}".rstrip("0").rstrip("."),
        abs(found - wanted) <= share * wanted)

def must(what, holds):
    global failed
    failed += not holds
    print(f"{'ok    ' if holds else 'FAILED'} {what}")

class Run:
    def __init__(self, seed):
        self.trace = [(when / 3.6e9, *rest) for when, *rest in sqlite3.connect(f"{folder}/{seed}.drill").execute(
            "SELECT at, kind, subject, actor, verb, text, before, after FROM trace ORDER BY number")]
        self.services = {(s["id"], s["operator"]): s for s in json.load(open(f"{folder}/{seed}.json"))["services"]}

    def first(self, kind, subject):
        return next(r[0] for r in self.trace if r[1] == kind and r[2] == subject)

    # how much of the service was given, step by step
    def given(self, service, operator):
        return [(r[0], r[7]) for r in self.trace if r[1] == "service" and r[2] == service and r[3] == operator]

    def supply(self, service, operator, when):
        return next((after for moment, after in reversed(self.given(service, operator)) if moment <= when))

    # when it has come to that share for good
    def back(self, service, operator, share):
        whole = self.given(service, operator)[0][1]
        moments = [(moment, after >= share * whole) for moment, after in self.given(service, operator)]
        return next(moment for i, (moment, _) in enumerate(moments) if all(is_back for _, is_back in moments[i:]))

    def whole(self, service, operator):
        return self.services[service, operator]["restored_at_us"] / 3.6e9

runs = [Run(seed) for seed in seeds]
print(f"{'':63} {'12 to 20 December 2023':>26} {'played so':>18}")
at("first sign", "12 05:26", 0.02, [r.first("inject", "I-02") for r in runs])
cuts = [r.first("mark", "cut") for r in runs]
near("minutes until the carrier has cut its core off itself", 90, 0.1, [60 * (c - clock("12 05:26")) for c in cuts])
erased = [len({x[2] for x in r.trace if x[1] == "cause" and x[4] == "wiped" and x[7] == 1 and x[2] in blocks})
          for r in runs]
row("share of the machines erased", "40 % +- 10 points", f"{100 * statistics.mean(erased) / len(blocks):.1f} %",
    all(abs(n / len(blocks) - 0.4) <= 0.1 for n in erased))
near("mobile customers without voice", 24300000, 0.02,
     [24300000 - min(after for _, after in r.given("voice", "volnix")) for r in runs])
fixed = sum(int(a.get("people")) for a in root.findall("t:asset", ns) if a.get("id").startswith("lines-"))
near("fixed lines down", 1100000, 0.05,
     [fixed * (1 - r.services["internet", "volnix"]["min_level_ppm"] / 1e6) for r in runs])
rivals = 15900000 + 9800000
near("load of the other networks, of a usual day", 1.3, 0.1,
     [(rivals + r.supply("voice", "volnix", clock("12 18:00"))) / rivals for r in runs])
silent = [sum(any(x[1] == "operation" and x[2] == f"sirens-{region}" and x[4] == "off" for x in r.trace)
              for region in ("capital", "west", "north", "centre", "south")) for r in runs]
row("regions where sirens do not answer", "several", f"{min(silent)} of 5", min(silent) >= 2)
row("payments by card", "disturbed everywhere", "{:.0f} % are lost".format(
    100 - statistics.mean(r.services["payments", "crosspay"]["min_level_ppm"] for r in runs) / 1e4),
    all(500000 < r.services["payments", "crosspay"]["min_level_ppm"] < 900000 for r in runs))
row("street lights that nobody can switch", "in some cities", "yes",
    all(r.services["lights", "lighting"]["min_level_ppm"] == 0 for r in runs))
at("some fixed lines are back", "12 21:00", 2, [
    next(m for m, after in r.given("internet", "volnix") if m > c + 0.1 and after > 0) for r, c in zip(runs, cuts)])
near("per cent of the fixed lines, that night", 93, 0.02,
     [100 * r.supply("internet", "volnix", clock("13 02:00")) / r.given("internet", "volnix")[0][1] for r in runs])
at("all fixed lines", "14 04:00", 8, [r.whole("internet", "volnix") for r in runs])
at("roaming at home is closed to protect the others", "13 09:00", 6,
   [next(x[0] for x in r.trace if x[1] == "action" and x[2] == "open-roaming") for r in runs])
at("voice begins to come back", "13 18:00", 0.75, [
    next(x[0] for x in r.trace if x[1] == "operation" and x[2].startswith("voice-") and x[4] == "on" and x[0] > 3) for r in runs])
at("voice for 99 per cent", "14 09:30", 2, [r.back("voice", "volnix", 0.99) for r in runs])
at("mobile data everywhere", "15 08:00", 12, [r.whole("data", "volnix") for r in runs])
at("roaming abroad", "16 08:00", 12, [r.whole("roaming", "volnix") for r in runs])
at("short messages", "19 12:00", 24, [r.whole("messages", "volnix") for r in runs])
at("everything", "20 12:00", 24, [max(x[0] for x in r.trace if x[1] == "cause" and x[4] == "wiped" and x[7] == 0)
                                 for r in runs])
print(f"{held} of {held + missed} rows hold")
must("at least four rows in five hold", held >= 0.8 * (held + missed))

rehearsal = json.load(open(f"{folder}/rehearsal.json"))
better = rehearsal["difficulty"]["better"]["hits"]
must(f"the reference team loses less than nobody in {better} of 100 seeds", better >= 95)
family = json.load(open(f"{folder}/family.json"))
lost = [p["people_hours_lost"]["mean"] for p in family["policies"]]
must("the better a team the less is lost: " + ", ".join(f"{n:,.0f}" for n in lost) + " people-hours",
     all(a >= b for a, b in zip(lost, lost[1:])) and lost[0] > lost[-1])
sys.exit(failed > 0)
END_OF_PROGRAM
