//! The buttons and selects below a message.

import { el, icon } from "./dom.js";
import { press } from "./interact.js";
import { openPopup } from "./popup.js";
import { labelWord, t } from "./words.js";
import { guildOf, known } from "./world.js";

const BUTTON = 2;
const LINK = 5;
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary" };

/** The rows of a message; `report(words)` is told why a press failed. */
export function rows(message, report) {
  return (message.components ?? []).filter((row) => row.type === 1).map((row) => el("div", { class: "row" },
    row.components.map((part) => (part.type === BUTTON ? button(message, part, report) : select(message, part, report)))));
}

function button(message, part, report) {
  const words = [part.emoji?.name && !part.emoji.id ? el("span", { class: "button-emoji", "aria-hidden": "true" }, part.emoji.name) : null,
    part.label ? el("span", {}, part.label) : null];
  if (part.style === LINK) {
    const href = /^https?:\/\//iu.test(part.url ?? "") ? part.url : null;
    return el("a", { class: "button secondary", href, target: "_blank", rel: "noopener noreferrer" }, words, icon("link"));
  }
  const node = el("button", { class: `button ${STYLES[part.style] ?? "secondary"}`, type: "button", disabled: part.disabled,
    "aria-label": part.label ? null : part.emoji?.name, dataset: { custom: part.custom_id } }, words);
  node.addEventListener("click", () => whileBusy(node, () => press(known.me, message, part.custom_id, undefined, report)));
  return node;
}

function select(message, part, report) {
  const choices = choicesOf(message, part);
  const most = part.max_values ?? 1;
  const least = part.min_values ?? 1;
  const shown = choices.filter((choice) => choice.chosen).map((choice) => choice.label).join(", ");
  const words = el("span", { class: "select-words" }, shown || part.placeholder || t("choose.label"));
  const node = el("button", { class: shown ? "select chosen" : "select", type: "button", disabled: part.disabled, "aria-haspopup": "listbox",
    "aria-expanded": "false", dataset: { custom: part.custom_id } }, words, icon("down"));
  const send = (picked) => {
    words.textContent = picked.map((choice) => choice.label).join(", ") || part.placeholder || t("choose.label");
    node.classList.toggle("chosen", picked.length > 0);
    return whileBusy(node, () => press(known.me, message, part.custom_id, picked.map((choice) => choice.value), report));
  };
  node.addEventListener("click", () => openPopup(node, {
    label: part.placeholder || t("choose.label"), role: "listbox", many: most > 1, least, most, doneLabel: t("choose.done"), done: send,
    items: choices.length ? choices.map((choice) => ({ ...choice, pick: () => send([choice]) })) : [{ heading: t("choose.empty") }],
  }));
  return node;
}

function choicesOf(message, part) {
  const guild = guildOf(message.channel_id);
  const users = () => (guild?.members ?? []).map((member) => ({ label: member.name, detail: labelWord(member.label), value: member.id }));
  const roles = () => (guild?.roles ?? []).filter((role) => role.id !== guild.id).map((role) => ({ label: `@${role.name}`, value: role.id }));
  switch (part.type) {
    case 5: return users();
    case 6: return roles();
    case 7: return [...users(), ...roles()];
    case 8: return known.channels.filter((each) => each.type === 0).map((each) => ({ label: `#${each.name}`, value: each.id }));
    default: return (part.options ?? []).map((option) => ({ label: option.label, detail: option.description, value: option.value,
      chosen: option.default === true }));
  }
}

/** Marks a control as busy while something runs, so that a second press does nothing. */
async function whileBusy(node, run) {
  if (node.getAttribute("aria-busy") === "true") return;
  node.setAttribute("aria-busy", "true");
  try {
    await run();
  } finally {
    node.removeAttribute("aria-busy");
  }
}
