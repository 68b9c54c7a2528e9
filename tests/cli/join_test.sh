#!/bin/sh
# The text console and bots, against a server that writes down what they send.
set -u
folder=$(mktemp -d)
trap 'kill $server 2>/dev/null; rm -rf "$folder"' EXIT
server=
failed=0
fail() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    [ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/    /' | head -n 20
}
cd "$folder" || exit 1
unset TOCSIN_TOKEN
echo right >token

serve() { # serve [DROP_AFTER]: sets $url
    [ -z "$server" ] || kill "$server" 2>/dev/null
    rm -f port
    python3 "$TOCSIN_SOURCE/tests/support/wire_server.py" log "$@" >port 2>server.err &
    server=$!
    for _ in $(seq 100); do
        [ -s port ] && break
        sleep 0.1
    done
    url=ws://127.0.0.1:$(cat port)
}
join() { # join COMMANDS [OPTION...]: what the console says to them
    printf '%s\n' "$1" >commands
    shift
    timeout 60 "$TOCSIN" join "$url" --token token "$@" <commands 2>err
}

# what is wrong is told before anything is sent
"$TOCSIN" join localhost:1 2>err && fail "an address has a scheme"
grep -q 'ws:// or wss://' err || fail "and the error says which" "$(cat err)"
"$TOCSIN" join 'wss://h/?token=s3cret' 2>err
[ $? -eq 2 ] || fail "a token in the address is wrong usage"
grep -q s3cret err && fail "and it is not repeated"
"$TOCSIN" join ws://localhost:1 </dev/null 2>err
grep -q 'there is no token' err || fail "without a terminal a token is not asked for" "$(cat err)"
printf 'a b\n' >bad
"$TOCSIN" join ws://localhost:1 --token bad </dev/null 2>err && fail "two words are no token"
grep -q '^bad: this holds no token' err || fail "and the file is named" "$(cat err)"

