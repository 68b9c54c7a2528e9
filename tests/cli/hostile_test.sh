#!/bin/sh
# Files made to harm, or for other programs: exit 1 and one clear line each, in a second and 64 MB,
# and no request to the network.
set -eu
data=${TOCSIN_DATA:-}
[ -n "$data" ] || data=$TOCSIN_SOURCE/../shared/data
[ -d "$data/nasty-xml" ] || { echo "skipped: $data is not here"; exit 77; }
python3 - "$TOCSIN" "$data" <<'END'
import glob, os, resource, subprocess, sys, tempfile, time
tocsin, data = sys.argv[1:]
out = tempfile.mkdtemp()
trace = subprocess.run(["which", "strace"], capture_output=True).returncode == 0
cases = [(["check", f], f) for f in sorted(
    glob.glob(f"{data}/nasty-xml/*") + glob.glob(f"{data}/nmap-xml/defused_*") +
    [f"{data}/cap/xee.cap"])]
for format, name in (("epanet", "water-epanet/Net1broken.inp"), ("matpower", "power-matpower/case33bw.m"),
                     ("nmap", "nmap-xml/zenmap-nmap-output-error.xml"),
                     ("epanet", "power-matpower/case9.m"), ("matpower", "water-epanet/Net1.inp"),
                     ("graphml", "water-epanet/Net1.inp"), ("nmap", "cap/xee.cap"),
                     ("epanet", "nasty-xml/lol_param.xml")):
    cases.append((["import", format, f"{data}/{name}", "-o", f"{out}/t.xml"], f"{data}/{name}"))
failed = 0
assert len(cases) > 20
for words, path in cases:
    before = time.monotonic()
    run = subprocess.run([tocsin] + words, capture_output=True, text=True, timeout=30)
    took = time.monotonic() - before
    lines = run.stderr.splitlines()
    why = ""
    if run.returncode != 1:
        why = f"exit {run.returncode}"
    elif len(lines) != 1 or run.stdout:
        why = "not one line"
    elif not lines[0].startswith(f"{path}:") or "expected" not in lines[0] and "because" not in lines[0] \
            and "not well-formed" not in lines[0]:
        why = "not a clear line"
    elif any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or ord(c) in (0x202E, 0x2066) for c in lines[0]):
        why = "a character that a terminal would obey"
    elif took > 1:
        why = f"took {took:.2f} s"
    elif os.path.exists(f"{out}/t.xml"):
        why = "left a file"
    if why:
        failed += 1
        print(f"FAILED: {' '.join(words)}: {why}: {run.stderr[:300]}")
    if trace:
        run = subprocess.run(["strace", "-f", "-e", "trace=network", tocsin] + words,
                             capture_output=True, text=True)
        if "socket(" in run.stderr:
            failed += 1
            print(f"FAILED: {' '.join(words)}: opened a socket")
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
if peak > 64 * 1024:
    failed += 1
    print(f"FAILED: {peak} KiB")
print(f"{len(cases)} files, {failed} failures, largest {peak // 1024} MB")
sys.exit(failed > 0)
END
