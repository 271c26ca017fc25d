//! A command's options: a small form with a fitting field for each kind, then sending the command.

import * as api from "./api.js";
import { focusComposer, tell, tellRunning } from "./composer.js";
import { field, openDialog } from "./dialog.js";
import { el, fold, isNarrow } from "./dom.js";
import { readFile } from "./files.js";
import { dialogTrouble, follow } from "./interact.js";
import { place } from "./popup.js";
import { labelWord, t } from "./words.js";
import { BOT, guildOf, known } from "./world.js";

const KIND = { integer: 4, boolean: 5, user: 6, channel: 7, role: 8, mentionable: 9, number: 10, attachment: 11 };

/** Runs a command, after a form for its options when it has any. */
export function runCommand(command) {
  const as = known.me;
  const where = known.channel === BOT ? "dm" : known.channel;
  if (!command.options?.length) {
    run(as, where, command, {}).catch((error) => tell(dialogTrouble(error)));
    return;
  }
  const values = () => Object.fromEntries(inputs.map((input) => [input.name, input.value()]).filter(([, value]) => value !== undefined));
  const inputs = command.options.map((option, at) => optionField(option, `option-${at}`, (typed) =>
    api.autocomplete(as, where, command.name, { ...values(), [option.name]: typed }, option.name)));
  const shown = openDialog({
    title: `/${command.display ?? command.name}`,
    intro: command.description,
    body: inputs.map((input) => input.node),
    action: t("options.run"),
    submit: async (close) => {
      const wrong = inputs.filter((input) => !input.check());
      if (wrong.length) {
        wrong[0].input.focus();
        return;
      }
      shown.busy(true);
      try {
        const files = {};
        for (const input of inputs.filter((each) => each.file?.())) files[input.name] = await readFile(input.file());
        await run(as, where, command, values(), Object.keys(files).length ? files : undefined, close);
      } catch (error) {
        shown.complain(dialogTrouble(error));
      }
      shown.busy(false);
    },
  });
}

async function run(as, where, command, options, files, taken = () => {}) {
  tell("");
  const sent = await api.command(as, where, command.name, options, files);
  taken();
  if (!isNarrow()) focusComposer();
  tellRunning(`/${command.display ?? command.name}`);
  try {
    const answer = await follow(sent.interaction);
    if (answer.failed) tell(`/${command.display ?? command.name}: ${answer.failed}`);
  } finally {
    tellRunning("");
  }
}

function optionField(option, id, complete) {
  const kind = option.type;
  if (kind === KIND.attachment) return finish(option, id, el("input", { type: "file" }), { file: true });
  if (option.choices?.length) return finish(option, id, chooser(option.choices.map((each) => [each.display ?? each.name, String(each.value)])), { numbers: kind });
  if (kind === KIND.boolean) return finish(option, id, chooser([[t("options.yes"), "true"], [t("options.no"), "false"]]), { truth: true });
  if ([KIND.user, KIND.role, KIND.mentionable, KIND.channel].includes(kind)) return finish(option, id, chooser(targets(option)), {});
  const numeric = kind === KIND.integer || kind === KIND.number;
  const input = el("input", { type: "text", inputmode: numeric ? "decimal" : null, autocomplete: "off" });
  const made = finish(option, id, input, { numbers: kind });
  return option.autocomplete ? completing(made, complete) : made;
}

function chooser(pairs) {
  return el("select", {}, el("option", { value: "" }, t("options.nothing")), pairs.map(([label, value]) => el("option", { value }, label)));
}

function targets(option) {
  const guild = guildOf(known.channel);
  const users = (guild?.members ?? []).map((member) => [member.label ? `${member.name} (${labelWord(member.label)})` : member.name, member.id]);
  const roles = (guild?.roles ?? []).filter((role) => role.id !== guild.id).map((role) => [`@${role.name}`, role.id]);
  const channels = known.channels.filter((each) => (option.channel_types?.length ? option.channel_types : [0]).includes(each.type))
    .map((each) => [`#${each.name}`, each.id]);
  return { [KIND.user]: users, [KIND.role]: roles, [KIND.mentionable]: [...users, ...roles], [KIND.channel]: channels }[option.type];
}

