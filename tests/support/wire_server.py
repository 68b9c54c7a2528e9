"""A server of tocsin.1 that plays no drill: it does what a test of clients wants, and writes down what
they sent. Own WebSocket framing, so that our client is not tried against its own library's idea of one.

usage: wire_server.py LOG [DROP_AFTER [CERTIFICATE KEY]]
Prints its port; the token is "right". DROP_AFTER: the connection that sends that many acts loses its
line before the last is acknowledged, once.
"""
import base64, hashlib, json, os, select, socket, ssl, struct, sys, time

LOG = open(sys.argv[1], "w", buffering=1)
DROP = [int(sys.argv[2]) if len(sys.argv) > 2 else 0]
taken = {}
events = []


class Line:
    def __init__(self, sock):
        self.sock, self.bytes, self.open, self.welcomed, self.acts = sock, b"", False, False, 0

    def shake(self):
        if b"\r\n\r\n" not in self.bytes:
            return True
        head, self.bytes = self.bytes.split(b"\r\n\r\n", 1)
        fields = dict(l.split(": ", 1) for l in head.decode().split("\r\n")[1:])
        fields = {k.lower(): v for k, v in fields.items()}
        LOG.write(json.dumps({"request": head.decode().split("\r\n")[0], "subprotocol": fields["sec-websocket-protocol"]}) + "\n")
        key = fields["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accept = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
        self.sock.sendall(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                           "Sec-WebSocket-Accept: %s\r\nSec-WebSocket-Protocol: tocsin.1\r\n\r\n" % accept).encode())
        self.open = True
        return True

    def say(self, **message):
        data = json.dumps(message, ensure_ascii=False).encode()
        # in two fragments, to be put together again
        for first, part, last in ((True, data[:5], False), (False, data[5:], True)):
            head = bytes([(0x80 if last else 0) | (1 if first else 0)])
            head += bytes([len(part)]) if len(part) < 126 else b"\x7e" + struct.pack(">H", len(part))
            self.sock.sendall(head + part)

    def hear(self):
        """Whole frames of the client; False when it has left."""
        while len(self.bytes) >= 6:
            opcode, length, at = self.bytes[0] & 15, self.bytes[1] & 127, 2
            assert self.bytes[1] & 128, "a client masks"
            if length == 126:
                length, at = struct.unpack(">H", self.bytes[2:4])[0], 4
            elif length == 127:
                length, at = struct.unpack(">Q", self.bytes[2:10])[0], 10
            if len(self.bytes) < at + 4 + length:
                return True
            mask, body = self.bytes[at:at + 4], self.bytes[at + 4:at + 4 + length]
            self.bytes = self.bytes[at + 4 + length:]
            body = bytes(b ^ mask[i % 4] for i, b in enumerate(body))
            if opcode == 8:
                LOG.write('{"closed": true}\n')
                self.sock.sendall(b"\x88\x00")
                return False
            if opcode == 1 and not self.answer(json.loads(body)):
                return False
        return True

    def answer(self, message):
        LOG.write(json.dumps(message, ensure_ascii=False) + "\n")
        kind = message["m"]
        if kind == "hello":
            if message["token"] != "right":
                self.say(m="refused", reason="bad-token", text="That token opens nothing.")
                return False
            self.welcome(message.get("after", 0))
        elif kind in ("act", "command", "note"):
            self.acts += 1
            if DROP[0] and self.acts == DROP[0]:
                DROP[0] = 0
                taken[message["id"]] = 7000000
                return False
            if message.get("verb") == "trip":
                self.say(m="not-taken", id=message["id"], reason="not-yours", text="Line l-1 is not yours.")
            else:
                taken.setdefault(message["id"], 7000000)
                self.say(m="taken", id=message["id"], at=taken[message["id"]])
        elif kind == "stop":
            self.event(kind="drill", verb="stopped", text="Somebody said stop: " + message["word"])
        return True

    def event(self, **fields):
        events.append(dict(m="event", seq=len(events) + 1, at=60000000 * len(events), **fields))
        self.say(**events[-1])

    def welcome(self, after):
        self.welcomed = True
        self.say(m="welcome", protocol="tocsin.1", drill="d1", seat="gridco.dispatcher", role="player",
                 owner="gridco", title="A try", starts="2026-10-05 19:00 UTC", length=3600000000,
                 classification="TLP:AMBER EXERCISE", last=len(events))
        self.say(m="catalogue", more=True, assets=[{"id": "hmi-1", "kind": "hmi"}, {"id": "hmi-2"}],
                 verbs=[{"id": "isolate", "target": "element", "keys": ["text"], "lasts": 240000000, "help": "Cuts it off."},
                        {"id": "trip", "target": "element", "keys": []},
                        {"id": "notify_peer", "target": "seat", "keys": ["text", "channel"]}])
        self.say(m="catalogue", addressees=[{"id": "gridco.soc", "name": "Security desk", "channel": "phone"},
                                            {"id": "feeder-crew", "name": "Feeder crew"}])
        self.say(m="state", at=0, whole=True, more=True,
                 services=[{"id": "gridco/power", "level": 801000, "tolerable": 600000, "people": 22500, "seen": 1000000}],
                 alarms=[{"id": "ss-1", "state": "unacknowledged", "priority": 1, "text": "down"}])
        self.say(m="state", at=0,
                 inbox=[{"id": "M-1", "number": 1, "at": 120000000, "from": "Feeder crew", "channel": "phone",
                         "text": "Our mouse\nis moving \u001b[2Jby itself.", "marking": "TLP:AMBER"}],
                 duties=[{"id": "report", "state": "open", "due": 3600000000, "told": ["time"], "missing": ["cause", "people"]}])
        for event in events[after:]:
            self.say(**event)
        self.say(m="clock", now=5000000, speed=1000, ends=3600000000)
        self.say(m="head", hash="ab" * 32)


tls = None
if len(sys.argv) > 4:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(sys.argv[3], sys.argv[4])
server = socket.create_server(("127.0.0.1", 0), backlog=512)
print(server.getsockname()[1], flush=True)
lines, parent, beat = {}, os.getppid(), time.time()
for i in range(2):
    events.append(dict(m="event", seq=i + 1, at=i, kind="alarm", subject="ss-%d" % i, verb="down"))
while os.getppid() == parent:
    ready, _, _ = select.select([server] + list(lines), [], [], 0.2)
    for sock in ready:
        if sock is server:
            try:
                fresh = server.accept()[0]
                fresh = tls.wrap_socket(fresh, server_side=True) if tls else fresh
            except (ssl.SSLError, ConnectionError) as error:
                LOG.write(json.dumps({"no_tls": str(error)}) + "\n")
                continue
            lines[fresh] = Line(fresh)
            continue
        line = lines[sock]
        try:
            data = sock.recv(65536)
            while tls and sock.pending():
                data += sock.recv(65536)
            line.bytes += data
            alive = len(data) > 0 and (line.open or line.shake())
            alive = alive and (not line.open or line.hear())
        except ConnectionError:
            alive = False
        if not alive:
            sock.close()
            del lines[sock]
    if time.time() - beat > 0.2:
        beat = time.time()
        for sock, line in list(lines.items()):
            if line.welcomed:
                try:
                    line.say(m="clock", now=6000000, speed=1000, ends=3600000000)
                except ConnectionError:
                    pass
