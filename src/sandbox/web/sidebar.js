//! The list of channels with their threads below them, and the direct messages.

import { avatar, compareIds, el, icon } from "./dom.js";
import { language, t } from "./words.js";
import { BOT, botChannel, isThread, isUnread, known } from "./world.js";

const CROWD = 30;
const TEXT = 0;
const DIRECT = 1;
const PRIVATE_THREAD = 12;
const wide = new Set();
const opened = new Set();
let hooks = {};
let area = null;
let drawn = "";
let pressed = false;

/** Puts the list into the page; `given`: `openChannel(id)`. */
export function mountSidebar(node, given) {
  area = node;
  hooks = given;
  area.addEventListener("keydown", walk);
  // An entry replaced between press and release would swallow the click.
  area.addEventListener("pointerdown", () => {
    pressed = true;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, () => setTimeout(() => {
      if (!pressed) return;
      pressed = false;
      showSidebar();
    }));
  }
}

/** Draws the list anew when something in it changed, and keeps the focus where it was. */
export function showSidebar() {
  const look = JSON.stringify([known.me, known.channel, known.channels.map((each) => ({ ...each, message_count: 0, last_message_id: "", unread: marked(each) })),
    known.world.bot, known.world.guilds.map((guild) => guild.name), language(), [...wide]]);
  if (pressed || look === drawn) return;
  drawn = look;
  const focused = area.contains(document.activeElement) ? document.activeElement.dataset.channel : null;
  area.setAttribute("aria-label", t("list.title"));
  const guilds = known.world.guilds.filter((guild) => known.channels.some((each) => each.guild_id === guild.id));
  const parts = guilds.map(guildPart);
  if (!parts.length && known.me) parts.push(el("p", { class: "list-empty" }, t("list.empty")));
  area.replaceChildren(...parts, directPart());
  if (focused) (area.querySelector(`[data-channel="${CSS.escape(focused)}"]`) ?? area.querySelector(".entry"))?.focus({ preventScroll: true });
}

function guildPart(guild) {
  const here = known.channels.filter((each) => each.guild_id === guild.id);
  const plain = here.filter((each) => !isThread(each) && each.type === TEXT);
  const seen = new Set(plain.map((each) => each.id));
  // A customer's private thread may hang under a channel they cannot see otherwise.
  const loose = here.filter((each) => isThread(each) && !seen.has(each.parent_id) && !each.archived);
  return el("section", { class: "list-part" },
    el("h2", { class: "list-head" }, guild.name),
    el("ul", { class: "entries" }, plain.map((each) => channelPart(each, here)), loose.map((each) => el("li", {}, entry(each)))));
}

function channelPart(parent, here) {
  // By age, newest first: an order by activity would move entries away under the pointer.
  const threads = here.filter((each) => isThread(each) && each.parent_id === parent.id)
    .sort((left, right) => compareIds(right.id, left.id));
  const active = threads.filter((each) => !each.archived);
  const archived = threads.filter((each) => each.archived);
  const shown = wide.has(parent.id) ? active : active.slice(0, CROWD);
  const rest = archived.length ? el("details", { class: "archived", open: opened.has(parent.id) || archived.some((each) => each.id === known.channel) },
    el("summary", { class: "entry-more" }, t("list.archived", { n: archived.length })),
    el("ul", { class: "entries threads" }, archived.slice(0, 100).map((each) => el("li", {}, entry(each))))) : null;
  rest?.addEventListener("toggle", () => (rest.open ? opened.add(parent.id) : opened.delete(parent.id)));
  return el("li", {}, entry(parent),
    shown.length ? el("ul", { class: "entries threads" }, shown.map((each) => el("li", {}, entry(each)))) : null,
    active.length > shown.length ? el("button", { class: "entry-more", type: "button", onclick: () => {
      wide.add(parent.id);
      showSidebar();
    } }, t("list.more", { n: active.length })) : null,
    rest);
}

function directPart() {
  const { bot } = known.world;
  const direct = known.channels.filter((each) => each.type === DIRECT);
  const begun = botChannel();
  return el("section", { class: "list-part" },
    el("h2", { class: "list-head" }, t("list.direct")),
    el("ul", { class: "entries" }, direct.map((each) => el("li", {}, entry(each))),
      begun || !bot.name ? null : el("li", {}, entry({ id: BOT, type: DIRECT, name: t("list.message", { name: bot.name }) }))));
}

// The open channel is being read, whatever arrives in it.
const marked = (each) => isUnread(each) && each.id !== known.channel;

function entry(each) {
  const unread = marked(each);
  const here = each.id === known.channel;
  const kind = isThread(each) ? t(each.type === PRIVATE_THREAD ? "list.private" : "list.thread") : null;
  return el("button", { class: unread ? "entry unread" : "entry", type: "button", "aria-current": here ? "page" : null,
    dataset: { channel: each.id }, onclick: () => hooks.openChannel(each.id) },
  each.type === DIRECT ? avatar(known.world.bot.id, each.name, true) : icon(isThread(each) ? (each.locked ? "lock" : "thread") : "hash"),
  el("span", { class: "entry-name" }, each.name),
  kind ? el("span", { class: "unseen" }, `, ${kind}`) : null,
  unread ? el("span", { class: "dot" }, el("span", { class: "unseen" }, `, ${t("list.unread")}`)) : null);
}

function walk(event) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  const entries = [...area.querySelectorAll(".entry, .entry-more")].filter((node) => node.checkVisibility());
  const at = entries.indexOf(document.activeElement);
  if (at < 0) return;
  if (event.key in steps) entries[Math.max(0, Math.min(entries.length - 1, at + steps[event.key]))].focus();
  else if (event.key === "Home") entries[0].focus();
  else if (event.key === "End") entries.at(-1).focus();
  else return;
  event.preventDefault();
}
