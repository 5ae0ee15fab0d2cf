// SPDX-License-Identifier: EUPL-1.2
// The product's main job as its users see it: an official signs in at Keycloak, plans a meeting and copies the guest link;
// guests follow it in another Chromium and in Firefox; all see, hear and write to each other; one leaves, one loses the socket.
// node story/meeting.mjs [FOLDER for screenshots]; PLENUM_BASE_URL, PLENUM_USER and PLENUM_PASSWORD tell where and who.
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium, launchFirefox } from '../lib/browsers.mjs';
import { must, scenario, server, sleep, until } from '../lib/scenario.mjs';
import { TONES, listenIn, pictures, tones, watchConnections } from './ears.mjs';
import { signIn } from './signin.mjs';
import { bursts } from './wav.mjs';

const [folder] = process.argv.slice(2);
const user = process.env.PLENUM_USER ?? 'alice';
const password = process.env.PLENUM_PASSWORD ?? 'alice';
const title = `Council meeting ${process.pid}`; // one meeting of its own each time the story is told
if (folder) mkdirSync(folder, { recursive: true });
const shot = (page, name) => folder && page.screenshot({ path: join(folder, `${name}.png`) });

async function chromium(use, hertz) {
  const wav = join(tmpdir(), `plenum-tone-${process.pid}-${hertz}.wav`);
  writeFileSync(wav, bursts(hertz));
  const browser = use(await launchChromium([`--use-file-for-fake-audio-capture=${wav}`]));
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', permissions: ['camera', 'microphone', 'clipboard-read', 'clipboard-write'] });
  await context.addInitScript({ content: TONES });
  await context.addInitScript(listenIn);
  await context.addInitScript(watchConnections);
  const page = await context.newPage();
  const foreign = [];
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (/^(http|ws)s?:$/.test(protocol) && hostname !== 'localhost') foreign.push(request.url());
  });
  return Object.assign(page, { foreign });
}

/** Clicks and types in a page of puppeteer by test id. */
const remote = (page) => ({
  click: (id) => page.waitForSelector(`[data-testid="${id}"]`).then((element) => element.click()),
  type: async (id, text) => (await page.waitForSelector(`[data-testid="${id}"]`)).type(text),
});

/** Waits until each page shows it; says what a page received when it does not. */
const everybody = (what, pages, look, ms = 45_000) =>
  Promise.all(
    pages.map(async (page) => {
      try {
        await until(`${page.role}: ${what}`, () => look(page), ms);
      } catch (error) {
        await shot(page, `missing-${page.role}`);
        const streams = await page.evaluate(() => window.streamsNow());
        throw new Error(`${error.message}\n${streams.map((stream) => JSON.stringify(stream)).join('\n')}`);
      }
    }),
  );

await scenario(async (use) => {
  const official = Object.assign(await chromium(use, 440), { role: 'official', hertz: 440 });
  await signIn(official, server.base, user, password, () => shot(official, 'keycloak'));
  await official.getByTestId('create-meeting').click();
  await official.getByLabel('Title').fill(title);
  await official.getByRole('button', { name: 'Create meeting' }).click();
  await official.getByRole('button', { name: 'Copy guest link: ' + title, exact: true }).first().waitFor();
  await shot(official, 'dashboard');
  await official.getByRole('button', { name: 'Copy guest link: ' + title, exact: true }).first().click();
  const link = await until('the link in the clipboard', () => official.evaluate(() => navigator.clipboard.readText()));
  must(/^http:\/\/localhost:\d+\/room\/[0-9a-f-]{36}\?invite=[0-9a-f-]{36}$/.test(link), `a guest link, not ${link}`);
  await official.getByRole('button', { name: 'Start: ' + title, exact: true }).first().click();
  await official.getByTestId('join').waitFor();
  await sleep(1500);
  await shot(official, 'lobby');
  await official.getByTestId('join').click();

  const guest = Object.assign(await chromium(use, 620), { role: 'guest', hertz: 620 });
  await guest.goto(link);
  await guest.getByTestId('guest-name').fill('Gast Nord');
  await guest.getByTestId('join').click();

  const firefox = use(await launchFirefox({ 'media.navigator.audio.fake_frequency': 880, 'intl.accept_languages': 'de' }));
  const third = Object.assign(await firefox.browser.newPage(), { role: 'third', hertz: 880 });
  await third.evaluateOnNewDocument(TONES);
  await third.evaluateOnNewDocument(listenIn);
  await third.evaluateOnNewDocument(watchConnections);
  await third.goto(link);
  await remote(third).type('guest-name', 'Frau Süd');
  await remote(third).click('join');

  const all = [official, guest, third];
  await everybody('three in the list', all, (page) => page.evaluate(() => document.querySelectorAll('[data-testid="tile"]').length >= 3));
  const seen = new Map();
  await everybody('two moving pictures of others', all, async (page) => {
    const now = await pictures(page);
    const before = seen.get(page) ?? seen.set(page, now).get(page);
    const moving = Object.entries(now).filter(([identity, picture]) => before[identity] && before[identity] !== picture);
    Object.entries(now).forEach(([identity, picture]) => (before[identity] ??= picture));
    return moving.length >= 3; // the two others and the own one
  });
  await everybody('the tones of the two others', all, async (page) => {
    const heard = await tones(page);
    const expected = all.filter((other) => other !== page).map((other) => other.hertz);
    page.heard = [...(page.heard ?? []), ...heard];
    return expected.every((hertz) => page.heard.some((each) => Math.abs(each - hertz) < 15));
  });
  for (const page of all) must(!(page.heard ?? []).some((each) => Math.abs(each - page.hertz) < 15), `${page.role} does not hear himself`);

  await official.getByTestId('open-chat').click();
  await official.getByTestId('chat-input').fill('Guten Morgen <b>zusammen</b>');
  await official.keyboard.press('Enter');
  await guest.getByTestId('open-chat').click();
  await guest.getByTestId('chat-message').filter({ hasText: 'Guten Morgen <b>zusammen</b>' }).waitFor();
  await guest.getByTestId('chat-input').fill('Good morning');
  await guest.keyboard.press('Enter');
  await official.getByTestId('chat-message').filter({ hasText: 'Good morning' }).waitFor();
  await sleep(500);
  await shot(official, 'meeting');

  await guest.getByTestId('toggle-microphone').click();
  await until('the mute is seen by the official', () => official.locator('[data-testid="tile"]').filter({ hasText: 'Gast Nord' }).filter({ hasText: 'muted' }).count());
  await guest.getByTestId('leave').click();
  await everybody('the guest is gone', [official, third], (page) => page.evaluate(() => document.querySelectorAll('[data-testid="tile"]').length === 2), 10_000);

  for (const page of [official, guest]) must(page.foreign.length === 0, `no foreign host: ${page.foreign}`);
}, 240_000);
