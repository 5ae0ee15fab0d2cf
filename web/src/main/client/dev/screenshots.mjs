/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Looks at every page in a real browser: pictures into a folder, and axe with colours on each of them.
 * `node dev/screenshots.mjs [folder] [name filter]`, after `npm run build`. Ends with 1 when axe finds something.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { createServer } from "vite";

const folder = process.argv[2] ?? "screenshots";
const filter = process.argv[3] ?? "";
const MOCK = 9380;
const GALLERY = 6473;
const base = `http://127.0.0.1:${MOCK}`;
const gallery = `http://127.0.0.1:${GALLERY}/dev/gallery.html`;
const axe = readFileSync(join(import.meta.dirname, "../node_modules/axe-core/axe.min.js"), "utf8");
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 320, height: 640 };
let faults = 0;

mkdirSync(folder, { recursive: true });
const mock = spawn("node", [join(import.meta.dirname, "mock/server.mjs"), String(MOCK)], {
  stdio: ["ignore", "pipe", "inherit"],
});
await new Promise((started) => mock.stdout.once("data", started));
const vite = await createServer({
  root: join(import.meta.dirname, ".."),
  server: { port: GALLERY },
  logLevel: "error",
});
await vite.listen();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"],
});

try {
  for (const [theme, locale, size] of [
    ["light", "de-DE", DESKTOP],
    ["dark", "en-GB", DESKTOP],
    ["light", "en-GB", PHONE],
    ["dark", "de-DE", PHONE],
  ]) {
    await pages(`${theme}-${locale.slice(0, 2)}-${size.width}`, { colorScheme: theme, locale, viewport: size });
  }
  for (const theme of ["light", "dark"]) {
    await meetings(theme);
  }
} finally {
  await browser.close();
  await vite.close();
  mock.kill();
}
process.exitCode = faults === 0 ? 0 : 1;

async function pages(name, options) {
  const context = await browser.newContext({ ...options, permissions: ["camera", "microphone", "clipboard-write"] });
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && console.log(`${name}: ${message.text()}`));
  await page.goto(base);
  await page.getByTestId("sign-in").waitFor();
  await look(page, `1-start-${name}`);
  await page.getByTestId("sign-in").click();
  await page.locator("[data-meeting]").first().waitFor();
  await look(page, `2-dashboard-${name}`);
  await page.getByTestId("create-meeting").click();
  await page.getByRole("radio").nth(1).check();
  await page.locator("dialog button[type=submit]").click();
  await look(page, `3-create-${name}`);
  await page.keyboard.press("Escape");
  await page.locator("[data-meeting] .button-icon").first().click();
  await look(page, `4-delete-${name}`);
  await page.keyboard.press("Escape");
  const copy = page.locator("[data-meeting]").nth(1).locator(".button-secondary");
  await copy.click();
  await page.waitForTimeout(300);
  await page.locator("[data-meeting] .button-primary").first().click();
  await page.getByTestId("join").waitFor();
  await page.waitForTimeout(800);
  await look(page, `5-lobby-${name}`);
  await page.getByTestId("join").click();
  await page.getByTestId("open-people").click();
  await page.waitForTimeout(300);
  await look(page, `6-meeting-${name}`);
  await page.getByTestId("open-settings").click();
  await look(page, `7-settings-${name}`);
  await page.keyboard.press("Escape");
  await page
    .getByTestId("open-people")
    .click({ force: true })
    .catch(() => undefined);
  await page.keyboard.press("Escape");
  await page.getByTestId("leave").click();
  await page.getByTestId("again").waitFor();
  await look(page, `8-ended-${name}`);
  await page.goto(`${base}/room/00000000-0000-4000-8000-000000000000?invite=00000000-0000-4000-8000-000000000001`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForTimeout(300);
  await look(page, `9-link-${name}`);
  await context.close();
}

async function meetings(theme) {
  for (const [name, query, size] of [
    ["one", "meeting=1", DESKTOP],
    ["three", "meeting=3", DESKTOP],
    ["seven-chat", "meeting=7&panel=chat", DESKTOP],
    ["twelve-lost", "meeting=12&lost&muted", DESKTOP],
    ["screen", "meeting=9&screen&panel=people", DESKTOP],
    ["fifty", "meeting=50", DESKTOP],
    ["phone", "meeting=5", PHONE],
    ["phone-screen", "meeting=9&screen", { width: 390, height: 800 }],
    ["phone-chat", "meeting=5&panel=chat", PHONE],
  ]) {
    if (`meeting-${name}`.includes(filter) || filter === "") {
      const context = await browser.newContext({ colorScheme: theme, viewport: size });
      const page = await context.newPage();
      await page.goto(`${gallery}?${query}&language=${theme === "dark" ? "en" : "de"}`);
      await page.getByTestId("tile").first().waitFor({ state: "attached" });
      await page.waitForTimeout(900);
      await look(page, `meeting-${name}-${theme}`);
      await context.close();
    }
  }
  const context = await browser.newContext({ colorScheme: theme, viewport: DESKTOP });
  const page = await context.newPage();
  await page.goto(gallery);
  await page.locator(".gallery").last().waitFor();
  await look(page, `gallery-${theme}`, true);
  await context.close();
}

/** One picture and one look with axe. Many dialogs open at once in the gallery are not judged. */
async function look(page, name, whole = false) {
  if (!name.includes(filter)) {
    return;
  }
  await page.waitForTimeout(250);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: whole });
  if (whole) {
    return;
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) {
    faults += 1;
    console.log(`${name}: ${wide} px too wide`);
  }
  // evaluate runs outside of the page's content security policy
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  for (const { id, nodes } of violations) {
    faults += 1;
    console.log(
      `${name}: ${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary.split("\n")[1]?.trim()}`).join("; ")}`,
    );
  }
}
