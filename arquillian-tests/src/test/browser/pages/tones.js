// SPDX-License-Identifier: EUPL-1.2
// Hearing where no AudioContext runs: Firefox starts none on a machine without a sound device.
(() => {
  const RATE = 48_000;

  /** Energy of these samples at one frequency (Goertzel), as a part of all their energy. */
  function share(samples, hertz) {
    const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / RATE);
    let [one, two, energy] = [0, 0, 0];
    for (const sample of samples) {
      [one, two] = [sample + coefficient * one - two, one];
      energy += sample * sample;
    }
    return energy === 0 ? 0 : (one * one + two * two - coefficient * one * two) / ((energy * samples.length) / 2);
  }

  /** The loudest frequency without a running AudioContext: half a second is recorded and decoded again. */
  window.recordedTone = async (track) => {
    const recorder = new MediaRecorder(new MediaStream([track]), { mimeType: 'audio/ogg; codecs=opus' });
    const parts = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    const stopped = new Promise((resolve) => (recorder.onstop = resolve));
    recorder.start();
    await new Promise((resolve) => setTimeout(resolve, 600));
    recorder.stop();
    await stopped;
    const decoder = new OfflineAudioContext(1, RATE, RATE);
    const sound = await decoder.decodeAudioData(await new Blob(parts).arrayBuffer()).catch(() => null);
    const samples = sound?.getChannelData(0).slice(-RATE / 4) ?? [];
    let best = { hertz: 0, share: 0 };
    for (let hertz = 200; hertz < 2500; hertz += 5) {
      const part = share(samples, hertz);
      if (part > best.share) best = { hertz, share: part };
    }
    return { hertz: best.hertz, decibel: best.share > 0.5 ? 0 : -100 };
  };
})();
