// SPDX-License-Identifier: EUPL-1.2
// A sound file for Chromium's fake microphone. Bursts, because a steady tone is what noise suppression takes away.
const RATE = 48_000;

/** @returns {Buffer} ten seconds: 500 ms of the tone, 300 ms of silence, and so on; 16 bit mono */
export function bursts(hertz, seconds = 10) {
  const samples = RATE * seconds;
  const wav = Buffer.alloc(44 + 2 * samples);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + 2 * samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(2 * RATE, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(2 * samples, 40);
  for (let i = 0; i < samples; i += 1) {
    const on = (i / RATE) % 0.8 < 0.5;
    wav.writeInt16LE(on ? Math.round(12_000 * Math.sin((2 * Math.PI * hertz * i) / RATE)) : 0, 44 + 2 * i);
  }
  return wav;
}
