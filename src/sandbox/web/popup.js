//! A small list that opens at something: the choices of a select, a message's menu, the people. Arrow keys, Home, End, letters, Enter, Esc.

import { el, fold, icon } from "./dom.js";

let open = null;

/** Closes the list that is open, if one is. */
export function closePopup() {
  open?.close();
}

/**
 * Opens a list at `anchor` and moves the focus into it.
 * `items`: `{label, detail?, icon?, node?, chosen?, danger?, heading?, pick}`; an item with only a `heading` is a title.
 * With `many` the items are ticked instead, `done(ticked)` is called on closing, and `least`/`most` bound their number.
 */
export function openPopup(anchor, { items, label, role = "menu", many = false, least = 0, most = items.length, done, doneLabel }) {
  closePopup();
  const itemRole = role === "listbox" ? "option" : "menuitem";
  const ticked = new Set(items.filter((item) => item.chosen));
  const nodes = [];
  const list = el("div", { class: "popup", role, "aria-label": label, "aria-multiselectable": many || null, tabindex: "-1" });
  for (const item of items) {
    if (item.heading) {
      list.append(el("div", { class: "popup-heading", role: "presentation" }, item.heading));
      continue;
    }
    const node = el("div", { class: item.danger ? "popup-item danger" : "popup-item", role: itemRole, tabindex: "-1",
      "aria-selected": role === "listbox" ? String(ticked.has(item)) : null },
    item.node ?? (item.icon ? icon(item.icon) : null),
    el("span", { class: "popup-words" }, el("span", { class: "popup-label" }, item.label),
      item.detail ? el("span", { class: "popup-detail" }, item.detail) : null),
    el("span", { class: "popup-tick" }, icon("check")));
    node.addEventListener("click", () => choose(item, node));
    nodes.push(node);
    list.append(node);
  }
  const choices = items.filter((item) => !item.heading);
  if (many) list.append(el("button", { class: "button small popup-done", type: "button", onclick: () => finish() }, doneLabel));

  function choose(item, node) {
    if (!many) {
      close();
      item.pick();
      return;
    }
    if (ticked.has(item)) ticked.delete(item);
    else if (ticked.size < most) ticked.add(item);
    node.setAttribute("aria-selected", String(ticked.has(item)));
    list.querySelector(".popup-done").disabled = ticked.size < least;
  }
  function finish() {
    close();
    done?.(choices.filter((item) => ticked.has(item)));
  }
  function close(refocus = true) {
    if (open?.list !== list) return;
    open = null;
    removeEventListener("pointerdown", outside, true);
    removeEventListener("resize", away);
    list.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (refocus && anchor.isConnected) anchor.focus({ preventScroll: true });
  }
  const outside = (event) => {
    if (!list.contains(event.target)) close(anchor.contains(event.target));
  };
  const away = () => close(false);
  let typed = "";
  list.addEventListener("keydown", (event) => {
    const at = nodes.indexOf(document.activeElement);
    const go = (to) => nodes[(to + nodes.length) % nodes.length]?.focus();
    if (event.key === "ArrowDown") go(at + 1);
    else if (event.key === "ArrowUp") go(at < 0 ? -1 : at - 1);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(-1);
    else if (event.key === "Escape") close();
    else if (event.key === "Tab") {
      if (!many) return close();
      return undefined;
    } else if ((event.key === "Enter" || event.key === " ") && at >= 0) choose(choices[at], nodes[at]);
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
      typed += fold(event.key);
      const next = choices.findIndex((item) => fold(item.label).startsWith(typed));
      if (next >= 0) go(next);
      else typed = fold(event.key);
    } else return undefined;
    event.preventDefault();
    event.stopPropagation();
    return undefined;
  });

  // Within a dialog the list belongs to the dialog: what lies outside one is inert.
  (anchor.closest("dialog") ?? document.body).append(list);
  open = { list, close };
  place(list, anchor);
  anchor.setAttribute("aria-expanded", "true");
  addEventListener("pointerdown", outside, true);
  addEventListener("resize", away);
  (nodes[choices.findIndex((item) => item.chosen)] ?? nodes[0] ?? list).focus({ preventScroll: true });
}

/** Puts a fixed list below its anchor, or above where there is more room, always within the window. */
export function place(list, anchor) {
  const box = anchor.getBoundingClientRect();
  const margin = 8;
  const below = innerHeight - box.bottom - margin;
  const above = box.top - margin;
  const up = below < Math.min(list.scrollHeight, 260) && above > below;
  list.style.maxHeight = `${Math.max(120, Math.min(540, up ? above : below) - 4)}px`;
  list.style.minWidth = `${Math.min(Math.max(box.width, 200), innerWidth - 2 * margin)}px`;
  const left = Math.min(box.left, innerWidth - list.offsetWidth - margin);
  list.style.left = `${Math.max(margin, left)}px`;
  list.style.top = up ? `${box.top - list.offsetHeight - 4}px` : `${box.bottom + 4}px`;
}
