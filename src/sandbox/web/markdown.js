//! Discord's Markdown, the part of it people use, read straight into elements. Nothing here ever parses markup.

import { stamp } from "./clock.js";
import { el, safeLink } from "./dom.js";
import { t } from "./words.js";
import { channel, personName, role } from "./world.js";

/** How deep marks may lie within each other; what is deeper stays as typed. */
const DEEPEST = 8;

/** A message's words as elements. */
export function markdown(text) {
  const whole = document.createDocumentFragment();
  // Code fences come first: inside them nothing else means anything.
  const fence = /```(?:([\w+#-]*)\n)?([\s\S]+?)```/gu;
  let from = 0;
  for (const found of text.matchAll(fence)) {
    whole.append(blocks(trimEnds(text.slice(from, found.index))));
    whole.append(el("pre", { class: "code", tabindex: "0" }, el("code", {}, found[2].replace(/\n$/u, ""))));
    from = found.index + found[0].length;
  }
  whole.append(blocks(trimEnds(text.slice(from))));
  return whole;
}

/** One line's worth of marks: names of fields, titles. */
export function inlineMarkdown(text) {
  const whole = document.createDocumentFragment();
  whole.append(...inline(text, 0));
  return whole;
}

/** The words without their marks, on one line: for previews and screen readers. */
export function plain(text) {
  return markdown(text).textContent.replace(/\s+/gu, " ").trim();
}

function trimEnds(text) {
  return text.replace(/^\n|\n$/gu, "");
}

