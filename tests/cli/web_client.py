"""A client of the protocol tocsin.1 over a plain socket, for the tests of the whole program."""
import json
import os
import socket
import struct


class Client:
    def __init__(self, port, headers="Sec-WebSocket-Protocol: tocsin.1\r\n", timeout=60, path="/"):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self.socket.sendall((
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n").encode())
        self.rest = b""
        answer = b""
        while b"\r\n\r\n" not in answer:
            more = self.socket.recv(1)
            if not more:
                break
            answer += more
        self.status = int(answer.split()[1]) if answer.count(b" ") > 1 else 0

    def exactly(self, size):
        while len(self.rest) < size:
            more = self.socket.recv(65536)
            if not more:
                raise EOFError
            self.rest += more
        data, self.rest = self.rest[:size], self.rest[size:]
        return data

    def send_bytes(self, data, opcode=1):
        mask = os.urandom(4)
        size = len(data)
        head = bytes([0x80 | opcode])
        if size < 126:
            head += bytes([0x80 | size])
        elif size < 65536:
            head += bytes([0x80 | 126]) + struct.pack(">H", size)
        else:
            head += bytes([0x80 | 127]) + struct.pack(">Q", size)
        big = int.from_bytes((mask * (size // 4 + 1))[:size], "big") if size else 0
        body = (int.from_bytes(data, "big") ^ big).to_bytes(size, "big") if size else b""
        self.socket.sendall(head + mask + body)

    def send(self, message):
        self.send_bytes(json.dumps(message).encode())

    def hear(self):
        """The next message; None where the server has closed."""
        while True:
            try:
                head = self.exactly(2)
                size = head[1] & 0x7F
                if size == 126:
                    size = struct.unpack(">H", self.exactly(2))[0]
                elif size == 127:
                    size = struct.unpack(">Q", self.exactly(8))[0]
                data = self.exactly(size)
            except (EOFError, ConnectionError):
                return None
            if head[0] & 0x0F == 1:
                return json.loads(data)
            if head[0] & 0x0F == 8:
                return None

    def wait(self, *names):
        """The next message of one of these names; None where there is none any more."""
        while True:
            message = self.hear()
            if message is None or message["m"] in names:
                return message

    def join(self, token, **more):
        self.send({"m": "hello", "protocol": "tocsin.1", "token": token, **more})
        return self.wait("welcome", "refused")

    def close(self):
        self.socket.close()
