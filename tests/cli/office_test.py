"""The page that `tocsin serve` gives browsers: a seat is played through it in headless Chromium."""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from web_client import Client  # noqa: E402

TOCSIN = sys.argv[1]
FOLDER = tempfile.mkdtemp(prefix="tocsin-office-")
failed = 0


def check(promise, holds, found=""):
    global failed
    if not holds:
        failed += 1
        print(f"FAILED: {promise} {found}")


class Browser:
    """Chromium by its debugging protocol."""

    def __init__(self):
        self.child = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
             "--remote-allow-origins=*", "--window-size=1400,1100", f"--user-data-dir={FOLDER}/browser", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for line in self.child.stderr:
            found = re.search(r"127\.0\.0\.1:(\d+)/", line)
            if found:
                break
        self.port = int(found.group(1))
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/json/list", timeout=20) as answer:
            page = [p for p in json.load(answer) if p["type"] == "page"][0]
        self.client = Client(self.port, headers="", path=re.sub(r"^ws://[^/]*", "", page["webSocketDebuggerUrl"]))
        self.number = 0
        self.seen = []
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")

    def call(self, method, **parameters):
        self.number += 1
        self.client.send({"id": self.number, "method": method, "params": parameters})
        while True:
            message = self.client.hear()
            assert message is not None, method
            if message.get("id") == self.number:
                return message.get("result", message)
            self.seen.append(message)

    def run(self, script):
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in result, (script, result)
        return result["result"].get("value")

    def wait(self, what, script, seconds=20):
        """Until the script gives something; None where it never does."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            value = self.run(f"(() => {{ try {{ return {script}; }} catch (e) {{ return null; }} }})()")
            if value:
                return value
            time.sleep(0.1)
        check(what, False, self.run("document.body.innerText")[:600])
        return None

    def close(self):
        self.child.terminate()
        self.child.wait()


def serve(package, tokens, *more):
    child = subprocess.Popen(
        [TOCSIN, "serve", package, "--listen", "127.0.0.1:0", "--tokens", tokens, *more],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    granted = {}
    for line in child.stderr:
        found = re.search(r"127\.0\.0\.1:(\d+)", line)
        if found:
            port = int(found.group(1))
            break
    else:
        raise RuntimeError("the server does not say where it listens")
    return child, port, granted


def text_of(browser, id):
    return browser.run(f"document.getElementById({json.dumps(id)}).innerText")


def main():
    package = os.path.join(FOLDER, "harbour")
    subprocess.run([TOCSIN, "new", package, "--quiet"], check=True)
    scenario = os.path.join(package, "scenario.lua")
    with open(scenario, encoding="utf-8") as file:
        text = file.read()
    with open(scenario, "w", encoding="utf-8") as file:
        file.write(text.replace("\nreturn drill", '\ndrill:inject { id = "I-77", at = t.hours(3), to = "gridco.dispatcher", '
                                'channel = "phone", from = "x", text = "Later.", expects = {} }\n'
                                'drill:inject { id = "I-78", at = t.seconds(5), to = "gridco.dispatcher", '
                                'from = "x", text = "See the memo.", expects = {}, attach = { "papers/memo.txt" } }\nreturn drill'))
    os.mkdir(os.path.join(package, "papers"))
    with open(os.path.join(package, "papers", "memo.txt"), "w", encoding="utf-8") as file:
        file.write("Keep calm. 保持冷静。\n" * 3000)
    people = os.path.join(FOLDER, "people.csv")
    with open(people, "w", encoding="utf-8") as file:
        file.write("name,seats\nAda,gridco.dispatcher\nBo,control\n")
    subprocess.run([TOCSIN, "roster", package, people, "-o", f"{FOLDER}/slips", "--quiet"], check=True, stderr=subprocess.DEVNULL)
    with open(f"{FOLDER}/slips/slips.html", encoding="utf-8") as file:
        tokens = [t.replace(" ", "") for t in re.findall(r'class="token">([0-9a-f ]+)<', file.read())]
    server, port, _ = serve(package, f"{FOLDER}/slips/tokens", "-o", f"{FOLDER}/live.drill", "--speed", "60")
    browser = Browser()
    try:
        run_it(browser, port, tokens[1])
        play(browser, port, tokens[0])
    finally:
        browser.close()
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
        shutil.rmtree(FOLDER, ignore_errors=True)
    print("ok" if failed == 0 else f"{failed} failed")
    return failed != 0


def run_it(browser, port, token):
    browser.call("Page.navigate", url=f"http://127.0.0.1:{port}/#token={token}")
    browser.wait("control has a desk of its own", "!document.getElementById('control').hidden && document.getElementById('player').hidden")
    browser.wait("with the injects", "document.querySelectorAll('#control-injects li b').length > 0")
    browser.run("document.getElementById('control-pause').click()")
    browser.wait("it has the clock stand", "document.getElementById('pace').innerText === 'Paused'")
    before = text_of(browser, "time")
    browser.run("document.getElementById('control-step').click()")
    browser.wait("and go on by a minute", f"document.getElementById('time').innerText !== {before!r}")
    browser.run("document.getElementById('hold-I-77').click()")
    browser.wait("it keeps an inject back", "document.getElementById('release-I-77') !== null")
    browser.run("document.getElementById('release-I-77').click()")
    browser.wait("and lets it go again", "document.getElementById('release-I-77') === null")
    browser.run("document.getElementById('tell-from').value = 'a neighbour'; document.getElementById('tell-text').value = 'It is dark.'; document.getElementById('tell-send').click()")
    browser.wait("it speaks as anybody", "/Recorded at/.test(document.getElementById('control-says').innerText)")
    browser.run("document.getElementById('control-resume').click()")
    browser.wait("and has it go again", "/Running/.test(document.getElementById('pace').innerText)")
    browser.call("Page.navigate", url="about:blank")


def play(browser, port, token):
    browser.call("Page.navigate", url=f"http://127.0.0.1:{port}/#token={'0' * 64}")
    browser.wait("a wrong token is refused in words", "document.getElementById('door-says').innerText.includes('token')")
    browser.call("Page.navigate", url="about:blank")
    browser.call("Page.navigate", url=f"http://127.0.0.1:{port}/#token={token}")
    browser.wait("the token in the fragment opens the desk", "!document.getElementById('desk').hidden")
    check("and it is taken out of the address", "token" not in browser.run("location.href"), browser.run("location.href"))
    check("the seat is named", "gridco.dispatcher" in text_of(browser, "who"), text_of(browser, "who"))
    check("an exercise says so", "EXERCISE" in text_of(browser, "strip"))
    browser.wait("the clock of the drill runs", "/^0:0[1-9]|^0:[1-9]|^[1-9]/.test(document.getElementById('time').innerText)")
    check("the seat's verbs are offered", browser.run("document.getElementById('act-verb').options.length") > 10)
    browser.run("document.getElementById('act-verb').value = 'note'; document.getElementById('act-verb').dispatchEvent(new Event('change'))")
    browser.run("document.getElementById('key-text').value = 'We <b>look</b> & wait.'; document.getElementById('act-do').click()")
    browser.wait("an action is acknowledged once it is recorded", "/Recorded at/.test(document.getElementById('act-says').innerText)")
    browser.wait("and stands among the tasks", "document.getElementById('tickets').innerText.includes('note')")
    check("nothing that people write becomes markup", browser.run("document.querySelectorAll('#desk b > b, #tickets b b').length") == 0)
    browser.run("document.getElementById('say-text').value = 'Are you there?'; document.getElementById('say-send').click()")
    browser.wait("a message is sent", "/Recorded at/.test(document.getElementById('say-says').innerText)")
    browser.wait("a paper that came with a message is offered", "document.querySelector('[id^=open-]') !== null")
    browser.run("document.querySelector('[id^=open-]').click()")
    browser.wait("and opens in the page, whole", "document.querySelector('#paper-shown pre').innerText.trim().split('保持冷静').length === 3001")
    check("and can be saved", browser.run("document.getElementById('paper-save').download") == "EXERCISE memo.txt")
    browser.run("document.getElementById('paper-close').click()")
    browser.wait("the steps of the emergency plan are shown", "document.querySelectorAll('#plan li').length > 0")
    browser.run("document.getElementById('act-verb').value = 'isolate'; document.getElementById('act-verb').dispatchEvent(new Event('change'))")
    browser.wait("messages of the drill arrive", "document.getElementById('inbox').innerText.length > 20 || document.getElementById('alarms').innerText.length > 20", 60)
    browser.run("document.getElementById('door-language').value = 'zh'; document.getElementById('door-language').dispatchEvent(new Event('change'))")
    check("the page speaks Chinese", text_of(browser, "inbox-title") == "收件箱", text_of(browser, "inbox-title"))
    untranslated = browser.run("Array.from(document.querySelectorAll('#desk [data-word]')).filter(e => /^[A-Za-z ]+$/.test(e.innerText) && e.innerText !== 'TLP').map(e => e.innerText).join()")
    check("all of it", untranslated == "", untranslated)
    small = browser.run("Array.from(document.querySelectorAll('button, input, select, textarea')).filter(e => e.offsetParent !== null && !e.labels?.length && !e.innerText && !e.placeholder).length")
    check("every control has a name", small == 0, small)
    foreign = [m["params"]["request"]["url"] for m in browser.seen if m.get("method") == "Network.requestWillBeSent"
               and not m["params"]["request"]["url"].startswith((f"http://127.0.0.1:{port}/", "data:", "about:"))]
    check("the page asks nobody else", not foreign, foreign)
    logged = [m["params"] for m in browser.seen if m.get("method") in ("Runtime.exceptionThrown",)
              or (m.get("method") == "Log.entryAdded" and m["params"]["entry"]["level"] == "error")]
    check("and has no error to log", not logged, str(logged)[:400])
    browser.run("document.getElementById('stop').click(); document.getElementById('stop-word').value = 'fire'; document.getElementById('stop-yes').click()")
    browser.wait("a real emergency stops the drill on every screen", "!document.getElementById('stopped').hidden")
    folder = os.environ.get("TOCSIN_PICTURES")
    if folder:
        import base64
        browser.run("document.getElementById('stopped').hidden = true")
        with open(os.path.join(folder, "office.png"), "wb") as file:
            file.write(base64.b64decode(browser.call("Page.captureScreenshot")["data"]))


sys.exit(main())
