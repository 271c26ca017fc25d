//! Drives the sandbox's page as people would, against a running desk: `node desk.mjs http://127.0.0.1:PORT`.
//! It needs a guild with the desk's panel posted and an English-speaking customer, staff member and manager.
//! Prints one line of JSON; ends with 1 and the reason when something is not as a person should find it.
//! `CHROMIUM` names the browser, `SHOTS` a folder for pictures.

import * as checks from "./checks.mjs";
import { control, escaped, launch, must, somebody, Window } from "./support.mjs";

const HOSTILE = '<img src=x onerror="window.broken=1">';
const PANEL = /File a complaint|Gửi khiếu nại/u;
const TROUBLE = "My router blinks red since Monday";
const REPLY = "I have ordered a technician for you this afternoon.";
const ANSWER = "Thank you, I will be at home.";
const OUTCOME = "The technician changed the router; the line is stable.";

const origin = new URL(process.argv[2] ?? "http://127.0.0.1:8787").origin;
const faults = [];
const done = [];
const began = Date.now();
const browser = await launch();
let current = "start";
let last = null;

const step = async (name, window, run) => {
  current = name;
  last = window;
  await run(window);
  must(faults.length === 0, faults.join("; "));
  done.push(name);
  await window.shot(`${String(done.length).padStart(2, "0")}-${name.toLowerCase().replace(/[^a-z]+/gu, "-")}`);
};

