//! Files: pictures and links in messages, and reading what a person attaches.

import { el, icon, ownFile } from "./dom.js";
import { language, t } from "./words.js";

/** What Discord takes in one file without a boost, in bytes. */
export const LARGEST = 10 * 1024 * 1024;

/** The attachments of a message that no embed shows already. */
export function attachments(message) {
  const shown = new Set((message.embeds ?? []).flatMap((embed) => [embed.image?.url, embed.thumbnail?.url])
    .filter(Boolean).map((address) => address.replace(/^attachment:\/\//u, "").split("?")[0].split("/").at(-1)));
  return (message.attachments ?? []).filter((file) => !shown.has(file.filename)).map((file) => (isPicture(file) ? picture(file) : link(file)));
}

function isPicture(file) {
  return /^image\/(png|jpe?g|gif|webp)/u.test(file.content_type ?? "") || (!file.content_type && /\.(png|jpe?g|gif|webp)$/iu.test(file.filename));
}

/** A picture that opens in its own tab; its room is kept while it loads. */
export function picture({ url, filename, width, height, description }) {
  const source = ownFile(url);
  if (!source) return null;
  const image = el("img", { src: source, alt: description || t("message.picture", { name: filename }), width, height, decoding: "async" });
  if (!width || !height) image.classList.add("unsized");
  return el("a", { class: "picture", href: source, target: "_blank", rel: "noopener" }, image);
}

function link(file) {
  return el("a", { class: "file", href: ownFile(file.url), target: "_blank", rel: "noopener", download: file.filename }, icon("file"),
    el("span", { class: "file-name" }, file.filename), el("span", { class: "file-size" }, sizeWords(file.size)));
}

/** A number of bytes for people. */
export function sizeWords(bytes) {
  const [amount, unit] = bytes < 1024 ? [bytes, "B"] : bytes < 1024 * 1024 ? [bytes / 1024, "KiB"] : [bytes / 1024 / 1024, "MiB"];
  return `${new Intl.NumberFormat(language(), { maximumFractionDigits: 1 }).format(amount)} ${unit}`;
}

/** A chosen file as `{name, base64}`; fails with a sentence for the person when it is too large. */
export async function readFile(file) {
  if (file.size > LARGEST) throw new Error(t("compose.large", { name: file.name }));
  const address = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return { name: file.name, base64: address.slice(address.indexOf(",") + 1) };
}
