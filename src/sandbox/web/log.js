//! The messages of the open channel: loading, drawing only what changed, staying at the newest, telling a screen reader.

import * as api from "./api.js";
import { dayKey, dayWords } from "./clock.js";
import { compareIds, el, icon } from "./dom.js";
import { isNotice, preview, renderMessage } from "./message.js";
import { language, t } from "./words.js";
import { authorName, BOT, channel, known, markRead } from "./world.js";

const PAGE = 50;
/** As many as the server hands out at once: what a refresh can renew. */
const MOST = 100;
const TOGETHER_MS = 7 * 60_000;

const list = el("ol", { class: "messages" });
const older = el("button", { class: "button quiet older", type: "button", hidden: true });
const start = el("p", { class: "start" });
const newest = el("button", { class: "button primary newest", type: "button", hidden: true });
const dismissed = new Set();
const troubles = new Map();
let drawn = new Map();
let loaded = [];
let place = null;
let hooks = {};
let area = null;
let more = false;
let atEnd = true;

/** Puts the message list into the page; `given` are the hooks of message.js. */
export function mountLog(node, given) {
  area = node;
  hooks = { ...given, jump, dismiss, report };
  area.append(older, start, list);
  area.after(newest);
  older.addEventListener("click", loadOlder);
  newest.addEventListener("click", () => toEnd());
  let top = 0;
  area.addEventListener("scroll", () => {
    // Only a person scrolls up; a list that grew leaves the place where it was.
    if (area.scrollHeight - area.scrollTop - area.clientHeight < 60) atEnd = true;
    else if (area.scrollTop < top) atEnd = false;
    top = area.scrollTop;
    if (atEnd) newest.hidden = true;
  }, { passive: true });
  // A picture that arrives late, or a card that grows, must not push the newest words out of sight.
  new ResizeObserver(() => atEnd && toEnd()).observe(list);
  new ResizeObserver(() => atEnd && toEnd()).observe(area);
  list.addEventListener("keydown", walk);
}

/** Shows the open channel, from scratch when it is another one or another person's. */
export async function showLog() {
  const wanted = `${known.me}/${known.channel}/${language()}`;
  const fresh = wanted !== place;
  if (fresh) {
    place = wanted;
    loaded = [];
    drawn = new Map();
    atEnd = true;
    more = false;
    list.replaceChildren();
    newest.hidden = true;
    start.textContent = known.channel ? t("log.loading") : "";
  }
  if (!known.channel || known.channel === BOT) {
    draw();
    return;
  }
  try {
    const limit = Math.min(MOST, Math.max(PAGE, loaded.length));
    const { messages } = await api.messages(known.me, known.channel, limit);
    if (wanted !== place) return;
    if (fresh) more = messages.length >= limit;
    take(messages, limit, fresh);
  } catch (error) {
    if (wanted === place) start.textContent = t("log.failed", { why: error.message });
  }
}

/** Draws what is loaded once more: a thread got a name, a press failed. */
export function redrawLog() {
  draw();
}

/** The loaded message with an id. */
export function findMessage(id) {
  return loaded.find((message) => message.id === id);
}

/** Moves the focus to the newest message. */
export function focusNewest() {
  list.lastElementChild?.focus();
}

// The newest page replaces what was loaded from its oldest message on; older pages stay.
function take(messages, limit, fresh) {
  const before = new Set(loaded.map((message) => message.id));
  const oldest = messages.length >= limit ? messages[0].id : null;
  // So many came at once that some between were never loaded: begin anew from the newest page.
  const gap = oldest && loaded.length > 0 && compareIds(loaded.at(-1).id, oldest) < 0;
  if (gap) more = true;
  const kept = oldest && !gap ? loaded.filter((message) => compareIds(message.id, oldest) < 0) : [];
  loaded = [...kept, ...messages];
  draw();
  markRead(known.channel);
  const added = messages.filter((message) => !before.has(message.id) && !message.deleted);
  if (fresh || !added.length) return;
  const last = added.at(-1);
  // One's own words, and an answer meant for oneself alone, are what one is waiting for.
  if (added.some((message) => message.ephemeral || message.author.id === known.me)) {
    atEnd = true;
    toEnd();
  } else if (!atEnd) newest.hidden = false;
  if (last.author.id !== known.me) hooks.announce(t("log.says", { name: authorName(last.author), text: preview(last) }));
}

