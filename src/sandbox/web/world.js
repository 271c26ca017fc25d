//! What the page knows just now: who is chosen, which channel is open, the people, roles and channels, and how to name them.

import { compareIds } from "./dom.js";

/** The page's one state; app.js fills it, the other files read it. */
export const known = {
  /** The chosen person's id. */
  me: null,
  /** The open channel's id; `BOT` for a conversation with the bot that has not begun. */
  channel: null,
  /** The answer of `state`. */
  world: { clock: { now_ms: 0, speed: 1 }, bot: { id: "0", name: "", connected: false }, guilds: [] },
  /** The channels, threads and direct messages the chosen person sees. */
  channels: [],
};

/** Stands for the direct messages with the bot before either side has opened them. */
export const BOT = "bot";

/** Everybody once, though they may be members of several guilds. */
export function people() {
  const found = new Map();
  for (const guild of known.world.guilds) {
    for (const member of guild.members) {
      if (member.id !== known.world.bot.id && !found.has(member.id)) found.set(member.id, member);
    }
  }
  return [...found.values()];
}

/** A person by id, or undefined. */
export function person(id) {
  return people().find((each) => each.id === id);
}

/** How a message's author is called: the name in the guild, else the one the message carries. */
export function authorName(author) {
  if (author.id === known.world.bot.id) return known.world.bot.name;
  return person(author.id)?.name ?? author.global_name ?? author.username ?? "?";
}

/** A name for a mention of a person or the bot. */
export function personName(id) {
  return id === known.world.bot.id ? known.world.bot.name : person(id)?.name ?? id;
}

/** A role by id in any guild, or undefined. */
export function role(id) {
  return known.world.guilds.flatMap((guild) => guild.roles).find((each) => each.id === id);
}

/** A channel the chosen person sees, or undefined. */
export function channel(id) {
  return known.channels.find((each) => each.id === id);
}

/** The direct messages with the bot, once they exist. */
export function botChannel() {
  return known.channels.find((each) => each.type === 1 && each.name === known.world.bot.name)
    ?? known.channels.find((each) => each.type === 1);
}

/** True for a thread, public or private. */
export function isThread(each) {
  return each.type === 10 || each.type === 11 || each.type === 12;
}

/** The guild a channel belongs to, else the chosen person's first one. */
export function guildOf(id) {
  const wanted = channel(id)?.guild_id;
  return known.world.guilds.find((guild) => guild.id === wanted)
    ?? known.world.guilds.find((guild) => guild.members.some((member) => member.id === known.me));
}

const seen = new Map();

/** Remembers that the chosen person has read a channel up to its newest message. */
export function markRead(id) {
  const newest = channel(id)?.last_message_id;
  if (newest) seen.set(`${known.me}/${id}`, newest);
}

/** True when a channel has messages the chosen person has not looked at here. */
export function isUnread(each) {
  if (!each.last_message_id || !each.unread) return false;
  const read = seen.get(`${known.me}/${each.id}`);
  return read === undefined || compareIds(each.last_message_id, read) > 0;
}
