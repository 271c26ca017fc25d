//! The simulated clock at the top: date, time, how fast it runs, an hour or a day ahead.

import * as api from "./api.js";
import { barWords, speed, sync, tick } from "./clock.js";
import { el } from "./dom.js";
import { t } from "./words.js";

const SPEEDS = [1, 10, 60, 600];
const HOUR_MS = 3_600_000;
const date = el("span", { class: "clock-date" });
const short = el("span", { class: "clock-date clock-short" });
const time = el("span", { class: "clock-time" });
let buttons = [];

/** The clock's part of the bar; `trouble(words)` is told when a change failed. */
export function clockBar(trouble) {
  const change = async (wanted) => {
    try {
      sync(await api.setClock(wanted));
      showClock();
    } catch (error) {
      trouble(t("failed.why", { why: error.message }));
    }
  };
  buttons = SPEEDS.map((factor) => ({ factor, node: el("button", { class: "segment", type: "button", "aria-label": t("bar.run", { n: factor }),
    onclick: () => change({ speed: factor }) }, `×${factor}`) }));
  const ahead = (name, ms) => el("button", { class: "segment alone", type: "button", "aria-label": t(`${name}.long`),
    onclick: () => change({ advance_ms: ms }) }, t(name));
  const node = el("div", { class: "clock", role: "group", "aria-label": t("bar.clock") },
    el("div", { class: "clock-face" }, date, short, time),
    el("div", { class: "segments", role: "group", "aria-label": t("bar.speed") }, el("span", { class: "segments-name", "aria-hidden": "true" }, t("bar.speed")),
      buttons.map((button) => button.node)),
    ahead("bar.hour", HOUR_MS), ahead("bar.day", 24 * HOUR_MS));
  showClock();
  return node;
}

/** Writes the time and marks the speed; also rewrites the relative moments in messages. */
export function showClock() {
  const words = barWords();
  if (date.textContent !== words.date) date.textContent = words.date;
  if (short.textContent !== words.short) short.textContent = words.short;
  if (time.textContent !== words.time) time.textContent = words.time;
  for (const { factor, node } of buttons) node.setAttribute("aria-pressed", String(Math.abs(speed() - factor) < 0.001));
  tick();
}
