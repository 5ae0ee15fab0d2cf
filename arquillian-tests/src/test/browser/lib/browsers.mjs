// SPDX-License-Identifier: EUPL-1.2
// Participants in real browsers. All give the same face: call('publishTone', {...}) runs window.peer.publishTone in the page.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as playwright } from 'playwright-core';
import puppeteer from 'puppeteer-core';
import { until } from './scenario.mjs';

export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--auto-accept-this-tab-capture',
  '--ignore-certificate-errors', // the demo has made its own
  '--disable-features=WebRtcHideLocalIpsWithMdns',
];

/** The tone of Firefox's fake microphone. */
export const FIREFOX_HERTZ = 1000;

export const FIREFOX_PREFS = {
  'media.navigator.audio.fake_frequency': FIREFOX_HERTZ,
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  // only a page that may listen gets the addresses of all interfaces for ICE, and with them loopback
  'permissions.default.microphone': 1,
  'permissions.default.camera': 1,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
};

export const launchChromium = (more = []) =>
  playwright.launch({ executablePath: '/usr/bin/chromium', headless: true, args: [...CHROMIUM_FLAGS, ...(process.env.PLENUM_HTTP_PROXY ? [`--proxy-server=${process.env.PLENUM_HTTP_PROXY}`] : []), ...more] });

/** Everything by the HTTP proxy of the environment, if there is one; loopback too, as Firefox never asks a proxy for that. */
function proxied() {
  if (!process.env.PLENUM_HTTP_PROXY) return {};
  const { hostname, port } = new URL(process.env.PLENUM_HTTP_PROXY);
  return { 'network.proxy.type': 1, 'network.proxy.ssl': hostname, 'network.proxy.ssl_port': Number(port), 'network.proxy.http': hostname, 'network.proxy.http_port': Number(port) };
}

/** The certificate of an authority to believe, if the environment names one. */
function believe(profile) {
  if (process.env.PLENUM_AUTHORITY) execFileSync('certutil', ['-A', '-n', 'plenum', '-t', 'C,,', '-i', process.env.PLENUM_AUTHORITY, '-d', `sql:${profile}`]);
}

export async function launchFirefox(prefs = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'plenum-firefox-'));
  believe(profile);
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: '/usr/bin/firefox-esr',
    headless: true,
    acceptInsecureCerts: true, // the demo has made its own
    userDataDir: profile,
    extraPrefsFirefox: { ...FIREFOX_PREFS, ...proxied(), ...prefs },
  });
  return {
    browser,
    close: async () => {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

class PagePeer {
  constructor(page, closeAll) {
    this.page = page;
    this.close = closeAll;
  }

  call(method, ...args) {
    return this.page.evaluate(([name, values]) => window.peer[name](...values), [method, args]);
  }

  connect(...args) {
    return this.call('connect', ...args);
  }

  report() {
    return this.call('report');
  }

  events() {
    return this.page.evaluate(() => window.peer.events);
  }
}

/** A participant with livekit-client of this version in a Chromium of its own. */
export async function inChromium(pageUrl, version) {
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(`${pageUrl}?client=${version}`);
  return new PagePeer(page, () => browser.close());
}

/** The same in Firefox. */
export async function inFirefox(pageUrl, version) {
  const firefox = await launchFirefox();
  const page = await firefox.browser.newPage();
  await page.goto(`${pageUrl}?client=${version}`);
  return new PagePeer(page, firefox.close);
}

/** Waits until the tone of a participant is what it should be, within 10 Hz, twice in a row. */
export async function hears(peer, identity, hertz) {
  let row = 0;
  return until(`${hertz} Hz from ${identity}`, async () => {
    const tone = await peer.call('tone', identity);
    row = tone && Math.abs(tone.hertz - hertz) < 10 && tone.decibel > -60 ? row + 1 : 0;
    return row >= 2 && tone;
  });
}

/** Waits until frames of a participant are decoded and the picture's content changes. */
export async function sees(peer, identity) {
  const video = async () =>
    (await peer.report()).participants
      .find((each) => each.identity === identity)
      ?.tracks.find((track) => track.kind === 'video' && track.stats);
  const first = await until(`a decoded frame of ${identity}`, async () => {
    const track = await video();
    return track?.stats.frames > 0 && track;
  });
  const picture = await until(`a picture of ${identity}`, () => peer.call('picture', identity));
  return until(`a moving picture of ${identity}`, async () => {
    const track = await video();
    return track?.stats.frames > first.stats.frames + 10 && (await peer.call('picture', identity)) !== picture && track;
  });
}
