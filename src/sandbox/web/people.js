//! Choosing who one is, and the list of the guild's members with the bot.

import { avatar, el, icon } from "./dom.js";
import { openPopup } from "./popup.js";
import { heading, labelWord, language, t } from "./words.js";
import { guildOf, known, people, person } from "./world.js";

const ORDER = ["customer", "staff", "manager", "head office"];

/** The switcher: shows who is chosen and opens the list of people. `choose(id)` takes a person. */
export function switcher(choose) {
  const me = person(known.me);
  const button = el("button", { class: "switcher", type: "button", id: "switcher", "aria-haspopup": "listbox", "aria-expanded": "false",
    title: t("bar.switch") },
  me ? avatar(me.id, me.name) : null,
  el("span", { class: "switcher-words" },
    el("span", { class: "switcher-over" }, me?.label ? `${t("bar.you")} · ${labelWord(me.label)}` : t("bar.you")),
    el("span", { class: "switcher-name" }, me?.name ?? t("person.none"))),
  icon("down"));
  button.addEventListener("click", () => openPopup(button, { label: t("bar.switch"), role: "listbox", items: choices(choose) }));
  return button;
}

function choices(choose) {
  const groups = grouped(people());
  return [...groups].flatMap(([label, members]) => [
    ...label ? [{ heading: heading(labelWord(label)) }] : [],
    ...members.map((member) => ({ label: member.name, node: avatar(member.id, member.name), chosen: member.id === known.me, pick: () => choose(member.id) })),
  ]);
}

// Known labels in the order of the house, then the others as they come.
function grouped(members) {
  const groups = new Map(ORDER.map((label) => [label, []]));
  for (const member of members) {
    const label = member.label ?? "";
    if (!groups.has(label)) groups.set(label, []);
    groups.get(label).push(member);
  }
  return new Map([...groups].filter(([, found]) => found.length));
}

/** Draws the members of the open channel's guild; `message` opens the bot's direct messages. */
export function showPeople(area, message) {
  const { bot } = known.world;
  const guild = guildOf(known.channel);
  const look = JSON.stringify([bot, guild, language()]);
  if (area.dataset.look === look) return;
  area.dataset.look = look;
  area.setAttribute("aria-label", t("people.title"));
  const members = (guild?.members ?? []).filter((member) => member.id !== bot.id);
  area.replaceChildren(
    ...bot.name ? [el("section", {},
      el("h2", { class: "list-head" }, t("people.bots")),
      el("div", { class: "member" }, avatar(bot.id, bot.name, true),
        el("span", { class: "member-words" }, el("span", { class: "member-name" }, bot.name, el("span", { class: "badge" }, t("message.app"))),
          el("span", { class: bot.connected ? "member-state on" : "member-state" }, t(bot.connected ? "people.online" : "people.offline")))),
      el("button", { class: "button secondary wide", type: "button", onclick: message }, t("list.message", { name: bot.name })))] : [],
    ...[...grouped(members)].map(([label, found]) => el("section", {},
      el("h2", { class: "list-head" }, label ? heading(labelWord(label)) : t("people.title"), el("span", { class: "list-count" }, String(found.length))),
      el("ul", { class: "members" }, found.map((member) => el("li", { class: "member" }, avatar(member.id, member.name),
        el("span", { class: "member-words" }, el("span", { class: "member-name" }, member.name), rolesOf(guild, member))))))));
}

function rolesOf(guild, member) {
  const roles = guild.roles.filter((role) => role.id !== guild.id && member.roles.includes(role.id));
  return roles.length ? el("span", { class: "member-state" }, roles.map((role) => role.name).join(", ")) : null;
}
