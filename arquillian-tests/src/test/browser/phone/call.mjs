// SPDX-License-Identifier: EUPL-1.2
// People on the telephone in a meeting with people in browsers. node phone/call.mjs STORY, with the stories at the end.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { baresip } from '../lib/baresip.mjs';
import { launchChromium } from '../lib/browsers.mjs';
import { linphone } from '../lib/linphone.mjs';
import { must, scenario, server, sleep, until } from '../lib/scenario.mjs';
import { bursts as countBursts, level, likeness, read, tone, write } from '../lib/sound.mjs';
import { TONES, listenIn, tones, watchConnections } from '../story/ears.mjs';
import { signIn } from '../story/signin.mjs';
import { bursts } from '../story/wav.mjs';

const [story] = process.argv.slice(2);
const address = `sip:conference@127.0.0.1:${process.env.PLENUM_SIP_PORT ?? 5060}`;
const prompts = process.env.PLENUM_PROMPTS ?? fileURLToPath(new URL('../../../../../sip-servlet/src/main/resources/prompts', import.meta.url));
const prompt = (name) => read(join(prompts, 'de', `${name}.wav`));
const PRESENT = -40; // dB; tones arrive at -15 to -20
const FOUND = 0.6; // likeness of a text; others stay below 0.3, and a frame left out on the way costs up to 0.1
const ABSENT = -50; // what codecs make of other tones lies lower

async function browser(use, sound) {
  const wav = join(tmpdir(), `plenum-says-${process.pid}-${Math.random()}.wav`);
  if (typeof sound === 'number') writeFileSync(wav, bursts(sound));
  else write(wav, sound.samples, sound.rate);
  const chromium = use(await launchChromium([`--use-file-for-fake-audio-capture=${wav}`]));
  const context = await chromium.newContext({ locale: 'en-GB', permissions: ['camera', 'microphone'] });
  await context.addInitScript({ content: TONES });
  await context.addInitScript(listenIn);
  await context.addInitScript(watchConnections);
  return Object.assign(await context.newPage(), { hertz: typeof sound === 'number' ? sound : 0 });
}

/** An official opens a meeting. @returns its page and the way in by telephone and by link */
async function meeting(use, sound) {
  const page = await browser(use, sound);
  await signIn(page, server.base, 'alice', 'alice');
  await page.getByTestId('create-meeting').click();
  await page.getByLabel('Title').fill(`Telephone ${process.pid}`);
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/v1/events') || (response.url().includes('/v1/events') && response.request().method() === 'POST')),
    page.getByRole('button', { name: 'Create meeting' }).click(),
  ]);
  const { room } = await answer.json();
  must(/^\d{10}$/.test(room.call_in?.id) && /^\d{10}$/.test(room.call_in?.password), 'the meeting has numbers to dial in');
  await page.goto(`${server.base}/room/${room.id}`);
  await page.getByTestId('join').waitFor();
  await sleep(1500);
  await page.getByTestId('join').click();
  await page.getByTestId('leave').waitFor();
  return { page, callIn: room.call_in, room: room.id };
}

/** Through the menu into the meeting, as somebody in a hurry does: without listening to the end. */
async function enters(phone, callIn, where = address) {
  await phone.dial(where);
  await sleep(2500);
  await phone.keys(callIn.id);
  await sleep(1500);
  await phone.keys(callIn.password);
  await sleep(2000);
  await phone.keys('0');
}

const hears = (page, hertz) =>
  until(`the browser with ${page.hertz} Hz hears ${hertz} Hz`, async () => (await tones(page)).some((each) => Math.abs(each - hertz) < 15), 25_000);
const picksUp = (phone, hertz) => until(`phone ${phone.number} hears ${hertz} Hz`, () => level(phone.recording(), hertz) > PRESENT, 25_000);

/** Announcements hold every frequency now and then; an echo would be there all the time. */
const hearsNotItself = (phone, hertz) => until(`phone ${phone.number} does not hear its own ${hertz} Hz`, () => level(phone.recording(), hertz) < ABSENT, 25_000);