function blocks(text) {
  const whole = document.createDocumentFragment();
  if (text === "") return whole;
  const lines = text.split("\n");
  let paragraph = [];
  const flush = () => {
    if (paragraph.length) whole.append(el("div", { class: "para" }, inline(paragraph.join("\n"), 0)));
    paragraph = [];
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    const heading = /^(#{1,3})\s+(\S.*)$/u.exec(line);
    if (line.startsWith(">>> ")) {
      flush();
      whole.append(el("blockquote", {}, blocks([line.slice(4), ...lines.slice(at + 1)].join("\n"))));
      return whole;
    }
    if (/^> /u.test(line)) {
      flush();
      const quoted = [];
      for (; at < lines.length && /^>( |$)/u.test(lines[at]); at += 1) quoted.push(lines[at].slice(2));
      at -= 1;
      whole.append(el("blockquote", {}, blocks(quoted.join("\n"))));
    } else if (heading) {
      flush();
      whole.append(el("div", { class: `heading heading-${heading[1].length}`, role: "heading", "aria-level": heading[1].length + 2 },
        inline(heading[2], 0)));
    } else if (line.startsWith("-# ")) {
      flush();
      whole.append(el("div", { class: "subtext" }, inline(line.slice(3), 0)));
    } else if (ITEM.test(line)) {
      flush();
      const items = [];
      for (; at < lines.length; at += 1) {
        const found = ITEM.exec(lines[at]);
        // A number after a dash at the same depth begins another list.
        if (!found || (items.length && found[1].length <= items[0][1].length && isNumbered(found) !== isNumbered(items[0]))) break;
        items.push(found);
      }
      at -= 1;
      whole.append(list(items));
    } else {
      paragraph.push(line);
    }
  }
  flush();
  return whole;
}

const ITEM = /^( *)([-*]|\d{1,9}\.) +(\S.*)$/u;

const isNumbered = (item) => /\d/u.test(item[2]);

function list(items) {
  const numbered = isNumbered(items[0]);
  const node = el(numbered ? "ol" : "ul", { start: numbered ? Number.parseInt(items[0][2], 10) : null });
  for (let at = 0; at < items.length; at += 1) {
    const entry = el("li", {}, inline(items[at][3], 0));
    const deeper = [];
    while (at + 1 < items.length && items[at + 1][1].length > items[at - deeper.length][1].length) {
      deeper.push(items[at + 1]);
      at += 1;
    }
    if (deeper.length) entry.append(list(deeper));
    node.append(entry);
  }
  return node;
}

// Each rule: a pattern tried at one place, and what it makes. The first that fits wins.
const RULES = [
  [/\\([^\p{L}\p{N}\s])/uy, (found) => found[1]],
  [/(`+)([\s\S]*?[^`])\1(?!`)/uy, (found) => el("code", { class: "inline-code" }, found[2])],
  [/<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/uy, (found) => moment(Number(found[1]) * 1000, found[2] ?? "f")],
  [/<@!?(\d{1,20})>/uy, (found) => el("span", { class: "mention" }, `@${personName(found[1])}`)],
  [/<@&(\d{1,20})>/uy, (found) => el("span", { class: "mention" }, `@${role(found[1])?.name ?? found[1]}`)],
  [/<#(\d{1,20})>/uy, (found) => channelLink(found[1])],
  [/<\/([^:>]{1,100}):(\d{1,20})>/uy, (found) => el("span", { class: "mention" }, `/${found[1]}`)],
  [/<a?(:\w{2,32}:)\d{1,20}>/uy, (found) => found[1]],
  [/<(https?:\/\/[^\s<>]+)>/uy, (found) => anchor(found[1], [found[1]])],
  [/\[([^\[\]\n]{1,500})\]\((https?:\/\/[^\s()]+)\)/uy, (found, depth) => anchor(found[2], inline(found[1], depth), found[0])],
  [/https?:\/\/[^\s<>]+[^\s<>.,:;!?'")\]*_~|]/uy, (found) => anchor(found[0], [found[0]])],
  [/@(everyone|here)\b/uy, (found) => el("span", { class: "mention" }, found[0])],
  [/\|\|([\s\S]+?)\|\|/uy, (found, depth) => spoiler(inline(found[1], depth))],
  [/\*\*\*(?=\S)([\s\S]*?\S)\*\*\*/uy, (found, depth) => el("strong", {}, el("em", {}, inline(found[1], depth)))],
  [/\*\*(?=\S)([\s\S]*?\S\**)\*\*(?!\*)/uy, (found, depth) => el("strong", {}, inline(found[1], depth))],
  [/__([\s\S]+?)__(?!_)/uy, (found, depth) => el("u", {}, inline(found[1], depth))],
  [/~~(?=\S)([\s\S]*?\S)~~/uy, (found, depth) => el("s", {}, inline(found[1], depth))],
  [/\*(?=\S)([^*]*[^*\s])\*(?!\*)/uy, (found, depth) => el("em", {}, inline(found[1], depth))],
  [/(?<![\p{L}\p{N}_])_([^_]+)_(?![\p{L}\p{N}_])/uy, (found, depth) => el("em", {}, inline(found[1], depth))],
];

// Only at these characters can a rule begin, so plain words are passed over quickly.
const BEGINS = /[\\`<[h@|*_~]/u;

function inline(text, depth) {
  const made = [];
  let words = "";
  for (let at = 0; at < text.length;) {
    const fit = depth < DEEPEST && BEGINS.test(text[at]) ? firstFit(text, at) : null;
    if (fit === null) {
      words += text[at];
      at += 1;
      continue;
    }
    if (words) made.push(words);
    words = "";
    made.push(fit.make(fit.found, depth + 1));
    at += fit.found[0].length;
  }
  if (words) made.push(words);
  return made.flat(Infinity);
}

function firstFit(text, at) {
  for (const [pattern, make] of RULES) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { found, make };
  }
  return null;
}

function moment(instant, style) {
  if (!Number.isFinite(instant) || Math.abs(instant) > 8.64e15) return String(instant / 1000);
  return el("time", { class: "moment", datetime: new Date(instant).toISOString(), title: stamp(instant, "F"),
    dataset: { instant, style } }, stamp(instant, style));
}

function channelLink(id) {
  const found = channel(id);
  if (!found) return el("span", { class: "mention" }, `#${id}`);
  return el("button", { class: "mention mention-open", type: "button", dataset: { open: id } }, `#${found.name}`);
}

function anchor(address, words, asTyped = address) {
  const href = safeLink(address);
  if (!href) return asTyped;
  return el("a", { href, target: "_blank", rel: "noopener noreferrer nofollow", title: href }, words);
}

function spoiler(words) {
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-expanded": "false", "aria-label": t("message.spoiler") },
    el("span", { class: "spoiler-words", "aria-hidden": "true" }, words));
  const show = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    node.replaceWith(el("span", { class: "spoiler spoiler-open" }, words));
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", show);
  return node;
}
