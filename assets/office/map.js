/* The small map: the team's own assets where they stand, as they are believed to be. */
"use strict";

const SmallMap = (function () {
  const SPACE = "http://www.w3.org/2000/svg", WIDTH = 600, HEIGHT = 300, EDGE = 24;
  const DOWN = ["off", "failed", "stopping"];

  function make(name, attributes) {
    const element = document.createElementNS(SPACE, name);
    for (const [key, value] of Object.entries(attributes)) { element.setAttribute(key, value); }
    return element;
  }

  /* Assets that no file places stand in rows below each other. */
  function place(assets) {
    const stands = assets.filter(function (a) { return a.x !== undefined || a.y !== undefined; });
    const xs = stands.map(function (a) { return a.x || 0; }), ys = stands.map(function (a) { return a.y || 0; });
    const left = Math.min(...xs), top = Math.min(...ys);
    const wide = Math.max(1, Math.max(...xs) - left), high = Math.max(1, Math.max(...ys) - top);
    const scale = Math.min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high);
    return stands.map(function (a) {
      return { asset: a, x: EDGE + ((a.x || 0) - left) * scale + (WIDTH - 2 * EDGE - wide * scale) / 2,
               y: HEIGHT - EDGE - ((a.y || 0) - top) * scale - (HEIGHT - 2 * EDGE - high * scale) / 2 };
    });
  }

  /* A label goes where no other one is yet; where there is no room it is left out, and stays in the
     list of assets and in the title. */
  function label(svg, taken, at) {
    const text = at.asset.name || at.asset.id, wide = 6.4 * text.length + 4;
    for (const [dx, dy, anchor] of [[8, 4, "start"], [-8, 4, "end"], [0, -9, "middle"], [0, 18, "middle"]]) {
      const x = at.x + dx - (anchor === "end" ? wide : anchor === "middle" ? wide / 2 : 0), y = at.y + dy - 10;
      const free = x > 2 && x + wide < WIDTH - 2 && taken.every(function (t) {
        return x + wide < t.x || t.x + t.wide < x || y + 13 < t.y || t.y + 13 < y;
      });
      if (free) {
        taken.push({ x: x, y: y, wide: wide });
        const element = make("text", { x: at.x + dx, y: at.y + dy, "text-anchor": anchor });
        element.textContent = text;
        svg.append(element);
        return;
      }
    }
  }

  /* A square that is down has a cross besides its colour. */
  function mark(svg, at, belief, picked) {
    const group = make("g", {});
    const operation = belief === undefined ? undefined : belief.operation;
    const down = DOWN.includes(operation);
    const square = make("rect", { x: at.x - 5, y: at.y - 5, width: 10, height: 10,
      class: "asset" + (down ? " down" : operation === undefined ? " unknown" : "") + (picked ? " picked" : "") });
    const title = make("title", {});
    title.textContent = (at.asset.name || at.asset.id) + ": " + Words.of("state-" + (operation || "unknown"));
    group.append(square, title);
    if (down) { group.append(make("path", { d: "M" + (at.x - 3) + " " + (at.y - 3) + "l6 6m0-6l-6 6", stroke: "#fff", "stroke-width": 1.5 })); }
    svg.append(group);
    return group;
  }

  return {
    draw: function (svg, assets, beliefs, picked, pick) {
      const taken = [];
      svg.replaceChildren();
      const places = assets.length === 0 ? [] : place(assets);
      for (const at of places) { taken.push({ x: at.x - 6, y: at.y - 8, wide: 12 }); }
      for (const at of places) {
        mark(svg, at, beliefs.get(at.asset.id), at.asset.id === picked).addEventListener("click", function () { pick(at.asset.id); });
      }
      for (const at of places) { label(svg, taken, at); }
      svg.setAttribute("aria-label", Words.of("map") + ": " + String(places.length));
      return places.length;
    },
    isDown: function (operation) { return DOWN.includes(operation); }
  };
})();
