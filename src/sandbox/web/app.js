//! Starts the page and keeps it current: who is chosen, which channel is open, what the server says has changed.

import * as api from "./api.js";
import { sync } from "./clock.js";
import { clockBar, showClock } from "./clockbar.js";
import { focusComposer, mountComposer, replyTo, showComposer, tell, tellRunning } from "./composer.js";
import { field, openDialog } from "./dialog.js";
import { el, icon, isNarrow } from "./dom.js";
import { dialogTrouble, follow } from "./interact.js";
import { focusNewest, mountLog, redrawLog, showLog } from "./log.js";
import { loadCommands } from "./palette.js";
import { showPeople, switcher } from "./people.js";
import { closePopup, openPopup } from "./popup.js";
import { mountSidebar, showSidebar } from "./sidebar.js";
import { language, setLanguage, t } from "./words.js";
import { BOT, botChannel, channel, isThread, known, people, person } from "./world.js";

const TICK_MS = 500;
const RESYNC_MS = 15_000;
const QUIET_MS = 60;
const MESSAGE_COMMAND = 3;
const node = (id) => document.getElementById(id);
const given = new URLSearchParams(location.search);
const lastOpen = new Map();
let ownLanguage = given.get("lang");
let stream = null;

const refreshWorld = coalesced(async () => {
  known.world = await api.world();
  sync(known.world.clock);
  showClock();
  if (!person(known.me)) await choosePerson(people()[0]?.id ?? null);
  showBar();
  showPeople(node("people"), messageBot);
  redrawLog();
});
const refreshView = coalesced(async () => {
  if (known.me) await loadView();
});
const refreshLog = coalesced(showLog);

start().catch((error) => showLost(error.message));

async function start() {
  mountSidebar(node("channels"), { openChannel });
  mountLog(node("log"), { openChannel, openMenu, announce, placeName });
  mountComposer(node("composer"), { placeName, opened: async (id) => {
    await loadView();
    openChannel(id);
  }, refresh: refreshLog });
  document.addEventListener("click", (event) => {
    const id = event.target.closest?.("[data-open]")?.dataset.open;
    if (id) openChannel(id);
  });
  addEventListener("popstate", (event) => showPane(event.state?.pane ?? "list"));
  known.world = await api.world();
  sync(known.world.clock);
  const wanted = given.get("as");
  await choosePerson(person(wanted) ? wanted : (people().find((each) => each.label === "customer") ?? people()[0])?.id ?? null, given.get("channel"));
  setInterval(showClock, TICK_MS);
  setInterval(refreshWorld, RESYNC_MS);
}

/** Becomes another person: their language, channels and events. */
async function choosePerson(id, wanted) {
  known.me = id;
  known.channel = null;
  known.channels = [];
  setLanguage(ownLanguage ?? person(id)?.locale ?? "vi");
  stream?.close();
  if (id) {
    listen(id);
    const { channels } = await api.view(id);
    if (known.me !== id) return;
    known.channels = channels;
  }
  known.channel = [wanted, lastOpen.get(id)].find((each) => each && channel(each)) ?? firstChannel();
  drawAll();
  showPane(wanted ? "place" : "list");
}

function firstChannel() {
  return known.channels.find((each) => each.type === 0)?.id ?? known.channels[0]?.id ?? (known.me && known.world.bot.name ? BOT : null);
}

function drawAll() {
  closePopup();
  showBar();
  showSkips();
  showPeople(node("people"), messageBot);
  showPlace();
}

function showPlace() {
  showHead();
  showSidebar();
  showComposer();
  showLog().then(showSidebar);
  const address = new URLSearchParams({ ...Object.fromEntries(given), as: known.me ?? "", channel: known.channel ?? "" });
  if (ownLanguage) address.set("lang", ownLanguage);
  history.replaceState(history.state, "", `?${address}`);
}

async function loadView() {
  const { me } = known;
  const { channels } = await api.view(me);
  if (me !== known.me) return;
  known.channels = channels;
  if (known.channel === BOT && botChannel()) openChannel(botChannel().id, false);
  else if (known.channel !== BOT && !channel(known.channel)) openChannel(firstChannel(), false);
  showSidebar();
  showHead();
  redrawLog();
}

/** Opens a channel, thread or the bot's direct messages; `move` also moves the focus and, on a narrow screen, the pane. */
function openChannel(id, move = true) {
  known.channel = id;
  lastOpen.set(known.me, id);
  showPlace();
  if (!move) return;
  showPane("place");
  if (isNarrow()) {
    if (history.state?.pane !== "place") history.pushState({ pane: "place" }, "");
    node("place-name").focus();
  } else focusComposer();
}

function messageBot() {
  openChannel(botChannel()?.id ?? BOT);
}

function showPane(pane) {
  document.body.dataset.pane = pane;
}

function placeName() {
  if (known.channel === BOT) return known.world.bot.name;
  const here = channel(known.channel);
  if (!here) return "";
  return here.type === 0 ? `#${here.name}` : here.name;
}

