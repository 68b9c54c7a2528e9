/* The wire, protocol tocsin.1: one connection that comes back by itself, and what it has told. What
   was sent and not answered is sent again under its old name: the server does it once, ever. */
"use strict";

const Link = (function () {
  const told = { lists: {}, truth: {}, catalogue: { assets: [], verbs: [], addressees: [] }, welcome: null, seat: "", clock: null, head: "" };
  const waiting = new Map(); // id -> { frame, done }
  let socket = null, token = "", language = "en", last = 0, wait = 500, closed = true, counter = 0, on = {};

  function address() {
    return (location.protocol === "https:" ? "wss://" : "ws://") + location.host + "/";
  }

  function send(frame) {
    if (socket !== null && socket.readyState === 1 && told.welcome !== null) { socket.send(JSON.stringify(frame)); }
  }

  /* Names of this page's own, never used twice in a drill. */
  function name() {
    const random = new Uint32Array(2);
    crypto.getRandomValues(random);
    return "w-" + random[0].toString(36) + random[1].toString(36) + "-" + String(++counter);
  }

  function ask(frame, done) {
    frame.id = name();
    waiting.set(frame.id, { frame: frame, done: done });
    send(frame);
  }

  function merge(lists, message) {
    if (message.whole === true) { for (const list of Object.keys(lists)) { delete lists[list]; } }
    for (const gone of message.gone || []) { if (lists[gone.list] !== undefined) { lists[gone.list].delete(gone.id); } }
    for (const [field, items] of Object.entries(message)) {
      if (!Array.isArray(items) || field === "gone") { continue; }
      if (lists[field] === undefined) { lists[field] = new Map(); }
      for (const item of items) { lists[field].set(item.id, item); }
    }
  }

  /* A paper comes in parts; a lost connection begins it anew. */
  function gather(message) {
    const asked = waiting.get(message.id);
    if (asked === undefined) { return; }
    if (message.at === 0) { asked.bytes = ""; }
    asked.bytes += atob(message.bytes || "");
    if (asked.bytes.length === message.size) {
      waiting.delete(message.id);
      asked.done(true, { name: message.name, type: message.type, bytes: asked.bytes });
    }
  }

  function answer(message, taken) {
    const asked = waiting.get(message.id);
    if (asked === undefined) { return; }
    waiting.delete(message.id);
    asked.done(taken, message);
  }

  const hear = {
    welcome: function (message) {
      told.welcome = message;
      told.seat = message.seat;
      told.catalogue = { assets: [], verbs: [], addressees: [] };
      wait = 500;
      for (const asked of waiting.values()) { send(asked.frame); }
      on.link("joined");
    },
    refused: function (message) {
      const final = ["bad-token", "expired-token", "old-protocol", "seat-taken", "ended", "not-yours"];
      if (final.includes(message.reason)) { closed = true; }
      on.refused(message, closed);
    },
    catalogue: function (message) {
      for (const field of ["assets", "verbs", "addressees"]) { told.catalogue[field].push(...(message[field] || [])); }
      if (message.more !== true) { on.catalogue(); }
    },
    event: function (message) {
      if (message.seq <= last) { return; }
      last = message.seq;
      send({ m: "seen", seq: last });
      on.event(message);
    },
    state: function (message) { merge(told.lists, message); if (message.more !== true) { on.state(); } },
    truth: function (message) { merge(told.truth, message); if (message.more !== true) { on.state(); } },
    paper: gather,
    taken: function (message) { answer(message, true); },
    "not-taken": function (message) { answer(message, false); },
    clock: function (message) { told.clock = message; on.clock(); },
    head: function (message) { told.head = message.hash; on.head(); }
  };

  function receive(text) {
    const message = JSON.parse(text);
    if (hear[message.m] !== undefined) { hear[message.m](message); }
  }

  function connect() {
    if (closed) { return; }
    socket = new WebSocket(address(), "tocsin.1");
    socket.onopen = function () {
      socket.send(JSON.stringify({ m: "hello", protocol: "tocsin.1", token: token, language: language, after: last }));
    };
    socket.onmessage = function (event) { receive(event.data); };
    socket.onclose = function () {
      told.welcome = null;
      if (closed) { on.link("closed"); return; }
      on.link("lost");
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, 8000);
    };
  }

  return {
    told: told,
    /* `handlers`: link, refused, catalogue, event, state, clock, head. */
    open: function (theToken, theLanguage, handlers) {
      token = theToken; language = theLanguage; on = handlers; closed = false; last = 0;
      connect();
    },
    act: function (verb, target, parameters, done) { ask({ m: "act", verb: verb, target: target, parameters: parameters }, done); },
    command: function (name, fields, done) { ask(Object.assign({ m: "command", command: name }, fields), done); },
    fetch: function (letter, name, done) { ask({ m: "fetch", letter: letter, name: name }, done); },
    stop: function (word) { send({ m: "stop", word: word }); },
    list: function (field) { return told.lists[field] === undefined ? [] : Array.from(told.lists[field].values()); }
  };
})();
