"""A thousand seats at one server: what ./dev bench server prints.

700 bots of `tocsin join --bots` act once a second for a minute and read everything; 300 more connections
act as often and read nothing at all. Then the same server is killed while bots play, and resumed: what
was acknowledged must be in the record, once."""
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import json

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from web_client import Client  # noqa: E402

TOCSIN = sys.argv[1]
SECONDS = int(os.environ.get("TOCSIN_BENCH_SECONDS", "60"))
TEAMS, SEATS, DEAF = 20, 50, 300


def write_package(folder):
    with open(os.path.join(folder, "topology.xml"), "w", encoding="utf-8") as file:
        file.write('<topology xmlns="urn:tocsin:topology:1" name="Crowd">\n')
        for team in range(TEAMS):
            file.write(f'  <operator id="op-{team}" name="Operator {team}" sector="power"/>\n')
            for asset in range(10):
                file.write(f'  <asset id="a-{team}-{asset}" kind="substation" operator="op-{team}" people="100">'
                           '<provides service="power" capacity="2" demand="1" unit="MW"/></asset>\n')
        file.write("</topology>\n")
    with open(os.path.join(folder, "scenario.lua"), "w", encoding="utf-8") as file:
        file.write('local t = require "tocsin"\n'
                   'local drill = t.drill { title = "Crowd", length = t.hours(2) }\n'
                   f"for team = 0, {TEAMS - 1} do\n  local seats = {{}}\n"
                   f'  for seat = 1, {SEATS} do seats[seat] = "seat_" .. seat end\n'
                   '  drill:team("op-" .. team)(seats)\nend\n'
                   'for minute = 0, 119 do\n'
                   '  drill:inject { at = t.minutes(minute), to = "*", text = "It is minute " .. minute, expects = {} }\n'
                   '  drill:at(t.minutes(minute), function(d)\n'
                   f'    local id = "a-" .. (minute % {TEAMS}) .. "-" .. (minute % 10)\n'
                   '    d:fail(id, "damage") d:wait(t.seconds(20)) d:clear(id, "damage")\n  end)\nend\nreturn drill\n')


class Server:
    def __init__(self, arguments, folder):
        self.child = subprocess.Popen(
            [TOCSIN, "serve", *arguments, "--listen", "127.0.0.1:0", "--tokens", f"{folder}/tokens"],
            stdout=open(f"{folder}/seats", "a", encoding="utf-8"), stderr=subprocess.PIPE, text=True)
        for line in self.child.stderr:
            found = re.search(r"127\.0\.0\.1:(\d+)", line)
            if found:
                self.port = int(found.group(1))
                break
        threading.Thread(target=self.child.stderr.read, daemon=True).start()

    def megabytes(self):
        with open(f"/proc/{self.child.pid}/status", encoding="utf-8") as file:
            return int(re.search(r"VmHWM:\s+(\d+) kB", file.read()).group(1)) / 1024


def read_tokens(folder):
    with open(f"{folder}/seats", encoding="utf-8") as file:
        pairs = [line.split()[:2] for line in file if line.startswith("op-")]
    with open(f"{folder}/readers.csv", "w", encoding="utf-8") as file:
        file.write("seat,token\n" + "".join(f"{s},{t}\n" for s, t in pairs[DEAF:]))
    return pairs


def play_deaf(port, pairs, until):
    """Says hello and acts, and never reads what comes."""
    clients = []
    for seat, token in pairs:
        client = Client(port)
        client.send({"m": "hello", "protocol": "tocsin.1", "token": token})
        clients.append(client)
    number = 0
    while time.monotonic() < until:
        begin = time.monotonic()
        number += 1
        for client in list(clients):
            try:
                client.socket.settimeout(0.01)
                client.send({"m": "act", "id": f"d-{number}", "verb": "note", "parameters": {"text": "deaf"}})
            except OSError:
                clients.remove(client)  # closed as too slow, as it should be
        time.sleep(max(0, 1 - (time.monotonic() - begin)))


def bots(port, folder, seconds):
    return subprocess.Popen(
        [TOCSIN, "join", f"ws://127.0.0.1:{port}", "--bots", f"{folder}/readers.csv", "--pace", "1s", "--for",
         f"{seconds}s", "--json", "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def count(folder):
    """Acts that the record says were acknowledged, and how many of them more than once."""
    rows = sqlite3.connect(f"file:{folder}/live.drill?mode=ro", uri=True).execute(
        "SELECT count(*), count(DISTINCT seat || ' ' || sender) FROM journal WHERE kind = 'taken'").fetchone()
    return rows[1], rows[0] - rows[1]


def main():
    with tempfile.TemporaryDirectory() as folder:
        package = os.path.join(folder, "crowd")
        os.mkdir(package)
        write_package(package)
        server = Server([package, "-o", f"{folder}/live.drill", "--stand-ins", "none"], folder)
        pairs = read_tokens(folder)
        deaf = threading.Thread(target=play_deaf, args=(server.port, pairs[:DEAF], time.monotonic() + SECONDS + 5))
        deaf.start()
        first = json.loads(bots(server.port, folder, SECONDS).communicate()[0])
        megabytes = server.megabytes()
        deaf.join()
        crowd = bots(server.port, folder, 20)
        time.sleep(10)
        server.child.send_signal(signal.SIGKILL)
        server.child.wait()
        port = server.port
        server = resume(folder, port)
        second = json.loads(crowd.communicate()[0])
        server.child.send_signal(signal.SIGTERM)
        server.child.wait()
        kept, doubled = count(folder)
        told = first["taken"] + second["taken"]
        print("seats", len(pairs))
        print("ack_p50_ms", round(first["acknowledged_ms"]["p50"], 2))
        print("ack_p99_ms", round(first["acknowledged_ms"]["p99"], 2))
        print("lost", max(0, told - kept) + first["unacknowledged"] + second["unacknowledged"])
        print("doubled", doubled)
        print("server_mb", round(megabytes, 1))
        print("acts", first["acts"] + second["acts"])


def resume(folder, port):
    server = Server.__new__(Server)
    server.child = subprocess.Popen(
        [TOCSIN, "serve", "--resume", f"{folder}/live.drill", "--listen", f"127.0.0.1:{port}", "--stand-ins", "none",
         "--tokens", f"{folder}/tokens"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server.port = port
    return server


main()