function finish(option, id, input, { file = false, numbers = 0, truth = false }) {
  const made = field({ id, label: option.display ?? option.name, required: option.required === true, hint: option.description, input });
  const numeric = numbers === KIND.integer || numbers === KIND.number;
  // A choice of the autocomplete carries its own value beside the words it shows.
  const chosen = () => (input.dataset.shown === input.value ? input.dataset.value : undefined);
  const value = () => {
    if (file || input.value.trim() === "") return undefined;
    if (truth) return input.value === "true";
    const written = chosen() ?? input.value;
    return numeric ? Number(written.replace(",", ".")) : written;
  };
  const check = () => {
    const wrong = trouble(option, file ? input.files.length > 0 : value(), numeric, numbers);
    made.complain(wrong);
    return wrong === "";
  };
  return { ...made, name: option.name, value, check, file: file ? () => input.files[0] : null };
}

function trouble(option, value, numeric, kind) {
  if (value === undefined || value === false && option.type === KIND.attachment) return option.required ? t("form.missing") : "";
  if (numeric) {
    if (!Number.isFinite(value) || (kind === KIND.integer && !Number.isInteger(value))) return t("form.number");
    const [least, most] = [option.min_value ?? -Infinity, option.max_value ?? Infinity];
    return value < least || value > most ? t("form.range", { min: least, max: most }) : "";
  }
  if (typeof value === "string" && !option.choices?.length) {
    if (option.max_length && [...value].length > option.max_length) return t("form.long", { n: option.max_length });
    if (option.min_length && [...value].length < option.min_length) return t("form.short", { n: option.min_length });
  }
  return "";
}

// A text field with suggestions from the application below it.
function completing(made, complete) {
  const { input } = made;
  const list = el("div", { class: "popup suggestions", role: "listbox", id: `${input.id}-list`, hidden: true });
  let nodes = [];
  let at = -1;
  let asked = 0;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  made.node.append(list);
  const show = (visible) => {
    list.hidden = !visible;
    input.setAttribute("aria-expanded", String(visible));
    if (visible) place(list, input);
  };
  const mark = (to) => {
    at = to;
    nodes.forEach((node, index) => node.setAttribute("aria-selected", String(index === at)));
    if (at >= 0) input.setAttribute("aria-activedescendant", nodes[at].id);
    else input.removeAttribute("aria-activedescendant");
    nodes[at]?.scrollIntoView({ block: "nearest" });
  };
  const take = (choice) => {
    input.value = choice.name;
    input.dataset.shown = choice.name;
    input.dataset.value = String(choice.value);
    asked += 1;
    show(false);
  };
  const look = async () => {
    asked += 1;
    const mine = asked;
    const answer = await complete(input.value).catch(() => ({ choices: [] }));
    if (mine !== asked || document.activeElement !== input) return;
    nodes = answer.choices.map((choice, index) => el("div", { class: "popup-item", role: "option", id: `${list.id}-${index}`, "aria-selected": "false",
      onpointerdown: (event) => {
        event.preventDefault();
        take(choice);
      } }, el("span", { class: "popup-label" }, choice.name)));
    nodes.forEach((node, index) => Object.assign(node, { choice: answer.choices[index] }));
    list.replaceChildren(...nodes);
    show(nodes.length > 0);
    mark(nodes.findIndex((node) => input.value && fold(node.choice.name).startsWith(fold(input.value))));
  };
  input.addEventListener("input", look);
  input.addEventListener("focus", look);
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark((at + 1) % nodes.length);
    else if (event.key === "ArrowUp") mark((at - 1 + nodes.length) % nodes.length);
    else if (event.key === "Enter" && at >= 0) take(nodes[at].choice);
    else if (event.key === "Escape") show(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return made;
}
