// SPDX-License-Identifier: EUPL-1.2
// Every view as people with other needs meet it: axe finds nothing (WCAG 2.2 AA), wide and at 320 px, light and dark, in German
// and English; nothing scrolls sideways; a meeting is planned and entered with the keyboard alone; the page breaks no rule of its
// own Content-Security-Policy.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { launchChromium } from '../lib/browsers.mjs';
import { must, scenario, server, until } from '../lib/scenario.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const [folder] = process.argv.slice(2);
if (folder) mkdirSync(folder, { recursive: true });
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const LOOKS = [
  { name: 'wide-light', size: { width: 1280, height: 800 }, colorScheme: 'light' },
  { name: 'narrow-dark', size: { width: 320, height: 640 }, colorScheme: 'dark' },
];

/** One line for each finding, empty when there is none. */
async function findings(page) {
  const result = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), RULES);
  return result.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')} ${node.any[0]?.message ?? ''}`));
}

async function examine(page, view) {
  for (const look of LOOKS) {
    await page.setViewportSize(look.size);
    await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(300); // colours and panels have settled
    if (!(await page.evaluate(() => 'axe' in window))) {
      await page.evaluate(axeSource); // by the debugger: the page itself would refuse a foreign script
    }
    if (folder) await page.screenshot({ path: join(folder, `${view}-${look.name}.png`) });
    const found = await findings(page);
    must(found.length === 0, `no finding of axe on ${view}, ${look.name}:\n${found.join('\n')}`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    must(overflow <= 0, `${view}, ${look.name} does not scroll sideways (${overflow} px too wide)`);
  }
  await page.setViewportSize(LOOKS[0].size);
  await page.emulateMedia({ colorScheme: 'light' });
}

const CONFIG = '**/config.js';

/** The lobby has found out what this network lets through. */
const network = (page, way) => page.locator(`[data-testid="network"][data-way="${way}"]`).waitFor();

/** The lobby as in a network with other ways to the server. */
async function behind(page, relays, way) {
  await page.unroute(CONFIG);
  await page.route(CONFIG, async (route) => {
    const response = await route.fetch();
    const config = JSON.parse((await response.text()).replace(/^window\.config=|;\s*$/g, ''));
    await route.fulfill({ response, body: `window.config=${JSON.stringify({ ...config, network: { relays: relays(config.network.relays) } })};` });
  });
  await page.reload();
  await page.getByTestId('join').waitFor();
  await network(page, way);
}

/** Presses Tab until an element that matches has the focus. */
async function tabTo(page, selector) {
  for (let press = 0; press < 60; press++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
  }
  throw new Error(`the keyboard does not reach ${selector}`);
}

/** Through all views in one language, as somebody who has only a keyboard. */
async function visit(browser, locale, account) {
  const language = locale.slice(0, 2);
  const context = await browser.newContext({ locale, permissions: ['camera', 'microphone'] });
  const page = await context.newPage();
  const broken = [];
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) broken.push(message.text());
  });
  await page.goto(server.base);
  await page.getByTestId('sign-in').first().waitFor();
  must((await page.locator('html').getAttribute('lang')) === language, `the page is in ${language}`);
  await examine(page, `start-${language}`);

  await tabTo(page, '[data-testid="sign-in"]');
  await page.keyboard.press('Enter');
  await page.locator('#username').waitFor();
  await page.keyboard.type(account);
  await page.keyboard.press('Tab');
  await page.locator('#password').focus();
  await page.keyboard.type(account);
  await page.keyboard.press('Enter');
  await page.getByTestId('create-meeting').waitFor();
  await examine(page, `dashboard-${language}`);

  await tabTo(page, '[data-testid="create-meeting"]');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  must(await page.evaluate(() => document.querySelector('dialog, [role="dialog"]').contains(document.activeElement)), 'the focus is in the dialog');
  await examine(page, `create-${language}`);
  await page.keyboard.press('Escape');
  await until('the focus is back where the dialog came from', () => page.evaluate(() => document.activeElement?.matches('[data-testid="create-meeting"]')));

  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  const title = `Rundgang ${process.pid} ${language}`;
  await page.keyboard.type(title);
  await page.keyboard.press('Enter');
  const start = page.locator('[data-meeting]').filter({ hasText: title }).getByRole('button').last();
  await start.waitFor();
  await start.focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('join').waitFor();
  await network(page, 'udp');
  await examine(page, `lobby-${language}`);
  await behind(page, (relays) => relays.filter((url) => !url.includes('udp')), 'tcp');
  await behind(page, () => ['turn:127.0.0.1:9?transport=tcp', 'turns:localhost:9?transport=tcp'], 'none');
  await examine(page, `lobby-without-network-${language}`);
  await page.unroute(CONFIG);

  await tabTo(page, '[data-testid="join"]');
  await page.keyboard.press('Enter');
  await page.getByTestId('tile').first().waitFor();
  await examine(page, `meeting-${language}`);
  await tabTo(page, '[data-testid="open-chat"]');
  await page.keyboard.press('Enter');
  await page.getByTestId('chat-input').waitFor();
  await until('the focus is in the message', () => page.evaluate(() => document.activeElement?.matches('[data-testid="chat-input"]')));
  await page.keyboard.type('Nur mit der Tastatur');
  await page.keyboard.press('Enter');
  await page.getByTestId('chat-message').first().waitFor();
  await examine(page, `chat-${language}`);
  await page.getByTestId('open-people').click();
  await examine(page, `people-${language}`);
  must(broken.length === 0, `no broken Content-Security-Policy: ${broken}`);
  await context.close();
}

// two people, each in a window of its own, at the same time
await scenario(async (use) => {
  const browser = use(await launchChromium());
  await Promise.all([visit(browser, 'de-DE', 'alice'), visit(browser, 'en-GB', 'bob')]);
}, 240_000);
