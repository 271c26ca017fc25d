//! Builds elements from plain values. What people wrote only ever becomes text nodes and checked addresses, never markup.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  at: "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0Zm0 0v1.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-3.5 7.1",
  back: "M15 5l-7 7 7 7",
  check: "M5 12.5l4.5 4.5L19 7.5",
  close: "M6 6l12 12M18 6L6 18",
  dots: "M5 12h.01M12 12h.01M19 12h.01",
  down: "M6 9l6 6 6-6",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Zm12.5 0a3 3 0 1 1-6 0 3 3 0 0 1 6 0Z",
  file: "M13.5 3H7a1.5 1.5 0 0 0-1.5 1.5v15A1.5 1.5 0 0 0 7 21h10a1.5 1.5 0 0 0 1.5-1.5V8Zm0 0v5h5",
  hash: "M9.5 4L7.5 20M16.5 4l-2 16M4.5 9h16M3.5 15h16",
  link: "M8 16L17 7M9.5 7H17v7.5",
  lock: "M7 11V8a5 5 0 0 1 10 0v3M6 11h12v9H6Z",
  plus: "M12 5v14M5 12h14",
  reply: "M10 6l-6 6 6 6M4 12h10a6 6 0 0 1 6 6v1",
  send: "M4.5 12L3.5 4.5 21 12 3.5 19.5Zm0 0H12",
  slash: "M16 4L8 20",
  thread: "M5 4v9a3 3 0 0 0 3 3h11M15 12l4 4-4 4",
  warn: "M12 4L2.5 20h19ZM12 10.5v4M12 17.2v.01",
};

/** Makes an element: `class`, `dataset`, `on…` listeners, and attributes; false, null and undefined leave one out. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A line drawing by its name; decoration only, so hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A round picture with somebody's initials; the colour follows the id. */
export function avatar(id, name, isBot = false) {
  if (isBot) {
    return el("span", { class: "avatar avatar-bot", "aria-hidden": "true" },
      el("img", { src: "/web/icon.svg", alt: "", width: 40, height: 40 }));
  }
  const parts = String(name || "?").trim().split(/\s+/u);
  const initials = [...new Set([parts[0], parts.at(-1)])].map((part) => [...part][0] ?? "").join("");
  const hue = [...String(id)].reduce((sum, digit) => (sum * 31 + digit.charCodeAt(0)) % 8, 7);
  return el("span", { class: `avatar hue-${hue}`, "aria-hidden": "true" }, initials.toLocaleUpperCase("vi"));
}

/** The address if a link may lead there (http, https, mailto), else null. */
export function safeLink(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** An address of one of this server's files, made relative so that `localhost` and `127.0.0.1` both work; else null. */
export function ownFile(address) {
  try {
    const url = new URL(address, location.href);
    const ours = ["127.0.0.1", "localhost", "[::1]", location.hostname].includes(url.hostname);
    return ours && url.pathname.startsWith("/attachments/") ? url.pathname + url.search : null;
  } catch {
    return null;
  }
}

/** Orders two snowflakes by age without losing digits. */
export function compareIds(left, right) {
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}

/** Lower case without Vietnamese accents, for searching by what people type. */
export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/gu, "d").toLowerCase();
}

/** True on a narrow screen, where list and messages are two panes. */
export function isNarrow() {
  return matchMedia("(max-width: 760px)").matches;
}
