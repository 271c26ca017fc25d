//! Where a person writes: words, files, a reply, and `/` for commands.

import * as api from "./api.js";
import { el, icon } from "./dom.js";
import { readFile, sizeWords } from "./files.js";
import { focusNewest } from "./log.js";
import { closePalette, filterPalette, movePalette, openPalette, paletteIsOpen, pickPalette } from "./palette.js";
import { t } from "./words.js";
import { authorName, BOT, channel, known } from "./world.js";

const words = el("textarea", { class: "compose-words", id: "compose-words", rows: "1", autocomplete: "off" });
const chosen = el("input", { type: "file", multiple: true, hidden: true, tabindex: "-1" });
const attach = el("button", { class: "icon-button", type: "button", onclick: () => chosen.click() }, icon("plus"));
const slash = el("button", { class: "icon-button", type: "button", id: "compose-commands" }, icon("slash"));
const send = el("button", { class: "icon-button send", type: "button", onclick: () => say() }, icon("send"));
const replying = el("div", { class: "compose-line", hidden: true });
const tray = el("ul", { class: "compose-files", hidden: true });
const notice = el("p", { class: "compose-notice", role: "alert" });
const status = el("p", { class: "compose-status", role: "status" });
const box = el("div", { class: "compose-box" }, attach, words, slash, send, chosen);

let files = [];
let reply = null;
let hooks = {};
const drafts = new Map();
let place = null;

/** Puts the composer into the page; `given`: `placeName()`, `opened(channel)` once a conversation has begun, `refresh()`. */
export function mountComposer(node, given) {
  hooks = given;
  node.append(notice, status, replying, tray, box);
  slash.addEventListener("click", () => {
    if (paletteIsOpen()) closePalette();
    else {
      words.value = "/";
      words.focus();
      showPalette();
    }
  });
  chosen.addEventListener("change", () => {
    files.push(...chosen.files);
    chosen.value = "";
    drawFiles();
    words.focus();
  });
  words.addEventListener("input", () => {
    grow();
    tell("");
    if (/^\/[^\n]*$/u.test(words.value)) showPalette();
    else closePalette();
  });
  words.addEventListener("keydown", onKey);
  words.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    files.push(...event.clipboardData.files);
    drawFiles();
  });
}

/** Draws the composer for the open channel; each channel and person keeps an unsent draft. */
export function showComposer() {
  const wanted = `${known.me}/${known.channel}`;
  if (wanted !== place) {
    if (place) drafts.set(place, words.value);
    place = wanted;
    words.value = drafts.get(wanted) ?? "";
    files = [];
    reply = null;
    tell("");
    closePalette();
  }
  const locked = channel(known.channel)?.locked ?? false;
  const label = locked ? t("compose.locked") : t("compose.label", { name: hooks.placeName() });
  words.placeholder = label;
  words.setAttribute("aria-label", label);
  box.hidden = !known.channel;
  for (const node of [words, attach, slash, send]) node.disabled = locked;
  attach.setAttribute("aria-label", t("compose.attach"));
  slash.setAttribute("aria-label", t("compose.commands"));
  slash.title = t("compose.commands");
  attach.title = t("compose.attach");
  send.setAttribute("aria-label", t("send"));
  send.title = t("send");
  drawReply();
  drawFiles();
  grow();
}

/** Begins a reply to a message. */
export function replyTo(message) {
  reply = message;
  drawReply();
  words.focus();
}

/** Moves the focus into the composer. */
export function focusComposer() {
  words.focus();
}

/** Says in the composer's line what went wrong; "" takes it away. */
export function tell(trouble) {
  notice.textContent = trouble;
}

/** Says in the composer's line that a command is on its way; "" when it has arrived. */
export function tellRunning(name) {
  status.textContent = name ? t("compose.running", { name }) : "";
}

function showPalette() {
  openPalette({ anchor: box, input: words, picked: () => {
    words.value = "";
    grow();
  } });
  filterPalette(words.value.slice(1));
}

function onKey(event) {
  if (event.isComposing) return;
  if (paletteIsOpen()) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") movePalette(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Escape") closePalette();
    else if (event.key === "Enter" && pickPalette()) closePalette();
    else return;
    event.preventDefault();
    return;
  }
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    say();
  } else if (event.key === "Escape" && reply) {
    reply = null;
    drawReply();
  } else if (event.key === "ArrowUp" && words.value === "") {
    event.preventDefault();
    focusNewest();
  }
}

let sending = false;

async function say() {
  const text = words.value.trim();
  if (sending || (!text && !files.length)) return;
  sending = true;
  const begins = known.channel === BOT;
  const from = place;
  tell("");
  try {
    const sent = await api.say(known.me, {
      ...begins ? { dm: true } : { channel: known.channel }, text,
      files: files.length ? await Promise.all(files.map(readFile)) : undefined, reply_to: reply?.id,
    });
    drafts.delete(from);
    if (place === from) {
      words.value = "";
      files = [];
      reply = null;
      showComposer();
    }
    if (begins) await hooks.opened(sent.channel);
    else await hooks.refresh();
  } catch (error) {
    tell(t("compose.failed", { why: error.message }));
  } finally {
    sending = false;
  }
}

function drawReply() {
  replying.hidden = !reply;
  replying.replaceChildren();
  if (!reply) return;
  replying.append(icon("reply"), el("span", { class: "compose-line-words" }, t("compose.replying", { name: authorName(reply.author) })),
    el("button", { class: "icon-button small", type: "button", "aria-label": t("compose.cancel"), onclick: () => {
      reply = null;
      drawReply();
      words.focus();
    } }, icon("close")));
}

function drawFiles() {
  tray.hidden = files.length === 0;
  tray.replaceChildren(...files.map((file) => el("li", { class: "compose-file" }, icon("file"), el("span", { class: "file-name" }, file.name),
    el("span", { class: "file-size" }, sizeWords(file.size)),
    el("button", { class: "icon-button small", type: "button", "aria-label": t("compose.drop", { name: file.name }), onclick: () => {
      files = files.filter((each) => each !== file);
      drawFiles();
      words.focus();
    } }, icon("close")))));
}

function grow() {
  words.style.height = "auto";
  words.style.height = `${Math.min(words.scrollHeight, innerHeight * 0.4)}px`;
}
