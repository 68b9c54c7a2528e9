/* The desk of those who run or watch a drill: the clock, the injects with their call cards, the seats, the
   adversary, and what is done about them. Only control has the buttons. */
"use strict";

const Control = (function () {
  let desk = null; /* what the page lends: byId, make, button, rows, line, small, clock, sayFor */
  let runs = false;

  function list(field) { return Link.told.truth[field] === undefined ? [] : Array.from(Link.told.truth[field].values()); }

  function command(name, fields, row) {
    const says = row === undefined ? desk.byId("control-says") : desk.sayFor(row);
    says.textContent = Words.of("sending");
    Link.command(name, fields, function (taken, message) {
      says.textContent = taken ? Words.of("taken") + " " + desk.clock(message.at) : Words.of("refused") + " " + (message.text || message.reason);
    });
  }

  function offer(row, name, id, fields, verb) {
    if (runs) { row.append(desk.button(Words.of("control-" + name), name + "-" + id, function () { command(verb || name, fields, row); })); }
  }

  /* What a simulator on the telephone says, and answers when asked. */
  function card(row, item) {
    if (item.script === undefined) { return; }
    const answers = item.answers || [];
    row.append(desk.make("p", "☎ " + item.script, "script"));
    for (let i = 0; i + 1 < answers.length; i += 2) { row.append(desk.small(answers[i] + " → " + answers[i + 1])); }
    if (item.state === "due" && runs) {
      row.append(desk.button(Words.of("control-called"), "called-" + item.id, function () {
        command("called", { target: item.id, parameters: { claimed: String(Math.floor(Link.told.clock.now / 1e6)) } }, row);
      }));
    }
  }

  function writeInject(item) {
    const when = item.at === undefined ? Words.of("control-by-hand") : desk.clock(item.at);
    const row = desk.line(item, [desk.make("b", item.id), document.createTextNode(" "), desk.make("span", Words.of("inject-" + item.state), item.state === "due" ? "due" : "small"),
      desk.small(when + " · " + (item.to || []).join(", ")), desk.make("div", item.text || "")]);
    card(row, item);
    if (item.state !== "delivered") {
      offer(row, "fire", item.id, { target: item.id });
      if (item.state === "held") { offer(row, "release", item.id, { target: item.id }); } else { offer(row, "hold", item.id, { target: item.id }); }
    }
    return row;
  }

  function writeSeat(item) {
    const row = desk.line(item, [desk.make("b", item.id), desk.small(Words.of("filled-" + item.filled) + (item.connected === true ? " · " + Words.of("joined") : ""))]);
    if (item.connected !== true && item.filled !== "stand-in") { offer(row, "hand-over", item.id, { target: item.id }); }
    return row;
  }

  function writeAttack(item) {
    return desk.line(item, [desk.make("b", item.id), desk.small((item.technique || "") + " " + (item.target || "") + " · " + (item.text || ""))]);
  }

  /* The one that is played has no end yet. */
  function writeBranch(item) {
    const played = item.until === undefined;
    const from = item.from === undefined ? "" : item.from + " · " + desk.clock(item.at) + " → ";
    const row = desk.line(item, [desk.make("b", item.id + (item.name === undefined ? "" : " " + item.name)), desk.small(from + (played ? Words.of("branch-played") : desk.clock(item.until)))]);
    if (!played) { offer(row, "branch-back", item.id, { target: item.id }, "branch"); }
    return row;
  }

  function writeFact(item) {
    return desk.line(item, [desk.make("b", item.id), document.createTextNode(" "), desk.make("span", item.operation || (item.level === undefined ? "" : (item.level / 10000).toFixed(1) + " %")), desk.small((item.causes || []).join(", "))]);
  }

  const order = { due: 0, pending: 1, held: 2, delivered: 3 };

  function byTime(one, other) {
    const rank = order[one.state] - order[other.state];
    return rank !== 0 ? rank : (one.state === "delivered" ? -1 : 1) * ((one.at === undefined ? 9e15 : one.at) - (other.at === undefined ? 9e15 : other.at));
  }

  /* Whoever writes into a row keeps it while he does. */
  function write() {
    if (desk.byId("control").hidden) { return; }
    desk.rows("control-injects", list("injects").sort(byTime), writeInject);
    desk.rows("control-seats", list("seats"), writeSeat);
    desk.rows("control-branches", list("branches"), writeBranch);
    desk.rows("control-attacks", list("attacks"), writeAttack);
    desk.rows("control-services", list("services"), writeFact);
    desk.rows("control-assets", list("assets").filter(function (a) { return a.operation !== "on" && a.operation !== undefined; }), writeFact);
  }

  function minutes(id) { return Math.round(Number(desk.byId(id).value) * 60e6); }

  function onTell(event) {
    event.preventDefault();
    command("tell", { target: desk.byId("tell-to").value, parameters: { from: desk.byId("tell-from").value, channel: desk.byId("tell-channel").value, text: desk.byId("tell-text").value } });
    desk.byId("tell-text").value = "";
  }

  function simple(name) { desk.byId("control-" + name).addEventListener("click", function () { command(name, {}); }); }

  return {
    begin: function (lent) {
      desk = lent;
      for (const name of ["pause", "resume", "step", "next", "end"]) { simple(name); }
      desk.byId("control-speed").addEventListener("change", function () { command("speed", { speed: Math.round(Number(desk.byId("control-speed").value) * 1000) }); });
      desk.byId("control-rewind").addEventListener("click", function () { command("rewind", { at: minutes("control-to") }); });
      desk.byId("control-branch").addEventListener("click", function () { command("branch", { parameters: { name: desk.byId("control-branch-name").value || Words.of("control-branch") } }); });
      desk.byId("tell").addEventListener("submit", onTell);
    },
    show: function (welcome) {
      const beside = welcome.role !== "player";
      runs = welcome.role === "control";
      desk.byId("control").hidden = !beside;
      desk.byId("player").hidden = beside;
      for (const element of document.querySelectorAll(".runs")) { element.hidden = !runs; }
    },
    catalogue: function (options) {
      options("tell-to", Link.told.catalogue.addressees.map(function (a) { return { value: a.id, text: a.id }; }));
      options("tell-channel", ["phone", "email", "radio", "sms", "chat", "in-person"].map(function (c) { return { value: c, text: Words.of("channel-" + c) }; }));
      desk.byId("control-next").hidden = !Link.told.catalogue.verbs.some(function (v) { return v.id === "next"; });
    },
    write: write
  };
})();