async function loadOlder() {
  const wanted = place;
  older.disabled = true;
  try {
    const { messages } = await api.messages(known.me, known.channel, PAGE, loaded[0]?.id);
    if (wanted !== place) return;
    const height = area.scrollHeight;
    more = messages.length >= PAGE;
    loaded = [...messages, ...loaded];
    draw();
    area.scrollTop += area.scrollHeight - height;
  } catch (error) {
    start.textContent = t("log.failed", { why: error.message });
  } finally {
    older.disabled = false;
  }
}

function draw() {
  const entries = [];
  let previous = null;
  for (const message of loaded.filter((each) => !each.deleted && !dismissed.has(each.id))) {
    const instant = Date.parse(message.timestamp);
    if (!previous || dayKey(Date.parse(previous.timestamp)) !== dayKey(instant)) {
      const words = dayWords(instant);
      entries.push({ key: `day-${dayKey(instant)}`, look: words, make: () => el("li", { class: "day" }, el("span", {}, words)) });
      previous = null;
    }
    const compact = together(previous, message);
    const trouble = troubles.get(message.id);
    const look = JSON.stringify([message, compact, trouble, channel(message.id)], unsigned);
    entries.push({ key: message.id, look, make: () => renderMessage(message, { compact, trouble, hooks }) });
    previous = message;
  }
  const focused = focusWithin();
  arrange(entries);
  restoreFocus(focused);
  newest.replaceChildren(icon("down"), t("log.newest"));
  older.textContent = t("log.older");
  older.hidden = !more;
  start.textContent = more || !known.channel ? "" : t("place.start", { name: hooks.placeName() });
  if (atEnd) toEnd();
}

// Keeps the node of what looks as before; so focus, open spoilers and pictures stay.
function arrange(entries) {
  const wanted = new Set(entries.map((entry) => entry.key));
  for (const [key, { node }] of drawn) if (!wanted.has(key)) node.remove();
  const next = new Map();
  let at = list.firstElementChild;
  for (const { key, look, make } of entries) {
    const old = drawn.get(key);
    const node = old?.look === look ? old.node : make();
    if (old && old.node !== node) {
      if (at === old.node) at = at.nextElementSibling;
      old.node.remove();
    }
    if (node === at) at = at.nextElementSibling;
    else list.insertBefore(node, at);
    next.set(key, { node, look });
  }
  drawn = next;
}

// The same file gets a new signature at each reading.
function unsigned(key, value) {
  return (key === "url" || key === "proxy_url") && typeof value === "string" ? value.split("?")[0] : value;
}

function together(previous, message) {
  return Boolean(previous) && previous.author.id === message.author.id && !isNotice(previous) && !isNotice(message)
    && !message.embeds?.length && !message.referenced_message && !message.interaction && !message.interaction_metadata?.name
    && Boolean(previous.ephemeral) === Boolean(message.ephemeral)
    && Date.parse(message.timestamp) - Date.parse(previous.timestamp) < TOGETHER_MS;
}

function focusWithin() {
  const node = document.activeElement;
  const item = node?.closest?.(".messages > li");
  return item ? { id: item.dataset.id, custom: node.dataset.custom, node } : null;
}

function restoreFocus(focused) {
  if (!focused || focused.node.isConnected) return;
  const item = drawn.get(focused.id)?.node;
  const same = [...item?.querySelectorAll("[data-custom]:not(:disabled)") ?? []].find((node) => node.dataset.custom === focused.custom);
  (same ?? item ?? list.lastElementChild)?.focus({ preventScroll: true });
}

function toEnd() {
  area.scrollTop = area.scrollHeight;
  newest.hidden = true;
}

function jump(id) {
  const node = drawn.get(id)?.node;
  node?.scrollIntoView({ block: "center" });
  node?.focus({ preventScroll: true });
}

function dismiss(message) {
  dismissed.add(message.id);
  draw();
}

function report(message, words) {
  if (words) troubles.set(message.id, words);
  else troubles.delete(message.id);
  draw();
}

// Up and down go from message to message while one of them has the focus.
function walk(event) {
  if (!event.target.matches(".messages > li")) return;
  const step = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
  if (!step) return;
  event.preventDefault();
  let node = event.target[step];
  while (node?.classList.contains("day")) node = node[step];
  node?.focus();
}
