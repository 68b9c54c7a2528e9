#!/bin/sh
# Real water networks through the program: the counts that are expected of them, or one clear line.
set -eu
data=${TOCSIN_DATA:-}
[ -n "$data" ] || data=$TOCSIN_SOURCE/../shared/data
[ -d "$data/water-epanet" ] || { echo "skipped: $data is not here"; exit 77; }
python3 - "$TOCSIN" "$data" <<'END'
import csv, json, subprocess, sys, tempfile
tocsin, data = sys.argv[1:]
expected = {}
for row in csv.reader(open(f"{data}/EXPECTED.tsv"), delimiter="\t"):
    if row[0].endswith(".inp"):
        expected.setdefault(row[0], {})[row[1]] = row[2]
out = tempfile.mkdtemp()
failed = 0

def fail(name, why):
    global failed
    failed += 1
    print(f"FAILED: {name}: {why}")

assert len(expected) == 4, expected.keys()
for name, facts in expected.items():
    command = [tocsin, "import", "epanet", f"{data}/{name}", "-o", f"{out}/t.xml", "--json"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=30)
    lines = [l for l in run.stderr.splitlines() if l]
    if name.endswith("Net1broken.inp"):
        if run.returncode != 1 or len(lines) != 1 or "Net1broken.inp:24:2: node '2'" not in lines[0]:
            fail(name, f"exit {run.returncode}: {run.stderr}")
        continue
    if run.returncode != 0:
        fail(name, run.stderr)
        continue
    document = json.loads(run.stdout)
    for metric, value in facts.items():
        if str(document[metric]) != value:
            fail(name, f"{metric} is {document[metric]}, expected {value}")
    check = subprocess.run([tocsin, "check", f"{out}/t.xml"], capture_output=True, text=True)
    if check.returncode != 0:
        fail(name, f"what was imported does not check: {check.stderr}")
print(f"{len(expected)} networks, {failed} failures")
sys.exit(failed > 0)
END