const stories = {
  /** One browser and one telephone after the other with each codec. */
  async codecs(use) {
    const { page, callIn } = await meeting(use, 440);
    const result = {};
    const [narrow, wide] = [[620], [620, 6500]];
    for (const [codec, hertz] of [['PCMA', narrow], ['PCMU', narrow], ['G722/16000/1', wide], ['opus/48000/2', wide]]) {
      const phone = await baresip({ number: '+4930123456789', codec, sound: tone(...hertz) });
      try {
        await enters(phone, callIn);
        await until('the telephone is a tile with a masked number', () => page.locator('[data-testid="tile"]').filter({ hasText: '+493***789' }).count());
        await Promise.all([...hertz.map((each) => hears(page, each)), picksUp(phone, 440)]);
        await hearsNotItself(phone, 620);
        result[codec] = Math.round(level(phone.recording(), 440));
        phone.hangUp();
        await until('the telephone is gone', async () => (await page.locator('[data-testid="tile"]').count()) === 1, 10_000);
      } catch (error) {
        throw new Error(`${codec}: ${error.message}\n${phone.log.slice(-15).join('')}`);
      } finally {
        await phone.close();
      }
    }
    return { levels: result };
  },

  /** Two browsers and two telephones: everybody hears everybody else, and nobody himself. */
  async party(use) {
    const { page, callIn, room } = await meeting(use, 440);
    const other = await browser(use, 530);
    await signIn(other, server.base, 'alice', 'alice');
    await other.goto(`${server.base}/room/${room}`);
    await other.getByTestId('join').waitFor();
    await sleep(1500);
    await other.getByTestId('join').click();
    const phones = [use(await baresip({ number: '+4930123456781', codec: 'PCMA', sound: tone(620) })), use(await baresip({ number: '+4930123456782', codec: 'opus/48000/2', sound: tone(740) }))];
    const hertz = [620, 740];
    await Promise.all(phones.map((phone) => enters(phone, callIn)));
    await Promise.all([
      hears(page, 530), hears(page, 620), hears(page, 740),
      hears(other, 440), hears(other, 620), hears(other, 740),
      picksUp(phones[0], 440), picksUp(phones[0], 530), picksUp(phones[0], 740),
      picksUp(phones[1], 440), picksUp(phones[1], 530), picksUp(phones[1], 620),
    ]);
    await Promise.all(phones.map((phone, i) => hearsNotItself(phone, hertz[i])));
  },

  /** What is said in a browser is understood on the telephone, and so is the menu. */
  async speech(use) {
    const said = prompt('waiting_room_entered');
    const { page, callIn } = await meeting(use, said);
    const phone = use(await baresip({ number: '+4930123456789', codec: 'PCMA', sound: new Int16Array(16_000 * 60) }));
    await phone.dial(address);
    await sleep(11_500);
    const greeting = likeness(phone.recording(), prompt('welcome_conference_id'));
    const other = likeness(phone.recording(), prompt('recording_rejected'));
    must(greeting > FOUND && greeting - other > 0.3, `the greeting is understood: ${greeting}, another text is not: ${other}`);
    await phone.keys(callIn.id);
    await sleep(1000);
    await phone.keys(callIn.password);
    await until('the telephone is in', () => page.locator('[data-testid="tile"]').filter({ hasText: '+493***789' }).count(), 30_000);
    await sleep(18_000);
    const { rate, samples } = phone.recording();
    const end = { rate, samples: samples.slice(-13 * rate) };
    const [understood, foreign] = [likeness(end, said), likeness(end, prompt('recording_rejected'))];
    must(understood > FOUND && understood - foreign > 0.25, `speech is understood: ${understood}, other words are not found: ${foreign}`);
    return { greeting, other, understood, foreign };
  },

  /** Keys in the room: mute is seen by all, and spoken. */
  async keys(use) {
    const { page, callIn } = await meeting(use, 440);
    const phone = use(await baresip({ number: 'anonymous', codec: 'G722/16000/1', sound: tone(620) }));
    await enters(phone, callIn);
    const tile = page.locator('[data-testid="tile"]').filter({ hasText: 'Telefon 1' });
    await until('an unknown caller is called so', () => tile.count());
    await hears(page, 620);
    await phone.keys('1');
    await until('the mute is seen', () => tile.filter({ hasText: 'muted' }).count());
    await until('nothing is heard', async () => !(await tones(page)).some((each) => Math.abs(each - 620) < 15));
    await phone.keys('*6');
    await until('it is open again', async () => !(await tile.filter({ hasText: 'muted' }).count()));
    await hears(page, 620);
    await page.getByTestId('leave').click();
    phone.hangUp();
  },

  /** Three times wrong: a sentence, then the end. */
  async wrong(use) {
    const phone = use(await baresip({ number: '+4930555000111', codec: 'PCMA', sound: new Int16Array(16_000 * 60) }));
    await phone.dial(address);
    await sleep(2000);
    for (let i = 0; i < 3; i += 1) {
      await phone.keys('1234567890', 180);
      await sleep(600);
      await phone.keys('0987654321', 180);
      await sleep(1500);
    }
    await until('the call is over', () => phone.ended(), 20_000);
    const { samples, rate } = phone.recording();
    const last = likeness({ rate, samples: samples.slice(-13 * rate) }, prompt('too_many_attempts'));
    must(last > FOUND, `the last words say why: ${last}`);
  },

  /** A telephone of another make. */
  async linphone(use) {
    const { page, callIn } = await meeting(use, 440);
    const phone = use(await linphone({ number: '+4930123456789', sound: tone(620) }));
    await enters(phone, callIn);
    try {
      await hears(page, 620);
    } catch (error) {
      throw new Error(`${error.message}\n${phone.log.slice(-20).join('')}`);
    }
    await sleep(9000);
    phone.hangUp(); // its recording is complete only then
    await until('the recording holds 440 Hz', () => level(phone.recording(), 440, 6) > PRESENT, 10_000);
    await until('the telephone is gone', async () => (await page.locator('[data-testid="tile"]').count()) === 1, 10_000);
  },

  /** SIP over TLS and sound by SRTP: a telephone that insists on it, one that only likes to, and one whose keys everybody could read. */
  async tls(use) {
    const { page, callIn } = await meeting(use, 440);
    const secure = `sip:conference@127.0.0.1:${process.env.PLENUM_SIP_TLS_PORT ?? 5061};transport=tls`;
    for (const mediaenc of ['srtp-mand', 'srtp']) {
      const phone = use(await baresip({ number: '+4930123456789', codec: 'PCMA', sound: tone(620), transport: 'tls', more: `;mediaenc=${mediaenc}` }));
      await enters(phone, callIn, secure);
      try {
        await Promise.all([hears(page, 620), picksUp(phone, 440)]);
      } catch (error) {
        throw new Error(`${mediaenc}: ${error.message}\n${phone.log.join('').replaceAll(/\[[^\]]*\] audio=[^\r]*\r/g, '')}`);
      }
      must(phone.log.join('').includes('SRTP is Enabled'), `with ${mediaenc} the telephone says that the sound is protected`);
      phone.hangUp();
      await until('the telephone is gone', async () => (await page.locator('[data-testid="tile"]').count()) === 1, 10_000);
      await phone.close();
    }
    const open = use(await baresip({ number: '+4930123456789', codec: 'PCMA', sound: tone(620), more: ';mediaenc=srtp-mand' }));
    open.command('dial', address);
    await until('keys in the clear are refused', () => open.ended(), 10_000);
  },

  /** A thousand calls a second from elsewhere: who talks notices nothing, and others still get in. */
  async flood(use) {
    const { page, callIn } = await meeting(use, 440);
    const sound = tone(620);
    const phone = use(await baresip({ number: '+4930123456789', codec: 'PCMA', sound, local: '127.0.0.3' }));
    await enters(phone, callIn);
    await Promise.all([hears(page, 620), picksUp(phone, 440)]);
    await sleep(8000); // what is announced is over
    const calm = countBursts(phone.recording(), 440, 8);
    const flood = spawn('sipp', ['-sf', fileURLToPath(new URL('../../sipp/flood.xml', import.meta.url)), '-i', '127.0.0.2', '-r', '1000', '-m', '10000', '-nostdin', '127.0.0.1:' + (process.env.PLENUM_SIP_PORT ?? 5060)], { stdio: 'ignore' });
    use({ close: () => flood.kill('SIGKILL') });
    await sleep(9500);
    const busy = countBursts(phone.recording(), 440, 8);
    must(busy >= 9 && busy <= 11, `ten bursts in eight seconds under the flood, neither lost nor torn: ${busy} (${calm} before)`);
    const second = use(await baresip({ number: '+4930123456780', codec: 'PCMA', sound, local: '127.0.0.3' }));
    await second.dial(address);
    await hears(page, 620);
    return { calm, busy };
  },

  /** A telephone that dies without a word is gone within a minute. */
  async killed(use) {
    const { page, callIn } = await meeting(use, 440);
    const phone = use(await baresip({ number: '+4930123456789', codec: 'PCMA', sound: tone(620) }));
    await enters(phone, callIn);
    await hears(page, 620);
    phone.process.kill('SIGKILL');
    const began = Date.now();
    await until('the telephone is gone', async () => (await page.locator('[data-testid="tile"]').count()) === 1, 65_000);
    const seconds = (Date.now() - began) / 1000;
    must(seconds < 62, `within a minute, not ${seconds} s`);
    return { seconds };
  },
};

await scenario(stories[story], 240_000);
