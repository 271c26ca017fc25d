//! The browser, and the page as a person uses it: by what is written on things, never by how they are made.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

/** How long anything may take before the test says what it waited for, in ms. The desk answers in a fraction of this. */
export const PATIENCE_MS = 20_000;

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

/** Starts the browser (`CHROMIUM`, else Debian's). */
export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
}

/** Fails with `reason` unless `fact` holds. */
export function must(fact, reason) {
  if (!fact) throw new Error(reason);
}

/** One window on the page, with everything it must never do noted in `faults`. */
export class Window {
  static async open(browser, { origin, faults, width = 1280, height = 800, scheme = "light" }) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, hasTouch: width < 700, locale: "en-GB" });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    page.on("pageerror", (error) => faults.push(`script error: ${error.message}`));
    page.on("console", (line) => line.type() === "error" && faults.push(`console: ${line.text()}`));
    page.on("request", (request) => {
      const { protocol, origin: asked } = new URL(request.url());
      if (["http:", "https:", "ws:", "wss:"].includes(protocol) && asked !== origin) faults.push(`asked elsewhere: ${asked}`);
    });
    return Object.assign(new Window(), { page, origin, context });
  }

  /** Opens the page as somebody, in English. */
  async be(person) {
    await this.page.goto(`${this.origin}/?as=${person.id}&lang=en`);
    await this.page.getByRole("button", { name: `You are · ${person.label} ${person.name}` }).waitFor();
  }

  /** Becomes somebody else with the switcher. */
  async switchTo(person) {
    await this.page.getByRole("button", { name: /^You are/u }).click();
    await this.page.getByRole("option", { name: person.name, exact: true }).click();
    await this.page.getByRole("button", { name: `You are · ${person.label} ${person.name}` }).waitFor();
  }

  /** Opens a channel, thread or direct messages by the beginning of its name. */
  async go(name) {
    const list = this.page.getByRole("navigation", { name: "Channels and direct messages" });
    await list.getByRole("button", { name: new RegExp(`^${escaped(name)}`, "u") }).first().click();
  }

  /** The message that holds these words; the newest of several. */
  message(words) {
    return this.page.locator(".messages > li").filter({ hasText: words }).last();
  }

  /** Fills a form's fields by their labels and sends it. */
  async fill(values) {
    const dialog = this.page.getByRole("dialog");
    await dialog.waitFor();
    for (const [label, words] of Object.entries(values)) await dialog.getByLabel(label).fill(words);
    await dialog.getByRole("button", { name: "Submit" }).click();
    await dialog.waitFor({ state: "detached" });
  }

  /** Says something in the open channel. */
  async say(words) {
    const box = this.page.getByRole("textbox", { name: /^Message /u });
    await box.fill(words);
    await box.press("Enter");
  }

  /** Fails when the page is wider than its window. */
  async mustFit(where) {
    const [wide, room] = await this.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    must(wide <= room, `${where}: the page is ${wide} px wide in a window of ${room} px`);
  }

  /** Keeps a picture of the window when `SHOTS` names a folder. */
  async shot(name) {
    const folder = process.env.SHOTS;
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }
}

/** A text as a pattern that finds just it. */
export function escaped(text) {
  return text.replace(/[$()*+.?[\\\]^{|}]/gu, "\\$&");
}

/** Asks the sandbox's control interface; `body` makes it a POST. */
export async function control(origin, path, body) {
  const answer = await fetch(`${origin}/control/${path}`, body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  must(answer.ok, `${path} answered ${answer.status}`);
  return answer.json();
}

/** An English-speaking person with this label: the labels the test looks for are in the reader's language. */
export function somebody(world, label) {
  const found = world.guilds.flatMap((guild) => guild.members).find((member) => member.label === label && member.locale.startsWith("en"));
  must(found, `the test needs a person with the label "${label}" and an English locale`);
  return found;
}
