#!/bin/sh
# Real scans through the program: hosts that are up and no others; two scans of one network merge;
# what vulners found becomes weaknesses; an interrupted scan is said to be one.
set -eu
data=${TOCSIN_DATA:-}
[ -n "$data" ] || data=$TOCSIN_SOURCE/../shared/data
[ -d "$data/nmap-xml" ] || { echo "skipped: $data is not here"; exit 77; }
python3 - "$TOCSIN" "$data" <<'END'
import csv, glob, json, os, re, subprocess, sys, tempfile
tocsin, data = sys.argv[1:]
expected = {}
for row in csv.reader(open(f"{data}/EXPECTED.tsv"), delimiter="\t"):
    expected.setdefault(row[0], {})[row[1]] = row[2]
out = tempfile.mkdtemp()
failed = 0

def scans(*names):
    run = subprocess.run([tocsin, "import", "nmap"] + [f"{data}/nmap-xml/{n}" for n in names] +
                         ["-o", f"{out}/t.xml", "--json"], capture_output=True, text=True)
    text = open(f"{out}/t.xml").read() if run.returncode == 0 else ""
    return run, json.loads(run.stdout), text

def expect(name, condition, why):
    global failed
    if not condition:
        failed += 1
        print(f"FAILED: {name}: {why}")

for path in sorted(glob.glob(f"{data}/nmap-xml/*.xml")):
    name = os.path.basename(path)
    facts = expected.get(f"nmap-xml/{name}", {})
    run, document, text = scans(name)
    if "hosts_up" not in facts:
        expect(name, run.returncode == 1 and len(run.stderr.splitlines()) == 1, run.stderr)
        continue
    expect(name, run.returncode == 0, run.stderr)
    expect(name, document.get("nodes") == int(facts["hosts_up"]), f"{document} and not {facts}")
    expect(name, int(facts["cpe"]) == 0 or "<weakness id=\"cpe:" in text, "open services are no weaknesses")
    check = subprocess.run([tocsin, "check", f"{out}/t.xml"], capture_output=True, text=True)
    expect(name, check.returncode == 0, check.stderr)

run, document, text = scans("zenmap-nmap-output-error.xml")
expect("zenmap", "the scan was interrupted" in run.stderr, run.stderr)
run, document, text = scans("nmap_script_vulners.xml")
expect("vulners", 'id="CVE-2018-15919" ease="0.5"' in text, text)
run, document, one = scans("full_sudo5.xml")
run, document, two = scans("full_sudo5.xml", "full_sudo5.xml")
expect("twice", one == two, "the same scan twice is not the same network")
run, document, text = scans("nmap_example.xml", "full_sudo5.xml")
expect("two networks", document["nodes"] == 8 + 4, document)
run, document, text = scans("nmap_example.xml")
expect("traces", document["links"] == document["edges"] > 0, document)
print(f"{failed} failures")
sys.exit(failed > 0)
END
