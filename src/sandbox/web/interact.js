//! What happens after something was pressed or sent: waiting for the application's answer, its form, or its silence.

import * as api from "./api.js";
import { openForm } from "./form.js";
import { t } from "./words.js";

/** Waits for an interaction's answer and opens its form. Answers `{failed}` with the words for the person, or `{}`. */
export async function follow(interaction) {
  const answer = await api.outcome(interaction);
  if (answer.state === "modal") {
    openForm(interaction, answer.modal);
    return {};
  }
  return answer.state === "failed" || answer.state === "pending" ? { failed: t("failed") } : {};
}

/** Presses a button or chooses in a select; `report(words)` gets the reason when it failed, "" when it did not. */
export async function press(as, message, customId, values, report) {
  try {
    const sent = await api.press(as, message.channel_id, message.id, customId, values);
    const answer = await follow(sent.interaction);
    report(answer.failed ?? "");
  } catch (error) {
    report(t("failed.why", { why: error.message }));
  }
}

/** The words for a call the sandbox refused, shown inside a dialog. */
export function dialogTrouble(error) {
  return t("failed.why", { why: error.message });
}
