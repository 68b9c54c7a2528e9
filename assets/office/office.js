/* The desk: what the seat may see, and what it can do. Nothing here knows more than the wire told. */
"use strict";

(function () {
  const told = Link.told;
  const byId = function (id) { return document.getElementById(id); };
  let picked = "", unread = new Set();
  const talk = []; // what advisers were asked, and what they said

  /* -- Writing ------------------------------------------------------------------------------ */

  function make(name, text, className) {
    const element = document.createElement(name);
    if (text !== undefined) { element.textContent = text; }
    if (className !== undefined) { element.className = className; }
    return element;
  }

  /* Microseconds of the drill as "1:07:42". */
  function clock(at) {
    const seconds = Math.floor(at / 1e6), two = function (n) { return String(n).padStart(2, "0"); };
    return Math.floor(seconds / 3600) + ":" + two(Math.floor(seconds / 60) % 60) + ":" + two(seconds % 60);
  }

  function button(text, id, click) {
    const element = make("button", text);
    element.type = "button";
    element.id = id;
    element.addEventListener("click", click);
    return element;
  }

  /* Rows are made anew, and whatever had the focus has it again. */
  function rows(id, items, write) {
    const list = byId(id), focus = document.activeElement === null ? "" : document.activeElement.id;
    list.replaceChildren(...items.map(write));
    if (items.length === 0) {
      const none = make(list.tagName === "TBODY" ? "tr" : "li");
      none.append(make(list.tagName === "TBODY" ? "td" : "span", Words.of("nothing"), "nothing"));
      list.append(none);
    }
    if (focus !== "" && document.activeElement === document.body && byId(focus) !== null) { byId(focus).focus(); }
  }

  function now() { return told.clock === null ? 0 : told.clock.now; }

  /* What runs out says how long there is, and in words when it is over. */
  function limit(due) {
    if (due === undefined) { return make("span"); }
    const left = due - now();
    return make("span", left >= 0 ? clock(left) + " " + Words.of("left") + " (" + Words.of("until") + " " + clock(due) + ")"
                                  : Words.of("over") + " " + clock(-left), left < 0 ? "wrong" : left < 600e6 ? "due" : "small");
  }

  function line(item, parts) {
    const row = make("li");
    row.append(...parts);
    return row;
  }

  function small(text) { return make("div", text, "small"); }

  /* -- Doing -------------------------------------------------------------------------------- */

  function act(verb, target, parameters, says) {
    says.textContent = Words.of("sending");
    Link.act(verb, target, parameters, function (taken, message) {
      says.textContent = taken ? Words.of("taken") + " " + clock(message.at)
                               : Words.of("refused") + " " + (message.text || message.reason);
    });
  }

  function sayFor(row) { const says = make("span", "", "small"); says.setAttribute("role", "status"); row.append(says); return says; }

  function quick(row, text, id, verb, target, parameters) {
    row.append(button(text, id, function () { act(verb, target, parameters, sayFor(row)); }));
  }

  /* -- What is seen ------------------------------------------------------------------------- */

  function writeService(item) {
    const known = item.level !== undefined, low = known && item.tolerable !== undefined && item.level < item.tolerable;
    const parts = [make("b", item.name || item.id), document.createTextNode(" "),
      make("span", known ? (item.level / 10000).toFixed(1) + " % " + Words.of("met") : Words.of("unknown"), low ? "wrong" : "")];
    if (item.people > 0) { parts.push(small(item.people.toLocaleString() + " " + Words.of("without"))); }
    if (item.until !== undefined) { parts.push(small(Words.of("minimum") + ":"), limit(item.until)); }
    return line(item, parts);
  }

  function writeDuty(item) {
    const parts = [make("b", item.text || item.id), small((item.recipient || "") + " · " + Words.of("state-" + item.state))];
    if (item.state === "open") { parts.push(limit(item.due)); }
    if ((item.missing || []).length > 0) { parts.push(small(Words.of("missing") + ": " + item.missing.join(", "))); }
    return line(item, parts);
  }

  function writeDecision(item) {
    const row = line(item, [make("b", item.question || item.id), document.createTextNode(" ")]);
    if (item.state !== "open" && item.state !== "overdue") {
      row.append(small(Words.of("state-" + item.state) + ": " + (item.chosen || "")));
      return row;
    }
    row.append(limit(item.due), make("br"));
    (item.options || []).forEach(function (option, at) { quick(row, option, "decide-" + item.id + "-" + at, "decide", item.id, { option: option }); });
    return row;
  }

  function writeOrder(item) {
    const mine = item.to === told.seat;
    const row = line(item, [make("b", item.text || ""), small(item.id + " · " + (mine ? item.from : item.to) + " · " + Words.of("state-" + item.stage))]);
    if (item.due !== undefined && !item.stage.startsWith("done")) { row.append(limit(item.due)); }
    if (mine && (item.stage === "given" || item.stage === "overdue")) { quick(row, Words.of("acknowledge"), "ack-" + item.id, "acknowledge_order", "", { order: item.id }); }
    if (mine && !item.stage.startsWith("done")) { quick(row, Words.of("fulfil"), "fulfil-" + item.id, "fulfil_order", "", { order: item.id }); }
    return row;
  }

  function writeApproval(item) {
    const row = line(item, [make("b", item.text || ""), small(item.id + " · " + (item.from || "") + " · " + Words.of("state-" + item.state))]);
    if (item.state === "asked") {
      row.append(limit(item.due), make("br"));
      quick(row, Words.of("approve"), "approve-" + item.id, "approve", item.id, {});
      quick(row, Words.of("reject"), "reject-" + item.id, "reject", item.id, {});
    }
    return row;
  }

  function nameOf(id) {
    const own = told.catalogue.assets.find(function (a) { return a.id === id; });
    return own === undefined || own.name === undefined || own.name === id ? id : own.name + " (" + id + ")";
  }

  function writeAlarm(item) {
    const row = make("tr", undefined, item.state);
    const last = make("td");
    row.append(make("td", item.at === undefined ? "" : clock(item.at), "time"), make("td", nameOf(item.asset || item.id)), make("td", Words.of("state-" + (item.text || "unknown"))), make("td", Words.of("state-" + item.state)), last);
    if (item.state === "unacknowledged") {
      last.append(button(Words.of("acknowledge"), "alarm-" + item.id, function () { act("acknowledge_alarm", item.asset || item.id, {}, byId("act-says")); }));
    }
    return row;
  }

  function writeAsset(item) {
    const belief = told.lists.assets === undefined ? undefined : told.lists.assets.get(item.id);
    const operation = belief === undefined ? undefined : belief.operation;
    const row = make("tr"), first = make("td");
    first.append(button(item.name || item.id, "asset-" + item.id, function () { pick(item.id); }));
    row.append(first, make("td", item.kind || ""), make("td", Words.of("state-" + (operation || "unknown")) + (belief !== undefined && belief.finding !== undefined ? " · " + belief.finding : ""), SmallMap.isDown(operation) ? "wrong" : ""),
      make("td", belief === undefined || belief.seen === undefined ? "" : clock(belief.seen) + " " + (belief.source || ""), "time"));
    return row;
  }

  /* Text and pictures open in the page; anything else is saved. */
  function showPaper(paper) {
    const address = "data:" + paper.type + ";base64," + btoa(paper.bytes);
    const shown = byId("paper-shown");
    byId("paper-name").textContent = paper.name;
    if (paper.type.startsWith("image/")) {
      const image = make("img");
      image.src = address;
      image.alt = paper.name;
      shown.replaceChildren(image);
    } else if (paper.type.startsWith("text/")) {
      const bytes = Uint8Array.from(paper.bytes, function (c) { return c.charCodeAt(0); });
      shown.replaceChildren(make("pre", new TextDecoder().decode(bytes)));
    } else { shown.replaceChildren(); }
    byId("paper-save").href = address;
    byId("paper-save").download = paper.name;
    byId("paper").showModal();
  }

  function offerPapers(row, item) {
    (item.attached || []).forEach(function (name, at) {
      row.append(button(name, "open-" + item.number + "-" + at, function () {
        const says = sayFor(row);
        says.textContent = Words.of("sending");
        Link.fetch(item.id, name, function (taken, answer) {
          says.textContent = taken ? "" : Words.of("refused") + " " + (answer.text || answer.reason);
          if (taken) { showPaper(answer); }
        });
      }));
    });
  }

  function writeStep(item) {
    const row = line(item, [make("b", (item.state === "done" || item.state === "late" ? "☑ " : "☐ ") + (item.text || item.id)),
      small([item.role, item.condition, Words.of("state-" + item.state), item.own === true ? Words.of("own") : ""].filter(Boolean).join(" · "))]);
    if (item.state === "open" && item.due !== undefined) { row.append(limit(item.due)); }
    if (item.own === true && item.verb !== undefined && item.state === "open") {
      quick(row, Words.of("verb-" + item.verb), "step-" + item.id, item.verb, item.target || "", { step: item.id });
    }
    return row;
  }

  function writeZone(item) {
    return line(item, [make("b", item.text || item.id), small(Words.of("alarms") + ": " + (item.alarms || 0) + (item.alerts === undefined ? "" : " · " + Words.of("alerts") + ": " + item.alerts))]);
  }

  function writeLetter(item) {
    const row = make("li", undefined, unread.has(item.number) ? "unread" : "");
    row.append(make("b", item.from || ""), small(item.id + " · " + clock(item.at) + " · " + Words.of("channel-" + (item.channel || "")) + (item.marking !== undefined ? " · " + item.marking : "")), make("div", item.text || ""));
    offerPapers(row, item);
    const reply = button(Words.of("reply"), "reply-" + item.number, function () {
      const choice = Array.from(byId("say-to").options).find(function (o) { return o.value === item.from || o.dataset.name === item.from; });
      if (choice !== undefined) { byId("say-to").value = choice.value; }
      unread.delete(item.number);
      byId("say-text").focus();
      writeInbox();
    });
    row.append(reply);
    return row;
  }

  /* What advisers were asked, and what they said. */
  function writeTalk() {
    byId("talk").parentElement.hidden = talk.length === 0;
    rows("talk", talk.slice().reverse(), function (m) { return line(m, [make("b", m.actor), small(clock(m.at) + " · " + Words.of("to") + " " + m.subject), make("div", m.text || "")]); });
  }

  function writeInbox() {
    rows("inbox", Link.list("inbox").sort(function (a, b) { return b.number - a.number; }), writeLetter);
    byId("inbox-count").textContent = unread.size === 0 ? "" : unread.size + " " + Words.of("unread");
  }

  function writeTicket(item) {
    return line(item, [make("b", Words.of("verb-" + item.verb) + " " + nameOf(item.target || "")), small(item.id + " · " + Words.of("state-" + item.stage) + (item.why ? ": " + item.why : "")), item.due === undefined ? make("span") : limit(item.due)]);
  }

  function writeAssets() {
    const filter = byId("assets-filter").value.toLowerCase();
    rows("assets", told.catalogue.assets.filter(function (a) { return (a.id + " " + (a.name || "") + " " + (a.kind || "")).toLowerCase().includes(filter); }).slice(0, 200), writeAsset);
    const drawn = SmallMap.draw(byId("map"), told.catalogue.assets.slice(0, 400), told.lists.assets || new Map(), picked, pick);
    byId("map").parentElement.hidden = drawn === 0;
  }

  function write() {
    const open = function (a) { return ["done", "late", "missed"].includes(a.state) ? 1 : 0; };
    const newest = function (a, b) { return (b.at || 0) - (a.at || 0); };
    rows("services", Link.list("services"), writeService);
    rows("duties", Link.list("duties").sort(function (a, b) { return open(a) - open(b) || (a.due || 0) - (b.due || 0); }), writeDuty);
    rows("zones", Link.list("zones").filter(function (z) { return (z.alarms || 0) + (z.alerts || 0) > 0; }).sort(function (a, b) { return (b.alarms || 0) - (a.alarms || 0); }), writeZone);
    rows("plan", Link.list("plan").filter(function (s) { return s.applies === true || s.due !== undefined || s.state !== "open" || s.own === true; }), writeStep);
    rows("decisions", Link.list("decisions"), writeDecision);
    rows("orders", Link.list("orders").sort(newest), writeOrder);
    rows("approvals", Link.list("approvals"), writeApproval);
    rows("board", Link.list("board"), function (i) { return line(i, [make("b", i.text || ""), small((i.by || "") + (i.at === undefined ? "" : " · " + clock(i.at)))]); });
    const alarms = Link.list("alarms").filter(function (a) { return a.state !== "normal"; }).sort(newest);
    rows("alarms", alarms.slice(0, 200), writeAlarm);
    byId("alarms-count").textContent = String(alarms.length);
    rows("tickets", Link.list("tickets").reverse(), writeTicket);
    rows("log", Link.list("log").sort(newest), function (i) { return line(i, [small(clock(i.at)), make("span", i.text || "")]); });
    writeInbox();
    writeAssets();
  }

  /* -- What can be done --------------------------------------------------------------------- */

  function pick(id) { picked = id; byId("act-target").value = id; writeAssets(); byId("act-verb").focus(); }

  function options(id, list) {
    byId(id).replaceChildren(...list.map(function (o) { const option = make("option", o.text); option.value = o.value; if (o.name !== undefined) { option.dataset.name = o.name; } return option; }));
  }

  function writeVerb() {
    const verb = told.catalogue.verbs.find(function (v) { return v.id === byId("act-verb").value; });
    if (verb === undefined) { return; }
    const facts = [Words.help(verb.id, verb.help || "")];
    facts.push(Words.of("lasts") + ": " + (verb.lasts === undefined ? Words.of("takes-varies") : verb.lasts === 0 ? Words.of("at-once") : clock(verb.lasts)));
    if (verb.approval === true) { facts.push(Words.of("needs-approval")); }
    if (verb.final === true) { facts.push(Words.of("final")); }
    byId("act-help").textContent = facts.filter(Boolean).join(" · ");
    byId("act-target-row").hidden = verb.target === undefined;
    const ids = verb.target === "seat" ? told.catalogue.addressees : verb.target === "element" || verb.target === "area" ? told.catalogue.assets : [];
    byId("act-targets").replaceChildren(...ids.map(function (i) { const option = make("option", i.name || ""); option.value = i.id; return option; }));
    byId("act-keys").replaceChildren(...(verb.keys || []).flatMap(function (key) {
      const label = make("label", Words.of("key-" + key)), input = make(key === "text" ? "textarea" : "input");
      input.id = "key-" + key;
      input.dataset.key = key;
      label.htmlFor = input.id;
      return [label, input];
    }));
  }

  function writeCatalogue() {
    options("act-verb", told.catalogue.verbs.map(function (v) { return { value: v.id, text: Words.of("verb-" + v.id) }; }).sort(function (a, b) { return a.text.localeCompare(b.text); }));
    options("say-to", told.catalogue.addressees.map(function (a) { return { value: a.id, text: a.name !== undefined && a.name !== a.id ? a.name + " (" + a.id + ")" : a.id, name: a.name }; }));
    options("say-channel", Words.channels.filter(function (c) { return ["phone", "email", "radio", "sms", "chat", "in-person"].includes(c); }).map(function (c) { return { value: c, text: Words.of("channel-" + c) }; }));
    byId("say-channel").value = "chat";
    options("say-tlp", ["", "CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"].map(function (t) { return { value: t, text: t === "" ? "–" : t }; }));
    Control.catalogue(options);
    writeVerb();
    writeAssets();
  }

  function onAct(event) {
    event.preventDefault();
    const parameters = {};
    for (const input of byId("act-keys").querySelectorAll("[data-key]")) { if (input.value !== "") { parameters[input.dataset.key] = input.value; } }
    act(byId("act-verb").value, byId("act-target-row").hidden ? "" : byId("act-target").value.trim(), parameters, byId("act-says"));
  }

  function onSay(event) {
    event.preventDefault();
    const parameters = { text: byId("say-text").value, channel: byId("say-channel").value };
    if (byId("say-tlp").value !== "") { parameters.tlp = byId("say-tlp").value; }
    const to = byId("say-to").value, asks = to.startsWith("adviser."), advises = told.seat.startsWith("adviser.");
    act(asks ? "consult" : advises ? "advise" : "notify_peer", to, asks || advises ? { text: parameters.text } : parameters, byId("say-says"));
    byId("say-text").value = "";
  }

  /* -- The connection ----------------------------------------------------------------------- */

  function showStop(text) {
    byId("stopped-text").textContent = text;
    byId("stopped").hidden = false;
    byId("stopped-seen").focus();
  }

  const handlers = {
    link: function (state) {
      byId("link").textContent = Words.of(state);
      byId("notice").hidden = state !== "lost";
      byId("notice").textContent = state === "lost" ? Words.of("lost") : "";
      if (state !== "joined") { return; }
      const welcome = told.welcome;
      Control.show(welcome);
      byId("door").hidden = true;
      byId("desk").hidden = false;
      byId("title").textContent = welcome.title || "";
      byId("who").textContent = welcome.seat + (welcome.owner !== undefined ? " · " + welcome.owner : "");
      byId("strip").textContent = Words.of("strip") + (welcome.classification !== undefined ? " · " + welcome.classification : "");
      document.title = (welcome.title || "Tocsin") + " · " + welcome.seat;
    },
    refused: function (message, final) {
      const text = message.text || message.reason;
      if (final && !byId("door").hidden) { byId("door-says").textContent = text; return; }
      byId("notice").hidden = false;
      byId("notice").textContent = text;
    },
    catalogue: writeCatalogue,
    state: function () { write(); Control.write(); },
    event: function (message) {
      if (message.kind === "message") { unread.add(message.number); }
      if (message.kind === "chat") { talk.push(message); writeTalk(); }
      if (message.kind === "drill" && message.verb === "stopped") { showStop(message.text || ""); }
    },
    clock: function () {
      const c = told.clock;
      byId("time").textContent = clock(c.now);
      byId("pace").textContent = c.over === true ? Words.of("ended") : c.paused === true ? Words.of("paused")
        : c.pace === "talk" ? Words.of("talking") + " " + (c.ready || 0) + "/" + (c.people || 0) : Words.of(c.pace === "script" ? "script" : "running") + " ×" + c.speed / 1000;
      for (const id of ["duties", "services", "decisions", "orders"]) { if (byId(id).contains(document.activeElement)) { return; } }
      rows("duties", Link.list("duties"), writeDuty);
    },
    head: function () { byId("head").textContent = Words.of("head") + " " + told.head.slice(0, 16); }
  };

  function join(token) {
    byId("door-says").textContent = Words.of("sending");
    Link.open(token, byId("door-language").value, handlers);
  }

  function speak() { Words.speak(byId("door-language").value); Words.fill(); byId("assets-filter").placeholder = Words.of("filter"); byId("map-legend").textContent = Words.of("legend"); }

  byId("door-language").value = navigator.language.startsWith("zh") ? "zh" : "en";
  byId("door-language").addEventListener("change", speak);
  byId("door-form").addEventListener("submit", function (event) { event.preventDefault(); join(byId("door-token").value.replace(/\s+/g, "")); });
  byId("act-verb").addEventListener("change", writeVerb);
  byId("act").addEventListener("submit", onAct);
  byId("say").addEventListener("submit", onSay);
  byId("assets-filter").addEventListener("input", writeAssets);
  byId("dark").addEventListener("click", function () { const dark = document.documentElement.classList.toggle("dark"); byId("dark").textContent = Words.of(dark ? "light" : "dark"); });
  byId("stop").addEventListener("click", function () { byId("stop-ask").showModal(); });
  byId("stop-ask").addEventListener("close", function () { if (byId("stop-ask").returnValue === "yes") { Link.stop(byId("stop-word").value); } });
  byId("stopped-seen").addEventListener("click", function () { byId("stopped").hidden = true; });
  Control.begin({ byId: byId, make: make, button: button, rows: rows, line: line, small: small, clock: clock, sayFor: sayFor });
  speak();

  /* "#token=..." is taken out of the address at once: it is never sent, and not kept in the history. */
  const found = new URLSearchParams(location.hash.slice(1));
  if (found.get("language") !== null) { byId("door-language").value = found.get("language"); speak(); }
  if (found.get("token") !== null) {
    history.replaceState(null, "", location.pathname);
    byId("door-token").value = found.get("token");
    join(found.get("token"));
  }
})();
