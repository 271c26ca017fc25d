//! The cards (embeds) in a message.

import { stamp } from "./clock.js";
import { el, safeLink } from "./dom.js";
import { picture } from "./files.js";
import { inlineMarkdown, markdown } from "./markdown.js";
import { t } from "./words.js";

/** A message's cards; pictures named `attachment://…` are found among its files. */
export function embeds(message) {
  return (message.embeds ?? []).map((embed) => card(embed, message.attachments ?? []));
}

function card(embed, files) {
  const node = el("div", { class: "embed", role: "group", "aria-label": embed.title ?? null },
    el("div", { class: "embed-words" },
      embed.author?.name ? el("div", { class: "embed-author" }, embed.author.name) : null,
      embed.title ? el("div", { class: "embed-title", role: "heading", "aria-level": "3" }, titleWords(embed)) : null,
      embed.description ? el("div", { class: "words" }, markdown(embed.description)) : null,
      embed.fields?.length ? el("dl", { class: "embed-fields" }, embed.fields.map(fieldOf)) : null),
    embed.thumbnail ? el("div", { class: "embed-thumbnail" }, pictureOf(embed.thumbnail, files)) : null,
    embed.image ? el("div", { class: "embed-image" }, pictureOf(embed.image, files)) : null,
    embed.footer?.text || embed.timestamp ? el("div", { class: "embed-foot" },
      [embed.footer?.text, embed.timestamp ? stamp(Date.parse(embed.timestamp), "f") : null].filter(Boolean).join(" · ")) : null);
  // The colour is the operator's word about the state; without one the bar stays quiet.
  if (Number.isInteger(embed.color)) node.style.setProperty("--bar", `#${embed.color.toString(16).padStart(6, "0")}`);
  return node;
}

function titleWords(embed) {
  const href = embed.url ? safeLink(embed.url) : null;
  const words = inlineMarkdown(embed.title);
  return href ? el("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, words) : words;
}

function fieldOf(field) {
  return el("div", { class: field.inline ? "embed-field inline" : "embed-field" },
    el("dt", {}, inlineMarkdown(field.name)), el("dd", { class: "words" }, markdown(field.value)));
}

function pictureOf(image, files) {
  const name = image.url.replace(/^attachment:\/\//u, "").split("?")[0].split("/").at(-1);
  const file = files.find((each) => each.filename === name);
  return picture({ filename: name, description: t("embed.picture"), width: image.width ?? file?.width, height: image.height ?? file?.height,
    ...file && image.url.startsWith("attachment://") ? { url: file.url, description: file.description ?? t("embed.picture") } : { url: image.url } });
}
