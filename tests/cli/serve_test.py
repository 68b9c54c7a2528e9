"""`tocsin serve` over real sockets, with a real record."""
import json
import os
import random
import resource
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from web_client import Client  # noqa: E402

TOCSIN = sys.argv[1]
FOLDER = tempfile.mkdtemp(prefix="tocsin-serve-")
failed = 0


def check(promise, holds, found=""):
    global failed
    if not holds:
        failed += 1
        print(f"FAILED: {promise} {found}")


def write_package():
    package = os.path.join(FOLDER, "harbour")
    os.mkdir(package)
    with open(os.path.join(package, "topology.xml"), "w", encoding="utf-8") as file:
        file.write("""<topology xmlns="urn:tocsin:topology:1" name="Harbour">
  <operator id="gridco" name="Grid Company" sector="power" cii="yes"/>
  <asset id="ss-1" kind="substation" operator="gridco" people="3000">
    <provides service="power" capacity="3" demand="2" unit="MW"/></asset>
</topology>
""")
    with open(os.path.join(package, "scenario.lua"), "w", encoding="utf-8") as file:
        file.write("""local t = require "tocsin"
local drill = t.drill { title = "Harbour", topology = "topology.xml", length = t.hours(20),
  kind = { form = "practical", span = "in-house", content = "thematic" },
  starts = "2026-10-05 19:00 UTC" }
drill:team "gridco" { "dispatcher", "soc" }
for i = 1, 100 do
  drill:inject { at = t.seconds(5 * i), to = "gridco.dispatcher", channel = "phone",
    from = "caller " .. i, text = "Call number " .. i .. "." }
end
return drill
""")
    return package


class Server:
    def __init__(self, *words):
        self.errors = open(os.path.join(FOLDER, "stderr"), "ab")
        self.process = subprocess.Popen(
            [TOCSIN, "serve", *words, "--listen", "127.0.0.1:0", "--json"],
            stdout=subprocess.PIPE, stderr=self.errors, cwd=FOLDER)
        text = b""
        while True:
            line = self.process.stdout.readline()
            text += line
            if not line or line == b"}\n":
                break
        if not text:
            print(open(os.path.join(FOLDER, "stderr"), encoding="utf-8").read())
        self.told = json.loads(text)
        self.port = int(self.told["url"].rsplit(":", 1)[1].strip("/"))

    def end(self, number):
        self.process.send_signal(number)
        return self.process.wait(60)


def act(number):
    return {"m": "act", "id": f"a-{number}", "verb": "log_decision",
            "parameters": {"text": f"decision {number}"}}


def nothing_acknowledged_is_lost(package):
    """Killed while acknowledgements come in; resumed; everything is sent again."""
    server = Server(package, "-o", "cut.drill", "--speed", "10")
    tokens = {row["seat"]: row["token"] for row in server.told["tokens"]}
    mode = os.stat(os.path.join(FOLDER, "cut.drill.tokens")).st_mode & 0o777
    check("the file of tokens is its owner's", mode == 0o600, oct(mode))
    acknowledged, events, sent = {}, {}, 0
    rounds = random.Random(int(os.environ.get("TOCSIN_TEST_SEED", "1")))
    for _ in range(4):
        client = Client(server.port)
        welcome = client.join(tokens["gridco.dispatcher"], after=0)
        check("the token opens the seat after each restart", welcome["m"] == "welcome", welcome)
        first = sent
        sent += 25
        killer = threading.Timer(rounds.uniform(0.3, 1.5), server.process.kill)
        killer.start()
        try:
            for number in range(sent):  # all of them, the old ones again
                client.send(act(number))
                if number == first:
                    time.sleep(0.1)
        except OSError:
            pass
        while (message := client.hear()) is not None:
            if message["m"] == "taken":
                before = acknowledged.setdefault(message["id"], message["at"])
                check("an act keeps its time", before == message["at"], message)
            elif message["m"] == "event":
                before = events.setdefault(message["seq"], message)
                check("an event keeps its number", before == message, (before, message))
        server.process.wait(60)
        killer.join()
        server = Server("--resume", "cut.drill", "--speed", "10")
        check("tokens are not shown again", server.told["tokens"] == [])
    check("some were acknowledged", len(acknowledged) > 20, len(acknowledged))
    client = Client(server.port)
    client.join(tokens["gridco.dispatcher"])
    for number in range(sent):
        client.send(act(number))
    waiting = {f"a-{number}" for number in range(sent)}
    while waiting:
        message = client.wait("taken", "not-taken")
        if message is None:
            check("everything is acknowledged in the end", False, waiting)
            break
        waiting.discard(message["id"])
        before = acknowledged.setdefault(message["id"], message["at"])
        check("an act keeps its time to the end", before == message["at"], message)
    control = Client(server.port)
    control.join(tokens["control"])
    control.send({"m": "command", "id": "end", "command": "end"})
    check("control ends it", control.wait("taken", "not-taken")["m"] == "taken")
    while (message := control.wait("clock")) is not None and not message.get("over"):
        pass
    code = server.end(signal.SIGTERM)
    check("a signal ends the server in good order", code == 0, code)
    replayed = subprocess.run([TOCSIN, "replay", "--verify", "cut.drill"], cwd=FOLDER,
                              capture_output=True, check=False)
    check("the record replays", replayed.returncode == 0, replayed.stderr)
    rows = sqlite3.connect(os.path.join(FOLDER, "cut.drill"))
    done = [row[0] for row in rows.execute(
        "SELECT parameters FROM input WHERE verb = 'log_decision'")]
    check("each was done once", sorted(done) == sorted(set(done)) and len(done) == sent,
          (len(done), len(set(done)), sent))
    rows.close()


