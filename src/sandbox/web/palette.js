//! The list of slash commands that opens at `/`: found by name or by what they are for, with or without accents.

import * as api from "./api.js";
import { el, fold } from "./dom.js";
import { runCommand } from "./options.js";
import { place } from "./popup.js";
import { t } from "./words.js";
import { BOT, known } from "./world.js";

const SLASH = 1;
let open = null;

/** True while the list is open. */
export function paletteIsOpen() {
  return open !== null;
}

/** Opens the list over `anchor` while the person goes on typing in `input`; `picked` once a command was chosen. */
export function openPalette({ anchor, input, picked }) {
  if (open) return;
  const list = el("div", { class: "popup palette", role: "listbox", id: "palette", "aria-label": t("palette.title") },
    el("p", { class: "popup-empty" }, t("log.loading")));
  document.body.append(list);
  const mine = { list, anchor, input, picked, commands: [], nodes: [], at: 0, query: "" };
  open = mine;
  // It stays a text box: a role that changes under the typing hands is announced as another place.
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", "palette");
  addEventListener("pointerdown", outside, true);
  settle();
  loadCommands().then((commands) => {
    mine.commands = commands.filter((command) => (command.type ?? SLASH) === SLASH);
    if (open === mine) draw();
  }).catch((error) => {
    if (open === mine) say(t("failed.why", { why: error.message }));
  });
}

/** The commands the chosen person may use in the open channel, slash and menu. */
export async function loadCommands() {
  const { commands } = await api.commands(known.me, known.channel === BOT ? "dm" : known.channel);
  return commands;
}

/** Closes the list. */
export function closePalette() {
  if (!open) return;
  open.list.remove();
  for (const name of ["aria-autocomplete", "aria-controls", "aria-activedescendant"]) open.input.removeAttribute(name);
  removeEventListener("pointerdown", outside, true);
  open = null;
}

/** Keeps the commands that fit what was typed after the slash. */
export function filterPalette(query) {
  if (!open) return;
  open.query = query;
  draw();
}

/** Moves the choice up or down. */
export function movePalette(step) {
  if (!open?.nodes.length) return;
  open.at = (open.at + step + open.nodes.length) % open.nodes.length;
  mark();
}

/** Takes the chosen command; false when there is none. */
export function pickPalette() {
  const command = open?.nodes[open.at]?.command;
  if (!command) return false;
  const { picked } = open;
  closePalette();
  picked();
  runCommand(command);
  return true;
}

function draw() {
  const query = fold(open.query.trim());
  const rank = (command) => {
    const names = [fold(command.display ?? command.name), command.name];
    if (names.some((name) => name.startsWith(query))) return 0;
    if (names.some((name) => name.includes(query))) return 1;
    return fold(command.description ?? "").includes(query) ? 2 : 3;
  };
  const fits = open.commands.map((command) => ({ command, at: rank(command) })).filter((each) => each.at < 3)
    .sort((left, right) => left.at - right.at).map((each) => each.command);
  if (!fits.length) {
    say(open.commands.length ? t("palette.empty") : t("palette.none"));
    return;
  }
  open.at = 0;
  open.nodes = fits.map((command, at) => ({ command, node: item(command, at) }));
  open.list.replaceChildren(el("div", { class: "popup-heading", role: "presentation" }, t("palette.title")), ...open.nodes.map((each) => each.node));
  mark();
  settle();
}

function item(command, at) {
  const needed = (command.options ?? []).filter((option) => option.required);
  const node = el("div", { class: "popup-item", role: "option", id: `palette-${at}`, "aria-selected": "false" },
    el("span", { class: "popup-words" },
      el("span", { class: "popup-label" }, `/${command.display ?? command.name}`,
        needed.map((option) => el("span", { class: "palette-option" }, option.display ?? option.name))),
      el("span", { class: "popup-detail" }, command.description)));
  node.addEventListener("click", () => {
    open.at = at;
    pickPalette();
  });
  return node;
}

function say(words) {
  open.nodes = [];
  open.input.removeAttribute("aria-activedescendant");
  open.list.replaceChildren(el("p", { class: "popup-empty" }, words));
  settle();
}

function mark() {
  open.nodes.forEach(({ node }, at) => node.setAttribute("aria-selected", String(at === open.at)));
  open.nodes[open.at].node.scrollIntoView({ block: "nearest" });
  open.input.setAttribute("aria-activedescendant", `palette-${open.at}`);
}

function settle() {
  place(open.list, open.anchor);
}

function outside(event) {
  if (open && !open.list.contains(event.target) && !open.anchor.contains(event.target)) closePalette();
}
