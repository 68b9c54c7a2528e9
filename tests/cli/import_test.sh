#!/bin/sh
# Real and hostile graphs, through the program: the right counts, or exit 1 and one clear line;
# within 1 s and 64 MB, never a crash and never a request to the network.
set -eu
data=${TOCSIN_DATA:-}
[ -n "$data" ] || data=$TOCSIN_SOURCE/../shared/data
[ -d "$data/graphml-topologyzoo" ] || { echo "skipped: $data is not here"; exit 77; }
python3 - "$TOCSIN" "$data" <<'END'
import csv, json, os, resource, subprocess, sys, tempfile
tocsin, data = sys.argv[1:]
expected = {}
for row in csv.reader(open(f"{data}/EXPECTED.tsv"), delimiter="\t"):
    expected.setdefault(row[0], {})[row[1]] = row[2]
names = {"nodes": "nodes", "edges": "edges", "components": "components", "self_loops": "self_loops",
         "parallel_edges": "parallel_edges"}
failed = passed = 0
out = tempfile.mkdtemp()
trace = subprocess.run(["which", "strace"], capture_output=True).returncode == 0

def fail(name, why):
    global failed
    failed += 1
    print(f"FAILED: {name}: {why}")

for folder in ("graphml-topologyzoo", "graphml-other", "graphml-malformed", "nasty-xml"):
    for file in sorted(os.listdir(f"{data}/{folder}")):
        name = f"{folder}/{file}"
        command = [tocsin, "import", "graphml", f"{data}/{name}", "-o", f"{out}/t.xml", "--json"]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        stdout, stderr = child.communicate(timeout=30)
        facts = expected.get(name, {})
        lines = [l for l in stderr.splitlines() if l]
        dangling = int(facts.get("dangling_edges", 0))
        if child.returncode not in (0, 1):
            fail(name, f"exit {child.returncode}: {stderr[:200]}")
        elif child.returncode == 1:
            if len(lines) < 1 or file not in lines[0] or "Traceback" in stderr:
                fail(name, f"no clear line: {stderr[:300]}")
            elif dangling and f"{file}:" not in lines[0]:
                fail(name, "a dangling edge is told with its line")
            elif folder == "graphml-topologyzoo":
                fail(name, f"should import: {lines[0]}")
            else:
                passed += 1
        else:
            document = json.loads(stdout)
            wrong = {k: (document[k], int(facts[m])) for k, m in names.items()
                     if m in facts and document[k] != int(facts[m])}
            if dangling:
                fail(name, "an edge to an undeclared node must be refused")
            elif wrong:
                fail(name, f"counts {wrong}")
            else:
                again = subprocess.run([tocsin, "check", f"{out}/t.xml", "--json"], capture_output=True)
                if again.returncode != 0:
                    fail(name, f"what was imported does not check: {again.stderr[:200]}")
                else:
                    passed += 1
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
if peak > 64 * 1024:
    fail("memory", f"{peak} KiB")
if trace:
    for name in ("nasty-xml/lol_param.xml", "graphml-topologyzoo/Abilene.graphml", "cap/xee.cap"):
        run = subprocess.run(["strace", "-f", "-e", "trace=network", tocsin, "import", "graphml",
                              f"{data}/{name}", "-o", f"{out}/t.xml"], capture_output=True, text=True)
        if "socket(" in run.stderr:
            fail(name, "opened a socket")
print(f"largest: {peak // 1024} MB")
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
END
