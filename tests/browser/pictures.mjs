//! Takes the pictures of the README on the page of a demo in English whose day is over:
//! `node pictures.mjs http://127.0.0.1:8787 pictures`. `CHROMIUM` names the browser. Look at them before they are kept.

import { join } from "node:path";
import { control, launch, somebody, Window } from "./support.mjs";

const origin = new URL(process.argv[2] ?? "http://127.0.0.1:8787").origin;
const folder = process.argv[3] ?? ".";
const faults = [];
const browser = await launch();

/** The window as this person sees it, in a channel or thread. */
const seen = async (name, person, place, { width, height }, show) => {
  const window = await Window.open(browser, { origin, faults, width, height });
  await window.be(person);
  await window.go(place);
  await window.page.locator(".messages > li").first().waitFor();
  await show?.(window);
  await window.page.screenshot({ path: join(folder, `${name}.png`) });
  await window.context.close();
};

try {
  const world = await control(origin, "state");
  const [staff, manager] = ["staff", "manager"].map((label) => somebody(world, label));
  const first = ({ page }) => page.locator(".messages > li").first().scrollIntoViewIfNeeded();
  const last = ({ page }) => page.locator(".messages > li").last().scrollIntoViewIfNeeded();
  await seen("desk-1280", staff, "#5", { width: 1280, height: 860 }, first);
  await seen("report-1280", manager, "managers", { width: 1280, height: 860 }, last);
  await seen("desk-390", staff, "#5", { width: 390, height: 844 }, first);
  if (faults.length > 0) throw new Error(faults.join("; "));
} finally {
  await browser.close();
}