try {
  const world = await control(origin, "state");
  const [customer, staff, manager] = ["customer", "staff", "manager"].map((label) => somebody(world, label));
  const bot = world.bot.name;
  const guild = world.guilds.find((each) => each.members.some((member) => member.id === customer.id));
  await control(origin, "person", { guild: guild.id, name: HOSTILE, locale: "en-US", label: "customer", roles: [], dms_open: true });

  const wide = await Window.open(browser, { origin, faults });
  await wide.be(customer);
  await step("words", wide, async () => {
    await checks.markdown(wide);
    await checks.moments(wide);
    await checks.languages(wide);
  });
  await step("clock", wide, () => untilDay(wide));
  await step("file by the panel's form", wide, async ({ page }) => {
    await page.getByRole("button", { name: PANEL }).first().click();
    await wide.fill({ "What happened?": TROUBLE, "What would put it right?": "A new router" });
    const receipt = wide.message("Only you can see this");
    await receipt.waitFor();
    must(/thank you/iu.test(await receipt.innerText()), `the receipt does not thank: ${await receipt.innerText()}`);
  });
  await step("claim", wide, async () => {
    await wide.switchTo(staff);
    await wide.go("desk");
    const card = wide.message(TROUBLE);
    await card.getByRole("button", { name: "Claim", exact: true }).click();
    await card.filter({ hasText: staff.name }).waitFor();
  });
  await step("reply", wide, async () => {
    const card = wide.message(TROUBLE);
    await card.getByRole("button", { name: "Reply", exact: true }).click();
    await wide.fill({ Message: REPLY });
    await card.locator(".thread-chip").click();
    await wide.message(REPLY).waitFor();
    await wide.message(/(?<!not )delivered/iu).waitFor();
  });
  await step("the customer answers in the direct messages", wide, async () => {
    await wide.switchTo(customer);
    await wide.go(bot);
    await wide.message(REPLY).waitFor();
    await wide.say(ANSWER);
    await wide.switchTo(staff);
    await wide.message(ANSWER).waitFor();
  });
  await step("resolve", wide, async () => {
    await wide.go("desk");
    await wide.message(TROUBLE).getByRole("button", { name: "Resolve", exact: true }).click();
    await wide.fill({ "Outcome for the customer": OUTCOME });
  });
  await step("rate", wide, async ({ page }) => {
    await wide.switchTo(customer);
    await wide.go(bot);
    await wide.message(OUTCOME).waitFor();
    await page.getByRole("button", { name: "5 ★" }).last().click();
    await page.getByRole("button", { name: "Yes", exact: true }).last().click();
    await page.getByRole("button", { name: "Yes", exact: true }).and(page.locator(":enabled")).waitFor({ state: "detached" });
  });
  await step("report", wide, async ({ page }) => {
    await wide.switchTo(manager);
    await wide.go("desk");
    await page.getByRole("textbox", { name: /^Message /u }).fill("/report");
    await page.getByRole("option", { name: /^\/report overview/u }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Run command" }).click();
    const report = wide.message("Only you can see this");
    const picture = report.locator(".picture img");
    await picture.waitFor();
    const width = await picture.evaluate(async (image) => {
      await image.decode();
      return image.naturalWidth;
    });
    must(width >= 200, `the report's picture is ${width} px wide`);
    await report.getByRole("link", { name: /\.csv/u }).waitFor();
  });
  await step("hostile words stay words", wide, async ({ page }) => {
    await wide.switchTo(manager);
    await wide.go("desk");
    await wide.say(HOSTILE);
    await wide.message(HOSTILE).waitFor();
    must(await page.getByText(HOSTILE, { exact: true }).count() >= 2, "the hostile name or message is not shown as written");
    must(await page.evaluate(() => window.broken === undefined), "words of a person ran as a script");
  });
  await step("file by keyboard alone", wide, () => byKeyboard(wide, customer));

  for (const scheme of ["light", "dark"]) {
    const narrow = await Window.open(browser, { origin, faults, width: 390, height: 844, scheme });
    await narrow.be(customer);
    await step(`narrow ${scheme}: list`, narrow, () => narrow.mustFit("the list"));
    await step(`narrow ${scheme}: messages`, narrow, async ({ page }) => {
      await narrow.go(bot);
      await narrow.message(OUTCOME).waitFor();
      await narrow.mustFit("the messages");
      await largeEnough(page);
    });
    await step(`narrow ${scheme}: back`, narrow, async ({ page }) => {
      await page.getByRole("button", { name: "Back to channels" }).click();
      await page.getByRole("navigation").getByRole("button", { name: new RegExp(`^${escaped(bot)}`, "u") }).waitFor();
    });
    await step(`narrow ${scheme}: form`, narrow, async ({ page }) => {
      await page.getByRole("navigation").getByRole("button").first().click();
      await page.getByRole("button", { name: PANEL }).first().click();
      await page.getByRole("dialog").waitFor();
      await narrow.mustFit("the form");
    });
    await narrow.context.close();
  }
  console.log(JSON.stringify({ ok: true, steps: done, ms: Date.now() - began }));
} catch (error) {
  await last?.shot("failed").catch(() => {});
  console.log(JSON.stringify({ ok: false, step: current, reason: [error.message, ...faults].join("; "), steps: done, ms: Date.now() - began }));
  process.exitCode = 1;
} finally {
  await browser.close();
}

/** Moves the clock with its own button until it is day: at night a rating waits for the customer's morning. */
async function untilDay({ page }) {
  const face = page.locator(".clock-time");
  for (let presses = 0; presses < 24; presses += 1) {
    const before = await face.innerText();
    const hour = Number(before.slice(0, 2));
    if (hour >= 9 && hour < 18) return;
    await page.getByRole("button", { name: /^\+1 h/u }).click();
    await page.waitForFunction((old) => document.querySelector(".clock-time").textContent.slice(0, 2) !== old, before.slice(0, 2));
  }
  throw new Error("the clock's +1 h does not lead to the day");
}

/** Files a complaint without the mouse: skip link, messages, button, form; Esc gives the focus back. */
async function byKeyboard(window, customer) {
  await window.be(customer);
  const { keyboard } = window.page;
  const focused = () => window.page.evaluate(() => {
    const node = document.activeElement;
    return { words: (node.getAttribute("aria-label") ?? node.textContent ?? "").trim(), inDialog: node.closest("dialog") !== null, tag: node.tagName };
  });
  const until = async (key, fits, most, what) => {
    for (let presses = 0; presses < most; presses += 1) {
      if (fits(await focused())) return;
      await keyboard.press(key);
    }
    throw new Error(`${what} was not reached with ${key}`);
  };
  await window.page.getByRole("button", { name: PANEL }).first().waitFor();
  await until("Tab", ({ words }) => words === "Skip to the message box", 5, "the link that skips to the message box");
  await keyboard.press("Enter");
  await until("Shift+Tab", ({ words, tag }) => tag === "BUTTON" && PANEL.test(words), 300, "the panel's button");
  await keyboard.press("Enter");
  await window.page.getByRole("dialog").waitFor();
  for (let presses = 0; presses < 12; presses += 1) {
    await keyboard.press("Tab");
    const { inDialog, tag } = await focused();
    must(inDialog || tag === "BODY", "the focus left the form while it was open");
  }
  await keyboard.press("Escape");
  await window.page.getByRole("dialog").waitFor({ state: "detached" });
  must(PANEL.test((await focused()).words), "Esc did not give the focus back to the button");
  await keyboard.press("Enter");
  await window.page.getByRole("dialog").waitFor();
  await keyboard.type("The television has no sound on any channel");
  await until("Tab", ({ words }) => words === "Submit", 8, "the form's button");
  await keyboard.press("Enter");
  await window.page.getByRole("dialog").waitFor({ state: "detached" });
  await window.message("Only you can see this").waitFor();
}

/** Fails on a button too small for a finger. */
async function largeEnough(page) {
  const small = await page.locator("button:visible, a.button:visible").evaluateAll((nodes) => nodes
    .map((node) => ({ words: node.getAttribute("aria-label") ?? node.textContent, box: node.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24)).map(({ words, box }) => `${words} (${Math.round(box.width)}×${Math.round(box.height)})`));
  must(small.length === 0, `too small to touch: ${small.join(", ")}`);
}