serve
said=$(join 'status
inbox
read 1
reply 1 Keep your hands off it
say gridco.soc by=phone "There is a stranger"
stauts
do islate hmi-1
do isol hmi-1 text="not ours"
do trip l-1
do isolate hmi-1 nonsense nonsense
say nobody hello
alarms
duties
verbs is
log
note our log
command speed 2.5
command step 10min
command step soon
command fire I-07 reason="now"
wait 1
quit')
[ $? -eq 0 ] || fail "a session that ends with quit succeeds" "$said"
has() { printf '%s\n' "$said" | grep -qF -- "$1" || fail "$2" "$said"; }
has 'You are gridco.dispatcher in the drill "A try". This is an exercise.' "the seat and the drill are told"
has 'Handling: TLP:AMBER EXERCISE.' "and how it is to be handled"
has 'gridco/power: level 80.1 %, tolerable from 60.0 %, people without it 22500' "status has services as believed"
has 'Alarms not acknowledged: 1.' "and what waits"
has 'The next is due at D+0 01:00:00.' "and the next deadline"
has '* 1. D+0 00:02:00, Feeder crew, phone: Our mouse' "the inbox marks what was not read"
has 'is moving \u001b[2Jby itself.' "what a terminal would obey is shown and not obeyed"
has "There is no command 'stauts'. Did you mean 'status'?" "a slip of the pen is told with the nearest"
has "There is no verb 'islate' for this seat. Did you mean 'isolate'?" "a slip of the pen is told with the nearest"
has 'Sent: isolate hmi-1.' "the beginning of a verb is enough"
has 'Taken at D+0 00:00:07: isolate hmi-1.' "what was taken is told with its time"
has 'Not taken: trip l-1. This seat may not do that, or not with that. Line l-1 is not yours.' "and what was not, with the reason"
has "'nonsense' is no key=value." "parameters have a form"
has "There is nobody 'nobody'." "an addressee must be one"
has 'report: open, due D+0 01:00:00, told time, missing cause; people' "duties say what is missing"
has 'isolate: target element, takes text, lasts 00:04:00: Cuts it off.' "verbs are explained"
has "'soon' is no time; write 90s, 10min or 2h." "a step takes a time"
has 'D+0 00:00:00 Alarm ss-1, down' "the log has what happened before"
python3 - <<'END' || fail "what was sent is what was typed" "$(cat log)"
import json
log = [json.loads(l) for l in open("log")]
assert log[0] == {"request": "GET / HTTP/1.1", "subprotocol": "tocsin.1"}, log[0]
hello = log[1]
assert hello == {"m": "hello", "protocol": "tocsin.1", "token": "right", "language": "en"}, hello
acts = [m for m in log if m.get("m") == "act"]
assert [(a["verb"], a.get("target", ""), a.get("parameters", {})) for a in acts] == [
    ("notify_peer", "feeder-crew", {"text": "Keep your hands off it", "channel": "phone"}),
    ("notify_peer", "gridco.soc", {"text": "There is a stranger", "channel": "phone"}),
    ("isolate", "hmi-1", {"text": "not ours"}),
    ("trip", "l-1", {}),
    ("note", "", {"text": "our log"})], acts
assert len({a["id"] for a in acts}) == 5
assert {"m": "seen", "seq": 2} in log
commands = [{k: v for k, v in m.items() if k not in ("m", "id")} for m in log if m.get("m") == "command"]
assert commands == [
    {"command": "speed", "speed": 2500},
    {"command": "step", "at": 605000000},
    {"command": "fire", "target": "I-07", "parameters": {"reason": "now"}}] or commands[1]["at"] == 606000000, commands
assert log[-1] == {"closed": True}
END

# the same in Chinese, by Chinese commands
said=$(join '状态
执行 isolate hmi-1 text=“非本单位操作”
停止
等待 1
退出' --language zh)
has '您的席位是 gridco.dispatcher，演练名称：“A try”。这是演练。' "the console speaks Chinese"
has '未确认告警：1。' "in its lists too"
has '已受理：isolate hmi-1。' "and of what was done"
has '停止 口令' "a stop without a word is not sent"
grep -q '"language": "zh"' log || fail "and asks the server for it"
grep -q '"text": "非本单位操作"' log || fail "quotes of Chinese are quotes"
grep -q '"m": "stop"' log && fail "no stop was sent"

# a real emergency
said=$(join 'stop no duff, fire in the hall
wait 1')
grep -q '"m": "stop", "word": "no duff, fire in the hall"' log || fail "stop is sent with its words" "$(cat log)"
has 'Drill, stopped: Somebody said stop' "and what comes of it is told"

# a line that breaks
serve 2
said=$(join 'do isolate hmi-1
do isolate hmi-2
wait 3
quit')
has 'Trying again in' "a lost connection is told"
has 'Connected again.' "and its return"
has 'Taken at D+0 00:00:07: isolate hmi-2.' "what was not acknowledged is sent again"
python3 - <<'END' || fail "it is sent again under the same id, and asks for no event twice" "$(cat log)"
import json
log = [json.loads(l) for l in open("log")]
again = [m["id"] for m in log if m.get("target") == "hmi-2"]
assert len(again) == 2 and again[0] == again[1], again
assert [m.get("after", 0) for m in log if m.get("m") == "hello"] == [0, 2]
END

# refusals and documents
echo wrong >token
said=$(join 'status')
[ $? -eq 1 ] || fail "a wrong token fails"
has 'The connection has ended: That token opens nothing. (bad-token)' "and is told"
echo right >token
join 'do isolate hmi-1
wait 1' --json >out.json || fail "--json succeeds" "$(cat err)"
python3 - <<'END' || fail "--json gives one document" "$(cat out.json)"
import json
d = json.load(open("out.json"))
assert (d["seat"], d["taken"], d["unacknowledged"], d["refused"]) == ("gridco.dispatcher", 1, 0, None), d
END

# on a terminal the token is asked for and not shown, and there is a prompt
timeout 60 python3 - "$TOCSIN" "$url" >typed 2>&1 <<'END' || fail "a terminal is asked and prompted" "$(cat typed)"
import os, pty, select, sys, time
pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], [sys.argv[1], "join", sys.argv[2]])
seen = b""
def until(words):
    global seen
    end = time.time() + 20
    while words not in seen:
        assert time.time() < end, (words, seen)
        if select.select([fd], [], [], 0.2)[0]:
            seen += os.read(fd, 4096)
until(b"Token: ")
time.sleep(0.2)
os.write(fd, b"right\n")
until(b"\n> ")
os.write(fd, b"ack ss-1\n")
until(b"Taken at D+0 00:00:07: acknowledge_alarm ss-1.")
os.write(fd, b"quit\n")
until(b"Left.")
print(seen.decode())
assert b"right" not in seen and b"\x1b" not in seen
assert os.waitpid(pid, 0)[1] == 0
END

# wss: only with a certificate that is trusted, for that name
if command -v openssl >/dev/null 2>&1; then
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem \
        -addext subjectAltName=DNS:localhost >/dev/null 2>&1
    serve 0 cert.pem key.pem
    port=$(cat port)
    url=wss://localhost:$port
    said=$(join 'status' --authority cert.pem)
    [ $? -eq 0 ] || fail "wss connects where its authority is trusted" "$said"
    has 'You are gridco.dispatcher' "and the drill is there"
    : >log
    printf 'status\n' | timeout 3 "$TOCSIN" join "$url" --token token >out 2>&1
    grep -q 'has no certificate that is trusted here' out || fail "an authority that is not trusted is not connected to" "$(cat out)"
    printf 'status\n' | timeout 3 "$TOCSIN" join "wss://127.0.0.1:$port" --token token --authority cert.pem >out 2>&1
    grep -q 'You are' out && fail "nor is a certificate of another name" "$(cat out)"
    grep -q right log && fail "and no token is told" "$(cat log)"
fi

# bots
serve
{
    echo seat,token
    for i in $(seq 39); do echo "gridco.seat$i,right"; done
    echo 'gridco.seat40     right'
    echo gridco.late,wrong
} >tokens.csv
timeout 60 "$TOCSIN" join "$url" --bots tokens.csv --pace 0.2s --for 3s --json >bots.json 2>err
[ $? -eq 1 ] || fail "a bot that is not let in fails the whole"
python3 - <<'END' || fail "bots play through the same wire" "$(cat bots.json err)"
import json
d = json.load(open("bots.json"))
assert d["bots"] == 41 and d["welcomed"] == 40 and d["reasons"]["bad-token"] == 1, d
assert d["acts"] >= 40 and d["acts"] == d["taken"] + d["not_taken"], d
assert d["unacknowledged"] == 0 and d["acknowledged_ms"]["most"] > 0, d
log = [json.loads(l) for l in open("log")]
assert len({m["seat"] for m in log if m.get("m") == "hello"}) == 41
acts = [m for m in log if m.get("m") == "act"]
assert len({m["id"] for m in acts}) == len(acts)
END
printf 'a,b,c\n' >odd.csv
"$TOCSIN" join "$url" --bots odd.csv 2>err && fail "a line is a seat and a token"
grep -q '^odd.csv:1: each line is a seat and its token' err || fail "and the line is named" "$(cat err)"

[ $failed -eq 0 ] && echo "the text console and bots hold"
exit $failed