def whoever_should_not_is_refused(package):
    server = Server(package, "-o", "refusals.drill", "--hold", "--stand-ins", "none")
    tokens = {row["seat"]: row["token"] for row in server.told["tokens"]}
    token, port = tokens["gridco.dispatcher"], server.port
    hello = {"m": "hello", "protocol": "tocsin.1", "token": token}
    act_of_other = {"m": "act", "id": "x", "verb": "share_ioc", "target": "gridco.soc",
                    "parameters": {"text": "t"}}
    table = [
        ("a wrong token", [json.dumps({**hello, "token": "0" * 64})], "bad-token"),
        ("a seat that the token does not open", [json.dumps({**hello, "seat": "gridco.soc"})],
         "bad-token"),
        ("a greeting that is sent again", [json.dumps(hello), json.dumps(hello)], "not-now"),
        ("64 KB and a byte", [" " * 65537], "too-large"),
        ("bytes that are no UTF-8", [b"{\"m\":\"\xff\"}"], "bad-utf8"),
        ("an unknown field", [json.dumps({**hello, "admin": True})], "unknown-field"),
        ("what another seat may do", [json.dumps(hello), json.dumps(act_of_other)], "not-yours"),
        ("a player's command", [json.dumps(hello),
                                json.dumps({"m": "command", "id": "x", "command": "pause"})],
         "not-yours"),
    ]
    for name, frames, reason in table:
        client = Client(port)
        for frame in frames:
            client.send_bytes(frame if isinstance(frame, bytes) else frame.encode())
        message = client.wait("refused", "not-taken")
        check(name, message is not None and message["reason"] == reason, message)
        client.close()
    foreign = Client(port, "Sec-WebSocket-Protocol: tocsin.1\r\nOrigin: http://evil.example\r\n")
    check("a page of another site", foreign.status != 101, foreign.status)
    check("no protocol", Client(port, "").status != 101)

    # the same act twice is done once
    client = Client(port)
    client.join(token)
    for _ in range(2):
        client.send(act(1))
        client.send(act(1))
        first = client.wait("taken")
        second = client.wait("taken") if _ else first
        check("a replayed frame is answered alike", first == second, (first, second))
    client.close()
    many_connections(port, token)
    check("the server goes on", server.process.poll() is None)
    server.end(signal.SIGTERM)
    rows = sqlite3.connect(os.path.join(FOLDER, "refusals.drill"))
    inputs = rows.execute("SELECT count(*) FROM input").fetchone()[0]
    refused = rows.execute("SELECT count(*) FROM journal WHERE kind = 'refused'").fetchone()[0]
    check("one act was done", inputs == 1, inputs)
    check("what was refused is recorded", refused >= 7, refused)
    rows.close()


def connections_can_be_encrypted(package):
    """With --cert and --key: the console that trusts the certificate joins; h2 is not offered."""
    if shutil.which("openssl") is None:
        return
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                    "-keyout", "key.pem", "-out", "cert.pem"], cwd=FOLDER, check=True,
                   capture_output=True)
    server = Server(package, "-o", "tls.drill", "--cert", "cert.pem", "--key", "key.pem")
    tokens = {row["seat"]: row["token"] for row in server.told["tokens"]}
    check("the address says so", server.told["url"].startswith("wss://"), server.told["url"])
    with open(os.path.join(FOLDER, "token"), "w", encoding="utf-8") as file:
        file.write(tokens["gridco.soc"] + "\n")
    joined = subprocess.run(
        [TOCSIN, "join", f"wss://localhost:{server.port}/", "--token", "token", "--authority",
         "cert.pem"], cwd=FOLDER, input=b"status\nquit\n", capture_output=True, check=False)
    check("the console joins over TLS", b"You are gridco.soc" in joined.stdout,
          (joined.stdout, joined.stderr))
    context = ssl.create_default_context(cafile=os.path.join(FOLDER, "cert.pem"))
    context.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as secure:
            check("h2 is not spoken", secure.selected_alpn_protocol() in ("http/1.1", None),
                  secure.selected_alpn_protocol())
            check("TLS is no older than 1.2", secure.version() in ("TLSv1.2", "TLSv1.3"),
                  secure.version())
    server.end(signal.SIGTERM)
    with open(os.path.join(FOLDER, "bad.pem"), "w", encoding="utf-8") as file:
        file.write("no certificate\n")
    refused = subprocess.run(
        [TOCSIN, "serve", package, "-o", "none.drill", "--cert", "bad.pem", "--key", "key.pem"],
        cwd=FOLDER, capture_output=True, check=False)
    check("what is no certificate is told", refused.returncode == 1 and b"bad.pem" in
          refused.stderr, (refused.returncode, refused.stderr))
    check("and leaves no record", not os.path.exists(os.path.join(FOLDER, "none.drill")))


def many_connections(port, token):
    """Ten thousand that say nothing; then somebody who may come in does."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    idle = []
    for _ in range(min(10000, hard - 500)):
        opened = socket.socket()
        opened.setblocking(False)
        try:
            opened.connect(("127.0.0.1", port))
        except BlockingIOError:
            pass
        except OSError:
            opened.close()
            break
        idle.append(opened)
    welcome = None
    for _ in range(60):
        try:
            client = Client(port, timeout=20)
            welcome = client.join(token)
            if welcome is not None and welcome["m"] == "welcome":
                break
        except OSError:
            pass
        time.sleep(0.5)
    check("ten thousand silent connections keep nobody out for long",
          welcome is not None and welcome["m"] == "welcome", welcome)
    for opened in idle:
        opened.close()


try:
    made = write_package()
    nothing_acknowledged_is_lost(made)
    whoever_should_not_is_refused(made)
    connections_can_be_encrypted(made)
finally:
    shutil.rmtree(FOLDER, ignore_errors=True)
sys.exit(1 if failed else 0)
