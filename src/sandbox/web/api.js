//! The calls to the sandbox's control interface. Every failure is an Error whose message is the server's own reason.

async function read(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? `${response.status} ${response.statusText}`);
  return body;
}

async function ask(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return read(await fetch(`/control/${path}?${new URLSearchParams(given)}`));
}

async function tell(path, body) {
  return read(await fetch(`/control/${path}`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
  }));
}

/** Clock, bot, guilds and people. */
export const world = () => ask("state");
/** The channels, threads and direct messages a person can see. */
export const view = (as) => ask("view", { as });
/** The newest messages of a channel, or those before one; oldest first. */
export const messages = (as, channel, limit, before) => ask("messages", { as, channel, limit, before });
/** The commands a person may use in a channel. */
export const commands = (as, channel) => ask("commands", { as, channel });
/** Runs a slash command. */
export const command = (as, channel, name, options, files) => tell("command", { as, channel, name, options, files });
/** The choices for the option being typed. */
export const autocomplete = (as, channel, name, options, focused) => tell("autocomplete", { as, channel, name, options, focused });
/** Runs a message command. */
export const menu = (as, channel, message, name) => tell("menu", { as, channel, message, name });
/** Presses a button, or answers a select with values. */
export const press = (as, channel, message, customId, values) => tell("press", { as, channel, message, custom_id: customId, values });
/** Sends a form. */
export const submit = (as, interaction, values) => tell("submit", { as, interaction, values });
/** What became of an interaction, once the application answered or the time for it ran out. */
export const outcome = (id) => ask("interaction", { id, wait: 1 });
/** Says something in a channel, or to the bot when `dm` is set. */
export const say = (as, words) => tell("say", { as, ...words });
/** Changes one's own message. */
export const edit = (as, channel, message, text) => tell("edit", { as, channel, message, text });
/** Deletes one's own message. */
export const erase = (as, channel, message) => tell("erase", { as, channel, message });
/** Moves the clock (`advance_ms`) or changes its speed. */
export const setClock = (change) => tell("clock", change);
/** The stream of what happens, as one person sees it. */
export const events = (as) => new EventSource(`/control/events?${new URLSearchParams({ as })}`);
