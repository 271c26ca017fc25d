//! The simulated clock on this side, and every way a moment is written. Instants are Unix milliseconds unless a name says seconds.

import { language, t } from "./words.js";

// The people of a sandbox live where the desk is, wherever the browser stands; `?zone=` shows another place.
const zone = new URLSearchParams(location.search).get("zone") ?? "Asia/Ho_Chi_Minh";

const base = { simulated: Date.now(), real: performance.now(), speed: 1 };

/** Sets this clock by what the server said just now. */
export function sync({ now_ms: now, speed }) {
  base.simulated = now;
  base.real = performance.now();
  base.speed = speed;
}

/** The simulated time now. */
export function now() {
  return base.simulated + (performance.now() - base.real) * base.speed;
}

/** Simulated seconds per second; 0 when time stands still. */
export function speed() {
  return base.speed;
}

const formats = new Map();

function write(options, instant) {
  const key = language() + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(language() === "vi" ? "vi-VN" : "en-GB", { timeZone: zone, hourCycle: "h23", ...options }));
  }
  return formats.get(key).format(instant);
}

const SHORT_TIME = { hour: "2-digit", minute: "2-digit" };
const LONG_TIME = { ...SHORT_TIME, second: "2-digit" };
const SHORT_DATE = { day: "2-digit", month: "2-digit", year: "numeric" };
const LONG_DATE = { day: "numeric", month: "long", year: "numeric" };

/** A moment as Discord writes `<t:…:style>`: t T d D f F R, f when the style is unknown. */
export function stamp(instant, style) {
  switch (style) {
    case "t": return write(SHORT_TIME, instant);
    case "T": return write(LONG_TIME, instant);
    case "d": return write(SHORT_DATE, instant);
    case "D": return write(LONG_DATE, instant);
    case "F": return `${write({ weekday: "long" }, instant)}, ${write(LONG_DATE, instant)} ${write(SHORT_TIME, instant)}`;
    case "R": return relative(instant - now());
    default: return `${write(LONG_DATE, instant)} ${write(SHORT_TIME, instant)}`;
  }
}

const STEPS = [["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]];

function relative(distance) {
  const seconds = Math.round(distance / 1000);
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? STEPS.at(-1);
  return new Intl.RelativeTimeFormat(language(), { numeric: "always" }).format(Math.round(seconds / size), unit);
}

/** The time of day, for a message's line. */
export function timeOfDay(instant) {
  return write(SHORT_TIME, instant);
}

/** The calendar day as a key that two messages of one day share. */
export function dayKey(instant) {
  return write(SHORT_DATE, instant);
}

/** The day for people: today, yesterday, or the whole date. */
export function dayWords(instant) {
  if (dayKey(instant) === dayKey(now())) return t("date.today");
  if (dayKey(instant) === dayKey(now() - 86_400_000)) return t("date.yesterday");
  return `${write({ weekday: "long" }, instant)}, ${write(LONG_DATE, instant)}`;
}

/** What the clock bar shows: the date, the same without its year, and the time. */
export function barWords() {
  const instant = now();
  const day = { weekday: "short", day: "2-digit", month: "2-digit" };
  return { date: write({ ...day, year: "numeric" }, instant), short: write(day, instant), time: write(LONG_TIME, instant) };
}

/** Rewrites every relative moment on the page; words that stay the same are left alone. */
export function tick() {
  for (const node of document.querySelectorAll("time[data-style=R]")) {
    const words = stamp(Number(node.dataset.instant), "R");
    if (node.textContent !== words) node.textContent = words;
  }
}
