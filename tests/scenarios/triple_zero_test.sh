#!/bin/sh
# "Silent Numbers" against the public facts (scenarios/triple-zero-2025/notes.md), played as on the day by
# policies/history.lua; and a reference team against nobody. TOCSIN_SEEDS says how many; 20 where it is not said.
set -eu
cd "$TOCSIN_SOURCE"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
seeds=${TOCSIN_SEEDS:-20}
drill=scenarios/triple-zero-2025
"$TOCSIN" test $drill --runs 100 --quiet
"$TOCSIN" rehearse $drill --runs 100 --quiet --json >"$out/rehearsal.json"
"$TOCSIN" rehearse $drill --policy family --runs 20 --quiet --json >"$out/family.json"
for seed in $(seq 1 "$seeds"); do
    "$TOCSIN" run $drill --policy history --seed "$seed" -o "$out/$seed.drill" --quiet --json >"$out/$seed.json"
done
"$TOCSIN" run $drill --policy none --seed 1 -o "$out/none.drill" --quiet >/dev/null
python3 - "$out" "$seeds" <<'END_OF_PROGRAM'
import json, sqlite3, statistics, sys
folder, seeds = sys.argv[1], range(1, int(sys.argv[2]) + 1)
held = missed = failed = 0

def clock(text):
    h, m = text.split(":")
    return int(h) * 60 + int(m)

def shown(minutes):
    day, minutes = divmod(round(minutes), 1440)
    return ("next day " if day else "") + f"{minutes // 60:02}:{minutes % 60:02}"

def row(what, wanted, found, holds):
    global held, missed
    held += bool(holds)
    missed += not holds
    print(f"{'ok    ' if holds else 'MISSED'} {what:58} {wanted:>24} {found:>16}")

def at(what, wanted, tolerance, times):
    worst = max(times, key=lambda x: abs(x - clock(wanted)))
    row(what, f"{shown(clock(wanted))} +- {tolerance} min", shown(statistics.mean(times)),
        abs(worst - clock(wanted)) <= tolerance)

def near(what, wanted, share, values):
    found = statistics.mean(values)
    row(what, f"{wanted:,} +- {share:.0%}".replace("%", " %"), f"{found:,.1f}", abs(found - wanted) <= share * wanted)

def must(what, holds):
    global failed
    failed += not holds
    print(f"{'ok    ' if holds else 'FAILED'} {what}")

class Run:
    def __init__(self, seed):
        self.trace = [(when / 6e7, *rest) for when, *rest in sqlite3.connect(f"{folder}/{seed}.drill").execute(
            "SELECT at, kind, subject, actor, verb, text, before, after FROM trace ORDER BY number")]
        self.json = json.load(open(f"{folder}/{seed}.json"))
        self.services = {s["id"]: s for s in self.json["services"]}
        self.objectives = {o["id"]: o for o in self.json["objectives"]}
        self.duties = {d["id"]: d for d in self.json["duties"]}

    def mark(self, name):
        return next(r[0] for r in self.trace if r[1] == "mark" and r[2] == name)

    def inject(self, name):
        return next((r[0] for r in self.trace if r[1] == "inject" and r[2] == name), None)

    def done(self, verb, seat):
        return [r[0] for r in self.trace if r[1] == "action" and r[4] == verb and r[3] == seat]

    # how many calls were tried while they failed: demand, hour by hour
    def tried(self):
        begin, end = self.mark("calls-fail"), self.mark("calls-back")
        total, since, demand = 0.0, begin, None
        for r in self.trace:
            if r[2] == "emergency-calls" and (r[1] == "demand" or r[4] == "at-start"):
                if begin < r[0] < end:
                    total += demand * (r[0] - since) / 60
                    since = r[0]
                if r[0] < end:
                    demand = r[7] if r[1] == "demand" else r[6]
        return total + demand * (end - since) / 60

    def lost(self):
        return self.services["emergency-calls"]["loss_integral"]

runs = [Run(seed) for seed in seeds]
print(f"{'':65} {'18 September 2025':>24} {'played so':>16}")
at("soft lock of the gateway", "00:17", 0, [r.mark("soft-lock") for r in runs])
at("first emergency call that fails", "00:18", 1, [r.mark("calls-fail") for r in runs])
at("tickets, within half an hour", "00:47", 1, [r.inject("I-03") for r in runs])
row("what becomes of them", "no alarm is raised", "closed", all(
    any(a[0] < 60 + 30 and "close" in a[5] for a in r.trace if a[1] == "action" and a[4] == "decide") for r in runs))
at("hard lock", "02:10", 1, [next(x[0] for x in r.trace if x[1:5] == ("operation", "gateway-a", "", "off")) for r in runs])
at("first customer rings customer care", "09:00", 10, [r.inject("I-06") for r in runs])
warned = [sum(r.inject(f"I-{k:02}") is not None for k in range(6, 11)) for r in runs]
row("warnings that go no further", "5 or more", f"{statistics.mean(warned):g}", all(w >= 5 for w in warned) and
    not any(r.done("notify_peer", "larkline.care_desk") for r in runs))
at("an ambulance service rings: realised", "13:17", 2, [r.inject("I-12") for r in runs])
at("rolled back", "14:34", 15, [r.mark("calls-back") for r in runs])
near("hours without", 14.27, 0.03, [(r.mark("calls-back") - r.mark("calls-fail")) / 60 for r in runs])
near("emergency calls tried", 605, 0.05, [r.tried() for r in runs])
near("of these never connected", 455, 0.05, [r.lost() for r in runs])
near("found another way", 150, 0.1, [r.tried() - r.lost() for r in runs])
row("ordinary calls", "mostly unaffected", "100 %", all(r.services["voice"]["min_level_ppm"] == 1000000 for r in runs))
at("the department is told: ten calls", "14:52", 5, [r.done("note", "larkline.compliance")[-1] for r in runs])
at("a death is known", "20:43", 1, [r.inject("I-21") for r in runs])
at("the chief executive learns of it", "32:15", 1, [r.inject("I-22") for r in runs])
at("the regulator learns of it", "38:30", 15, [r.duties["outage-notice"]["done_us"] / 6e7 for r in runs])
near("hours until the public is told", 40, 0.05, [r.objectives["O5"]["at_us"] / 3.6e9 for r in runs])
print(f"{held} of {held + missed} rows hold")
must("at least four rows in five hold", held >= 0.8 * (held + missed))

# what the carrier came to know of its own network, with nobody asking
known = {r[0] for r in sqlite3.connect(f"{folder}/none.drill").execute(
    "SELECT DISTINCT subject FROM trace WHERE kind = 'belief' AND actor = 'larkline'")}
must("no screen shows more than the gateway that is off as planned: " + ", ".join(sorted(known)), known == {"gateway-a"})
rehearsal = json.load(open(f"{folder}/rehearsal.json"))
better = rehearsal["difficulty"]["better"]["hits"]
must(f"the reference team loses less than nobody in {better} of 100 seeds", better >= 95)
family = json.load(open(f"{folder}/family.json"))
lost = [p["people_hours_lost"]["mean"] for p in family["policies"]]
must("the better a team the less is lost: " + ", ".join(f"{n:,.0f}" for n in lost) + " people-hours",
     all(a >= b for a, b in zip(lost, lost[1:])) and lost[0] > lost[-1])
sys.exit(failed > 0)
END_OF_PROGRAM
