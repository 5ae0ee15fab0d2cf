// SPDX-License-Identifier: EUPL-1.2
// Sound files, tones, and how alike two pieces of speech are.
import { readFileSync, writeFileSync } from 'node:fs';

/** @returns {{rate: number, samples: Int16Array}} the first channel; also of a file that is still being written */
export function read(path) {
  const data = readFileSync(path);
  if (data.length < 44) return { rate: 16_000, samples: new Int16Array(0) };
  let at = 12;
  let [channels, rate] = [1, 16_000];
  while (at + 8 <= data.length) {
    const [id, size] = [data.toString('latin1', at, at + 4), data.readUInt32LE(at + 4)];
    if (id === 'fmt ') [channels, rate] = [data.readUInt16LE(at + 10), data.readUInt32LE(at + 12)];
    if (id === 'data') break;
    at += 8 + size;
  }
  const count = Math.max(0, Math.floor((data.length - at - 8) / (2 * channels)));
  return { rate, samples: Int16Array.from({ length: count }, (_, i) => data.readInt16LE(at + 8 + 2 * channels * i)) };
}

/** @param channels the same sound in each */
export function write(path, mono, rate, channels = 1) {
  const samples = Int16Array.from({ length: mono.length * channels }, (_, i) => mono[Math.floor(i / channels)]);
  const wav = Buffer.alloc(44 + 2 * samples.length);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + 2 * samples.length, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(channels, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(2 * channels * rate, 28);
  wav.writeUInt16LE(2 * channels, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(2 * samples.length, 40);
  samples.forEach((sample, i) => wav.writeInt16LE(sample, 44 + 2 * i));
  writeFileSync(path, wav);
}

/** Bursts of tones in turn, 500 ms on and 300 ms off: a steady one is what noise suppression takes away. 200 s at 16 kHz. */
export const tone = (...hertz) =>
  Int16Array.from({ length: 200 * 16_000 }, (_, i) => {
    const [second, burst] = [i / 16_000, Math.floor(i / 12_800)];
    return second % 0.8 < 0.5 ? 9000 * Math.sin(2 * Math.PI * hertz[burst % hertz.length] * second) : 0;
  });

/** @returns level of a tone in dB against full scale, the loudest quarter second of the last seconds */
export function level({ rate, samples }, hertz, seconds = 2, block = rate / 4) {
  let best = -120;
  for (let from = Math.max(0, samples.length - seconds * rate); from + block <= samples.length; from += block) {
    const step = 2 * Math.cos((2 * Math.PI * hertz) / rate);
    let [one, two] = [0, 0];
    for (let i = from; i < from + block; i += 1) {
      const window = 1 - Math.cos((2 * Math.PI * (i - from)) / block); // Hann: other tones stay out
      [one, two] = [samples[i] * window + step * one - two, one];
    }
    const energy = one * one + two * two - step * one * two;
    best = Math.max(best, 10 * Math.log10((4 * Math.max(energy, 1)) / (block * block * 32_768 * 32_768)));
  }
  return best;
}

/** Level in 12 bands between 200 and 3400 Hz, every 40 ms: what makes speech understandable, at 8 kHz too. */
function bands({ rate, samples }) {
  const hop = Math.round(rate * 0.04);
  const frames = [];
  const edges = Array.from({ length: 12 }, (_, band) => 250 * (3200 / 250) ** (band / 11));
  for (let from = 0; from + hop <= samples.length; from += hop) {
    frames.push(
      edges.map((hertz) => {
        const step = 2 * Math.cos((2 * Math.PI * hertz) / rate);
        let [one, two] = [0, 0];
        for (let i = from; i < from + hop; i += 1) [one, two] = [samples[i] + step * one - two, one];
        return Math.log10(1 + Math.max(0, one * one + two * two - step * one * two) / (hop * hop) / 4);
      }),
    );
  }
  return frames;
}

/** @returns 0 to 1: how well what was said can be found in what was heard, wherever in it */
export function likeness(heard, said) {
  const part = bands(said);
  const quarter = Math.round(heard.rate / 100); // a frame of bands lasts 40 ms: half of one beside it is another picture
  return Math.max(...[0, 1, 2, 3].map((phase) => alignment(bands({ rate: heard.rate, samples: heard.samples.subarray(phase * quarter) }), part)));
}

function alignment(all, part) {
  const mean = (rows, from, count) => rows[0].map((_, band) => rows.slice(from, from + count).reduce((sum, row) => sum + row[band], 0) / count);
  const own = mean(part, 0, part.length);
  let best = 0;
  for (let shift = 0; shift + part.length <= all.length; shift += 1) {
    const theirs = mean(all, shift, part.length);
    let [both, left, right] = [0, 0, 0];
    for (let row = 0; row < part.length; row += 1) {
      for (let band = 0; band < own.length; band += 1) {
        const [a, b] = [part[row][band] - own[band], all[shift + row][band] - theirs[band]];
        both += a * b;
        left += a * a;
        right += b * b;
      }
    }
    best = Math.max(best, both / Math.sqrt(left * right || 1));
  }
  return best;
}

/** @returns how many bursts of {@link tone} begin in the last seconds */
export function bursts({ rate, samples }, hertz, seconds) {
  const block = rate / 20;
  const end = samples.length - (samples.length % block);
  let [count, before] = [0, true];
  for (let from = Math.max(0, end - seconds * rate); from + block <= end; from += block) {
    const on = level({ rate, samples: samples.subarray(from, from + block) }, hertz, 1, block) > -32;
    if (on && !before) count += 1;
    before = on;
  }
  return count;
}
