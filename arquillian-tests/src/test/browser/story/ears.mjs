// SPDX-License-Identifier: EUPL-1.2
// Eyes and ears in a page that knows nothing of tests: every stream that is played passes here.
import { readFileSync } from 'node:fs';

/** Source that the page needs before {@link listenIn}. */
export const TONES = readFileSync(new URL('../pages/tones.js', import.meta.url), 'utf8');

/** Runs in the page before its own scripts: remembers the audio that is given to media elements. */
export function listenIn() {
  const played = new Map(); // audio track id -> analyser
  let audio;
  const property = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...property,
    set(stream) {
      property.set.call(this, stream);
      for (const track of stream?.getAudioTracks() ?? []) {
        if (played.has(track.id)) continue;
        audio ??= new AudioContext();
        const analyser = audio.createAnalyser();
        analyser.fftSize = 8192;
        analyser.smoothingTimeConstant = 0;
        audio.createMediaStreamSource(new MediaStream([track])).connect(analyser);
        played.set(track.id, { analyser, track });
      }
    },
  });
  window.tonesNow = async () => {
    const live = [...played.values()].filter(({ track }) => track.readyState === 'live');
    if (audio && audio.state !== 'running') {
      const recorded = await Promise.all(live.map(({ track }) => window.recordedTone(track)));
      return recorded.filter(({ decibel }) => decibel > -65).map(({ hertz }) => hertz);
    }
    return live
      .map(({ analyser }) => {
        const bins = new Float32Array(analyser.frequencyBinCount);
        analyser.getFloatFrequencyData(bins);
        const best = bins.reduce((top, level, index) => (level > bins[top] ? index : top), 0);
        return { hertz: (best * audio.sampleRate) / analyser.fftSize, decibel: bins[best] };
      })
      .filter(({ decibel }) => decibel > -65)
      .map(({ hertz }) => Math.round(hertz));
  };
}

/** Runs in the page before its own scripts: remembers the connections, to tell what came in when a story fails. */
export function watchConnections() {
  const connections = [];
  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(...parameters) {
      super(...parameters);
      connections.push(this);
    }
  };
  window.streamsNow = async () => {
    const rows = [];
    for (const connection of connections) {
      rows.push({ transceivers: connection.getTransceivers().map((each) => [each.mid, each.receiver.track.kind, each.currentDirection].join(' ')) });
      for (const each of (await connection.getStats()).values()) {
        if (each.type !== 'inbound-rtp' && each.type !== 'outbound-rtp') continue;
        const { type, kind, mid, rid, active, ssrc, framesDecoded, keyFramesDecoded, framesSent, packetsReceived, packetsLost, packetsSent, pliCount, nackCount } = each;
        rows.push({ state: connection.connectionState, type, kind, mid, rid, active, ssrc, framesDecoded, keyFramesDecoded, framesSent, packetsReceived, packetsLost, packetsSent, pliCount, nackCount });
      }
    }
    return rows;
  };
}

/** The loudest frequency of each audible stream. */
export const tones = (page) => page.evaluate(() => window.tonesNow());

/** A few pixels of each tile with a running video, by the tile's identity. */
export const pictures = (page) =>
  page.evaluate(() => {
    const seen = {};
    for (const tile of document.querySelectorAll('[data-testid="tile"]')) {
      const video = tile.querySelector('video');
      if (!video || video.videoWidth === 0) continue;
      const canvas = Object.assign(document.createElement('canvas'), { width: 16, height: 9 });
      canvas.getContext('2d').drawImage(video, 0, 0, 16, 9);
      seen[tile.dataset.identity] = [...canvas.getContext('2d').getImageData(0, 0, 16, 9).data].join();
    }
    return seen;
  });
