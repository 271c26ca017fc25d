//! The form an application answers with: one to five text inputs, their limits, and sending them.

import { dialogTrouble, follow } from "./interact.js";
import * as api from "./api.js";
import { field, openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { t } from "./words.js";
import { known } from "./world.js";

const PARAGRAPH = 2;
const LONGEST = 4000;

/** Opens the form that answered `interaction`; what is typed stays until it was taken. */
export function openForm(interaction, form) {
  const as = known.me;
  const inputs = textInputs(form.components).map((described, at) => textField(described, `form-${at}`));
  const shown = openDialog({
    title: form.title,
    body: inputs.map((input) => input.node),
    action: t("form.send"),
    submit: async (close) => {
      const wrong = inputs.filter((input) => !input.check());
      if (wrong.length) {
        wrong[0].input.focus();
        return;
      }
      shown.busy(true);
      const values = Object.fromEntries(inputs.map((input) => [input.customId, input.input.value]));
      try {
        const sent = await api.submit(as, interaction, values);
        const answer = await follow(sent.interaction);
        if (answer.failed) shown.complain(`${answer.failed}. ${t("form.failed")}`);
        else close();
      } catch (error) {
        shown.complain(dialogTrouble(error));
      }
      shown.busy(false);
    },
  });
}

// Both shapes Discord knows: a row with an input, and a label around an input.
function textInputs(components) {
  return (components ?? []).flatMap((part) => {
    if (part.type === 4) return [part];
    const inner = part.components ?? (part.component ? [part.component] : []);
    return inner.filter((each) => each.type === 4)
      .map((each) => ({ ...each, label: each.label ?? part.label, description: part.description }));
  });
}

function textField(described, id) {
  const required = described.required !== false;
  const least = described.min_length ?? 0;
  const most = described.max_length ?? LONGEST;
  const input = described.style === PARAGRAPH
    ? el("textarea", { rows: "4", placeholder: described.placeholder })
    : el("input", { type: "text", placeholder: described.placeholder, autocomplete: "off" });
  input.value = described.value ?? "";
  const made = field({ id, label: described.label, required, hint: described.description, input });
  const length = () => [...input.value].length;
  const count = () => {
    made.count.textContent = t("form.count", { n: length(), max: most });
    made.count.classList.toggle("over", length() > most);
  };
  const check = () => {
    let wrong = "";
    if (required && input.value.trim() === "") wrong = t("form.missing");
    else if (length() > most) wrong = t("form.long", { n: most });
    else if (length() > 0 && length() < least) wrong = t("form.short", { n: least });
    made.complain(wrong);
    return wrong === "";
  };
  input.addEventListener("input", () => {
    count();
    if (input.hasAttribute("aria-invalid")) check();
  });
  count();
  return { ...made, customId: described.custom_id, check };
}
