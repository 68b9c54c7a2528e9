#!/bin/sh
# The tables of techniques and mitigations say what MITRE publishes, no more and no less.
set -u
data=${TOCSIN_DATA:-$TOCSIN_SOURCE/../shared/data}/attack-stix/ics-attack-18.1.json
[ -r "$data" ] || { echo "skipped: there is no $data"; exit 77; }
python3 - "$data" "$TOCSIN_SOURCE" <<'END'
import json, re, sys
objects = json.load(open(sys.argv[1]))["objects"]
root = sys.argv[2] + "/engine/drill/"
by_id = {o["id"]: o for o in objects}
def live(o): return not o.get("revoked") and not o.get("x_mitre_deprecated")
def known(o): return [r["external_id"] for r in o["external_references"] if r.get("source_name") == "mitre-attack"][0]
def rows(file, macro):
    text = open(root + file, encoding="utf-8").read()
    text = text[text.index("*/") + 2:]
    for call in re.findall(macro + r"\((.*?)\)\n(?=TOC_|$)", text, re.S):
        call = re.sub(r'"\s*\n\s*"', "", call)
        yield re.findall(r'"((?:[^"\\]|\\.)*)"', call)

targets, mitigations = {}, {}
for r in objects:
    if r["type"] != "relationship" or not live(r):
        continue
    source, target = by_id[r["source_ref"]], by_id[r["target_ref"]]
    if live(source) and live(target):
        if r["relationship_type"] == "targets":
            targets.setdefault(known(source), set()).add(known(target))
        if r["relationship_type"] == "mitigates":
            mitigations.setdefault(known(target), set()).add(known(source))
published = {known(o): o for o in objects if o["type"] == "attack-pattern" and live(o)}
ours = {row[0]: row for row in rows("technique.def", "TOC_TECHNIQUE")}
assert len(published) == 83 and set(ours) == set(published), set(ours) ^ set(published)
for id, row in ours.items():
    assert row[1] == published[id]["name"], row
    assert row[2].split() == [k["phase_name"] for k in published[id]["kill_chain_phases"]], row
    assert set(row[3].split()) == targets.get(id, set()), row
    assert set(row[4].split()) == mitigations.get(id, set()), row
published = {known(o): o for o in objects if o["type"] == "course-of-action" and live(o)}
ours = {row[0]: row for row in rows("mitigation.def", "TOC_MITIGATION")}
assert set(ours) == set(published), set(ours) ^ set(published)
for id, row in ours.items():
    labels = published[id].get("labels", [])
    iec = {l.partition(" - ")[2] for l in labels if l.startswith("IEC")}
    nist = {w.strip() for l in labels if l.startswith("NIST") for w in l.partition(" - ")[2].split(";")}
    split = lambda text: {w.strip() for w in text.split(";") if w.strip()}
    assert row[1] == published[id]["name"] and split(row[2]) == iec and split(row[3]) == nist, row
kinds = open(sys.argv[2] + "/include/tocsin/asset_kind.def").read()
assets = {known(o) for o in objects if o["type"] == "x-mitre-asset" and live(o)}
assert set(re.findall(r'"(A\d{4})"', kinds)) == assets
print("83 techniques and", len(ours), "mitigations as published")
END