function showHead() {
  const here = channel(known.channel);
  const direct = known.channel === BOT || here?.type === 1;
  const parent = here && isThread(here) ? channel(here.parent_id)?.name : null;
  const under = [
    direct ? t("place.dm", { name: placeName() }) : null,
    parent ? t("place.of", { name: parent }) : null,
    here?.locked ? t("place.locked") : null,
    here?.archived ? t("place.archived") : null,
  ].filter(Boolean).join(" · ");
  const name = known.channel === BOT ? known.world.bot.name : here?.name ?? t("place.none");
  const signature = JSON.stringify([name, under, language(), direct]);
  document.title = [name, person(known.me)?.name, t("title")].filter(Boolean).join(" · ");
  if (node("head").dataset.signature === signature) return;
  node("head").dataset.signature = signature;
  node("head").replaceChildren(
    el("button", { class: "icon-button back", type: "button", "aria-label": t("place.back"), onclick: () => {
      if (history.state?.pane === "place") history.back();
      else showPane("list");
      node("channels").querySelector("[aria-current]")?.focus();
    } }, icon("back")),
    icon(direct ? "at" : parent ? "thread" : "hash"),
    el("div", { class: "place-words" },
      el("h1", { id: "place-name", tabindex: "-1" }, name),
      under ? el("p", { class: "place-under" }, under) : null));
  node("place").setAttribute("aria-labelledby", "place-name");
  node("log").setAttribute("aria-label", t("log.label", { name }));
  node("log").setAttribute("role", "region");
}

function showBar() {
  const focused = document.activeElement?.id === "switcher";
  const languageButton = el("button", { class: "button quiet language", type: "button", lang: language() === "vi" ? "en" : "vi",
    title: t("bar.language.long"), onclick: () => {
      ownLanguage = language() === "vi" ? "en" : "vi";
      setLanguage(ownLanguage);
      drawAll();
      document.querySelector(".language").focus();
    } }, t("bar.language"));
  const signature = JSON.stringify([known.me, language(), people()]);
  if (node("bar").dataset.signature === signature) return;
  node("bar").dataset.signature = signature;
  node("bar").replaceChildren(switcher(async (id) => {
    await choosePerson(id);
    node("switcher").focus();
  }), clockBar(tell), languageButton);
  if (focused) node("switcher").focus();
}

function showSkips() {
  const links = [["skip.channels", () => node("channels").querySelector("[aria-current], .entry")?.focus()],
    ["skip.messages", focusNewest], ["skip.composer", focusComposer]];
  node("skips").replaceChildren(...links.map(([key, go]) => el("button", { class: "skip", type: "button", onclick: () => {
    showPane(key === "skip.channels" ? "list" : "place");
    go();
  } }, t(key))));
}

/** The menu of a message: reply, one's own message's changes, the applications' message commands. */
async function openMenu(message, anchor) {
  const mine = message.author.id === known.me && !message.ephemeral;
  const commands = message.ephemeral ? [] : (await loadCommands().catch(() => [])).filter((command) => command.type === MESSAGE_COMMAND);
  openPopup(anchor, { label: t("message.menu", { name: "" }).trim(), items: [
    ...message.ephemeral ? [] : [{ label: t("message.reply"), icon: "reply", pick: () => replyTo(message) }],
    ...mine ? [{ label: t("message.edit"), icon: "file", pick: () => editMessage(message) },
      { label: t("message.delete"), icon: "close", danger: true, pick: () => eraseMessage(message) }] : [],
    { heading: commands.length ? t("message.apps") : t("message.none") },
    ...commands.map((command) => ({ label: command.display ?? command.name, detail: command.description, icon: "slash", pick: () => runMenu(message, command) })),
  ] });
}

async function runMenu(message, command) {
  tell("");
  tellRunning(command.display ?? command.name);
  try {
    const sent = await api.menu(known.me, message.channel_id, message.id, command.name);
    tell((await follow(sent.interaction)).failed ?? "");
  } catch (error) {
    tell(dialogTrouble(error));
  } finally {
    tellRunning("");
  }
}

function editMessage(message) {
  const input = el("textarea", { rows: "4" });
  input.value = message.content;
  const { node: body } = field({ id: "edit-words", label: t("edit.label"), required: true, input });
  const shown = openDialog({ title: t("message.edit"), body, action: t("edit.save"), submit: (close) =>
    api.edit(known.me, message.channel_id, message.id, input.value).then(close, (error) => shown.complain(dialogTrouble(error))) });
}

function eraseMessage(message) {
  const shown = openDialog({ title: t("erase.title"), intro: t("erase.text"), body: null, action: t("message.delete"), danger: true,
    submit: (close) => api.erase(known.me, message.channel_id, message.id).then(close, (error) => shown.complain(dialogTrouble(error))) });
}

/** Follows what happens as one person sees it; the browser connects again by itself. */
function listen(id) {
  const mine = api.events(id);
  stream = mine;
  mine.onopen = () => {
    node("lost").hidden = true;
    refreshWorld();
    refreshView();
    refreshLog();
  };
  mine.onerror = () => {
    if (stream === mine) showLost(t("lost"));
    // A server that answered with an error page ends the stream for good: begin another.
    if (mine.readyState === EventSource.CLOSED) setTimeout(() => stream === mine && listen(id), 2000);
  };
  mine.onmessage = (event) => {
    const { kind, channel: where } = JSON.parse(event.data);
    if (kind === "clock" || kind === "person") refreshWorld();
    if (kind !== "clock" && kind !== "modal") refreshView();
    if (!where || where === known.channel) refreshLog();
  };
}

function showLost(words) {
  node("lost").textContent = words;
  node("lost").hidden = false;
}

function announce(words) {
  node("live").textContent = words;
}

/** Runs one at a time and once more if asked meanwhile: a burst of events costs two calls, not a hundred. */
function coalesced(run) {
  let running = null;
  let again = false;
  return () => {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await run().then(() => {
          if (stream?.readyState === EventSource.OPEN) node("lost").hidden = true;
        }, () => showLost(t("lost")));
        await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
      } while (again);
      running = null;
    })();
    return running;
  };
}
