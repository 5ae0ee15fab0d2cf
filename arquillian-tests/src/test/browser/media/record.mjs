// SPDX-License-Identifier: EUPL-1.2
// node media/record.mjs DIRECTORY: makes the recordings that probe clients replay (lib/probe.mjs), with the encoders of a real Chromium: the same moving
// picture in three sizes, VP8 in three temporal layers, and an Opus tone. IVF files; octet 8 of a frame's header counts milliseconds.
import { writeFile } from 'node:fs/promises';
import { launchChromium } from '../lib/browsers.mjs';
import { pages } from '../lib/pages.mjs';

const LAYERS = [
  { width: 320, height: 180, bitrate: 150_000 },
  { width: 640, height: 360, bitrate: 500_000 },
  { width: 1280, height: 720, bitrate: 1_700_000 },
];
const SECONDS = 4;
const FPS = 30;
const TONE = { hertz: 440, bitrate: 32_000 };

/** In the page: [{ at, data }] of each layer, `at` in ms. The temporal layers repeat every four frames and need not be written down. */
async function video({ layers, seconds, fps }) {
  const noise = Array.from({ length: 8 }, () => {
    const canvas = new OffscreenCanvas(160, 90);
    const context = canvas.getContext('2d');
    const image = context.createImageData(160, 90);
    image.data.forEach((_, i) => (image.data[i] = i % 4 === 3 ? 34 : Math.random() * 255));
    context.putImageData(image, 0, 0);
    return canvas;
  });
  const recorded = [];
  for (const { width, height, bitrate } of layers) {
    const frames = [];
    const encoder = new VideoEncoder({
      output: (chunk) => {
        const data = new Uint8Array(chunk.byteLength);
        chunk.copyTo(data);
        frames.push({ at: Math.round(chunk.timestamp / 1000), data: Array.from(data) });
      },
      error: (error) => {
        throw error;
      },
    });
    encoder.configure({ codec: 'vp8', width, height, bitrate, framerate: fps, latencyMode: 'realtime', scalabilityMode: 'L1T3' });
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    for (let i = 0; i < seconds * fps; i++) {
      const round = i / (seconds * fps); // comes back to where it began, so that it can be repeated
      context.fillStyle = `hsl(${360 * round} 60% 45%)`;
      context.fillRect(0, 0, width, height);
      context.drawImage(noise[i % noise.length], 0, 0, width, height);
      context.fillStyle = 'white';
      context.fillRect((0.4 + 0.4 * Math.sin(2 * Math.PI * round)) * width, 0.3 * height, 0.2 * width, 0.3 * height);
      const frame = new VideoFrame(canvas, { timestamp: (i * 1_000_000) / fps });
      encoder.encode(frame, { keyFrame: i === 0 });
      frame.close();
      await encoder.flush();
    }
    encoder.close();
    recorded.push(frames);
  }
  return recorded;
}

async function sound({ seconds, hertz, bitrate }) {
  const rate = 48_000;
  const packets = [];
  const encoder = new AudioEncoder({
    output: (chunk) => {
      const data = new Uint8Array(chunk.byteLength);
      chunk.copyTo(data);
      packets.push({ at: packets.length * 20, data: Array.from(data) });
    },
    error: (error) => {
      throw error;
    },
  });
  encoder.configure({ codec: 'opus', sampleRate: rate, numberOfChannels: 1, bitrate, opus: { frameDuration: 20_000 } });
  for (let at = 0; at < seconds * rate; at += 960) {
    const data = Float32Array.from({ length: 960 }, (_, i) => 0.3 * Math.sin((2 * Math.PI * hertz * (at + i)) / rate));
    encoder.encode(new AudioData({ format: 'f32', sampleRate: rate, numberOfFrames: 960, numberOfChannels: 1, timestamp: (at * 1_000_000) / rate, data }));
  }
  await encoder.flush();
  encoder.close();
  return packets.slice(0, seconds * 50);
}

function ivf(fourcc, width, height, frames) {
  const head = Buffer.alloc(32);
  head.write('DKIF', 0);
  head.writeUInt16LE(32, 6);
  head.write(fourcc, 8);
  head.writeUInt16LE(width, 12);
  head.writeUInt16LE(height, 14);
  head.writeUInt32LE(1000, 16);
  head.writeUInt32LE(1, 20);
  head.writeUInt32LE(frames.length, 24);
  const rest = frames.flatMap(({ at, data }) => {
    const header = Buffer.alloc(12);
    header.writeUInt32LE(data.length, 0);
    header.writeUInt32LE(at, 4);
    return [header, Buffer.from(data)];
  });
  return Buffer.concat([head, ...rest]);
}

const [directory] = process.argv.slice(2);
const served = await pages();
const browser = await launchChromium();
const page = await browser.newPage();
await page.goto(`${served.url}?client=chromium-2.19.0`);
const layers = await page.evaluate(video, { layers: LAYERS, seconds: SECONDS, fps: FPS });
for (const [i, { width, height }] of LAYERS.entries()) await writeFile(`${directory}/video-${height}.ivf`, ivf('VP80', width, height, layers[i]));
await writeFile(`${directory}/tone.ivf`, ivf('OPUS', 0, 0, await page.evaluate(sound, { seconds: SECONDS, ...TONE })));
await browser.close();
served.close();
