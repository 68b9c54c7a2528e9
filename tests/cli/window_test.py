"""The visual console in a real window, by a real keyboard and mouse: a whole tabletop to a good ending.

The console's own script moves the drill on and says what is on the screen; everything that a person would
do comes through the window system."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

TOCSIN = sys.argv[1]
SOURCE = os.environ["TOCSIN_SOURCE"]
FOLDER = tempfile.mkdtemp(prefix="tocsin-window-")
INCIDENT = "Incident declared: emergency calls from the west are lost."
TOLD = ["answerline.duty_operator", "ambulance.duty_officer", "larkline.it_noc", "larkline.compliance",
        "larkline.public_affairs", "larkline.care_desk"]


class Person:
    """Looks at what the console shows, types, and clicks."""

    def __init__(self, display):
        self.environment = dict(os.environ, DISPLAY=display)
        self.lines = []
        self.steps = []

    def do(self, action, *until):
        """The action is taken on what is then shown; the script waits until it has come to something."""
        number = len(self.steps)
        self.lines += [f"dump {FOLDER}/{number}.jsonl", *until]
        self.steps.append(action)

    def run(self, *words):
        subprocess.run(["xdotool", *words], env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def key(self, *names):
        self.run("key", "--delay", "60", *names)

    def type(self, text):
        self.run("type", "--delay", "25", text)

    def click(self, nodes, id):
        x, y, w, h = next(n["rect"] for n in nodes if n.get("id") == id)
        self.run("mousemove", str(x + w // 2), str(y + h // 2), "click", "1")

    def work(self, console):
        for number, action in enumerate(self.steps):
            path = f"{FOLDER}/{number}.jsonl"
            until = time.monotonic() + 90
            while not os.path.exists(path) and time.monotonic() < until and console.poll() is None:
                time.sleep(0.05)
            time.sleep(0.15)
            if not os.path.exists(path):
                return f"step {number} was never shown"
            with open(path, encoding="utf-8") as file:
                action([json.loads(line) for line in file])
        return None


def plan(person):
    person.lines.append("advance 71min")
    person.do(lambda nodes: person.key("ctrl+k"), "await 30s palette")
    person.do(lambda nodes: person.type("declare incident"), 'await 30s palette.text "declare incident"')
    person.do(lambda nodes: person.key("Return"), "await 30s act")
    person.do(lambda nodes: person.type("Emergency calls of four regions are lost."), "await 30s act.text regions")
    person.do(lambda nodes: person.click(nodes, "act.do"), 'await 30s said "Recorded at"')
    for seat in TOLD:
        person.do(lambda nodes: person.key("w"), "await 30s act")
        person.do(lambda nodes, seat=seat: person.type(seat), f"await 30s act.target {seat}", "wait 0.3s",
                  f"expect act.target is {seat}")
        person.do(lambda nodes: person.click(nodes, "act.text"), "wait 0.3s", "expect focus act.text")
        person.do(lambda nodes: person.type(INCIDENT), "await 30s act.text west")
        person.do(lambda nodes: person.key("ctrl+Return"), "wait 1s", "expect act gone")
    person.do(lambda nodes: person.key("ctrl+k"), "await 30s palette")
    person.do(lambda nodes: person.type("activate plan"), 'await 30s palette.text "activate plan"')
    person.do(lambda nodes: person.key("Return"), "await 30s act")
    person.do(lambda nodes: person.click(nodes, "act.do"), "wait 1s")
    person.lines.append("advance 8min")
    person.do(lambda nodes: person.click(nodes, "tab.decisions"), "await 30s decide.way.0")
    person.do(lambda nodes: person.click(nodes, "decide.way.0"), "wait 1s")
    person.lines.append("advance 496min")
    person.do(lambda nodes: person.click(nodes, "decide.take-back.1"), "wait 1s")
    person.lines += ["advance 660min", "advance 1300min", "expect bar.ready gone"]


def main():
    if shutil.which("Xvfb") is None or shutil.which("xdotool") is None:
        print("skipped: Xvfb and xdotool are not here")
        return 77
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1080x24"], pass_fds=[write],
                              stderr=subprocess.DEVNULL)
    display = ":" + os.read(read, 16).decode().strip()
    person = Person(display)
    plan(person)
    with open(f"{FOLDER}/script", "w", encoding="utf-8") as file:
        file.write("\n".join(person.lines) + "\n")
    environment = {k: v for k, v in person.environment.items() if k != "SDL_VIDEODRIVER"}
    console = subprocess.Popen(
        [TOCSIN, "console", f"{SOURCE}/scenarios/triple-zero-2025", "--seat", "larkline.incident_lead", "--size",
         "1920x1080", "-o", f"{FOLDER}/solo.drill", "--script", f"{FOLDER}/script"], env=environment)
    try:
        why = person.work(console)
        code = console.wait(timeout=200)
    finally:
        console.kill()
        server.terminate()
        server.wait()
    replay = subprocess.run([TOCSIN, "replay", f"{FOLDER}/solo.drill", "--verify", "--json", "--quiet"],
                            capture_output=True, text=True)
    objectives = json.loads(replay.stdout)["objectives"] if replay.returncode == 0 else []
    met = sum(o["met"] for o in objectives)
    if met == len(objectives):
        shutil.rmtree(FOLDER, ignore_errors=True)
    print(f"{met} of {len(objectives)} objectives are met")
    if why is not None or code != 0 or met < 6 or met < len(objectives):
        print(f"FAILED: {why}, exit {code}, {replay.stderr[:400]}")
        return 1
    return 0


sys.exit(main())
