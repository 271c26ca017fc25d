//! One message: who, when, what was said, its cards, files and buttons, and what a person may do with it.

import { stamp, timeOfDay } from "./clock.js";
import { avatar, el, icon } from "./dom.js";
import { rows } from "./components.js";
import { embeds } from "./embed.js";
import { attachments } from "./files.js";
import { markdown, plain } from "./markdown.js";
import { t } from "./words.js";
import { authorName, channel, known, personName } from "./world.js";

const NOTICES = { 1: "message.added", 2: "message.left", 4: "message.renamed", 6: "message.pinned", 18: "message.started" };
const STARTER = 21;

/** True for a line the system writes, which has no author's picture. */
export function isNotice(message) {
  return message.type in NOTICES;
}

/**
 * A message as a list item. `compact` leaves out the author, who spoke just before. `hooks`: `openMenu(message, button)`,
 * `openChannel(id)`, `jump(id)`, `dismiss(message)`, `report(message, words)`; `trouble` is why its last press failed.
 */
export function renderMessage(message, { compact, trouble, hooks }) {
  const instant = Date.parse(message.timestamp);
  const name = authorName(message.author);
  const time = el("time", { class: "when", datetime: message.timestamp, title: stamp(instant, "F") }, timeOfDay(instant));
  if (isNotice(message)) {
    const other = message.mentions?.[0]?.id;
    return el("li", { class: "notice", dataset: { id: message.id }, tabindex: "-1" }, icon("thread"),
      el("span", {}, t(NOTICES[message.type], { name, text: message.content ?? "", other: other ? personName(other) : "" })), time);
  }
  const told = message.type === STARTER && message.referenced_message ? message.referenced_message : message;
  const menu = message.loading ? null : el("button", { class: "icon-button message-menu", type: "button", "aria-haspopup": "menu", "aria-expanded": "false",
    "aria-label": t("message.menu", { name }) }, icon("dots"));
  menu?.addEventListener("click", () => hooks.openMenu(message, menu));
  return el("li", { class: classes(message, compact), dataset: { id: message.id }, tabindex: "-1" },
    above(message, hooks),
    el("div", { class: "gutter" }, compact ? el("span", { class: "hover-time", "aria-hidden": "true" }, timeOfDay(instant)) : avatar(message.author.id, name, message.author.bot)),
    el("div", { class: "body" },
      el("div", { class: compact ? "byline unseen" : "byline" }, el("span", { class: "author" }, name),
        message.author.bot ? el("span", { class: "badge" }, t("message.app")) : null, time),
      message.loading ? el("p", { class: "thinking" }, el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), t("message.thinking", { name })) : null,
      told.content ? el("div", { class: "words" }, markdown(told.content), edited(message)) : null,
      embeds(told), attachments(told),
      told.content ? null : edited(message),
      rows(message, (words) => hooks.report(message, words)),
      trouble ? el("p", { class: "trouble", role: "alert" }, icon("warn"), trouble) : null,
      threadChip(message, hooks),
      message.ephemeral ? el("p", { class: "only" }, icon("eye"), t("message.only"), " · ",
        el("button", { class: "text-button", type: "button", onclick: () => hooks.dismiss(message) }, t("message.dismiss"))) : null),
    menu);
}

function classes(message, compact) {
  const mentioned = message.mentions?.some((user) => user.id === known.me) ?? false;
  return ["message", compact ? "compact" : "", message.ephemeral ? "ephemeral" : "", mentioned ? "mentioned" : ""].filter(Boolean).join(" ");
}

function edited(message) {
  return message.edited || (message.edited_timestamp && !message.loading) ? el("span", { class: "edited" }, t("message.edited")) : null;
}

// The line above a message: what it replies to, or which command it answers.
function above(message, hooks) {
  const earlier = message.referenced_message;
  if (message.type !== STARTER && earlier) {
    return el("button", { class: "above", type: "button", title: t("message.goto"), onclick: () => hooks.jump(earlier.id) }, icon("reply"),
      el("span", { class: "above-name" }, authorName(earlier.author)), el("span", { class: "above-words" }, preview(earlier)));
  }
  if (message.type === 19 && message.message_reference) {
    return el("div", { class: "above" }, icon("reply"), el("span", { class: "above-words" }, t("message.gone")));
  }
  const used = message.interaction ?? message.interaction_metadata;
  if (used?.name && used.user) {
    return el("div", { class: "above" }, icon("reply"),
      el("span", { class: "above-words" }, t("message.used", { name: authorName(used.user), command: `/${used.name}` })));
  }
  return null;
}

/** The gist of a message on one line. */
export function preview(message) {
  const words = message.content || message.embeds?.[0]?.title || message.embeds?.[0]?.description;
  if (words) return plain(words).slice(0, 140);
  return message.attachments?.length ? t("message.file") : t("message.empty");
}

function threadChip(message, hooks) {
  const thread = channel(message.id);
  if (!thread || message.type === STARTER) return null;
  return el("button", { class: "thread-chip", type: "button", onclick: () => hooks.openChannel(thread.id) }, icon("thread"),
    el("span", { class: "thread-name" }, thread.name),
    el("span", { class: "thread-count" }, thread.message_count ? t("message.count", { n: thread.message_count }) : t("message.thread")));
}
