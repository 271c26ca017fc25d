//! Dialogs on the browser's own `<dialog>`: it keeps the focus inside, closes on Esc and gives the focus back.

import { el, icon } from "./dom.js";
import { t } from "./words.js";

/**
 * Opens a dialog. `submit(close)` runs on its main button or Enter.
 * Answers `{dialog, form, close, busy, complain}`: `busy(true)` while waiting, `complain(words)` shows a reason.
 */
export function openDialog({ title, intro, body, action, danger = false, submit }) {
  const refocus = wayBack(document.activeElement);
  const alert = el("p", { class: "form-alert", role: "alert" });
  const main = el("button", { class: danger ? "button danger" : "button primary", type: "submit" }, action);
  const form = el("form", { method: "dialog", novalidate: true },
    el("header", { class: "dialog-head" },
      el("h2", { id: "dialog-title" }, title),
      el("button", { class: "icon-button", type: "button", "aria-label": t("close"), onclick: () => close() }, icon("close"))),
    el("div", { class: "dialog-body" }, intro ? el("p", { class: "dialog-intro" }, intro) : null, body, alert),
    el("footer", { class: "dialog-foot" },
      el("button", { class: "button quiet", type: "button", onclick: () => close() }, t("cancel")), main));
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": "dialog-title" }, form);

  function close() {
    if (dialog.open) dialog.close();
  }
  function busy(waiting) {
    main.disabled = waiting;
    main.setAttribute("aria-busy", String(waiting));
  }
  function complain(words) {
    alert.textContent = words;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    complain("");
    submit(close);
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    refocus();
  });
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector(".dialog-body :is(input, textarea, select, button)")?.focus();
  return { dialog, form, close, busy, complain };
}

// What was pressed may have been drawn anew meanwhile: then the same button of that message, the message, or the composer.
function wayBack(node) {
  const message = node?.closest("[data-id]")?.dataset.id;
  const custom = node?.dataset?.custom;
  return () => {
    const item = message && document.querySelector(`[data-id="${CSS.escape(message)}"]`);
    const same = item && custom && [...item.querySelectorAll("[data-custom]:enabled")].find((each) => each.dataset.custom === custom);
    (node?.isConnected ? node : same || item || document.getElementById("compose-words"))?.focus({ preventScroll: true });
  };
}

/** A labelled field with room for its hint, its count and what is wrong with it, so that nothing jumps. */
export function field({ id, label, required, hint, input }) {
  const wrong = el("span", { class: "field-wrong", id: `${id}-wrong` });
  const count = el("span", { class: "field-count", id: `${id}-count`, "aria-hidden": "true" });
  input.id = id;
  input.setAttribute("aria-describedby", hint ? `${id}-wrong ${id}-hint` : `${id}-wrong`);
  if (required) input.setAttribute("aria-required", "true");
  const node = el("div", { class: "field" },
    el("div", { class: "field-top" },
      el("label", { for: id }, label),
      el("span", { class: required ? "field-need needed" : "field-need" }, t(required ? "form.required" : "form.optional"))),
    hint ? el("div", { class: "field-hint", id: `${id}-hint` }, hint) : null,
    input,
    el("div", { class: "field-under" }, wrong, count));
  const complain = (words) => {
    wrong.textContent = words;
    if (words) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };
  return { node, input, count, complain };
}
