/* SPDX-License-Identifier: EUPL-1.2 */
import { ViewModel } from "../ViewModel";

export interface LevelState {
  /** 0 silence to 1 loud, in steps of a twentieth. */
  readonly level: number;
}

const EVERY_MS = 60;
/** Below this nobody speaks: -55 dBFS. */
const FLOOR_DB = -55;

/** How loud a stream is. An own view model: only the meter is drawn anew sixteen times a second. */
export class LevelMeter extends ViewModel<LevelState> {
  private readonly stop: () => void;

  constructor(stream: MediaStream) {
    super({ level: 0 });
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      this.patch({ level: Math.max(loudness(samples), this.state.level - 0.1) });
    }, EVERY_MS);
    this.stop = () => {
      clearInterval(timer);
      void context.close();
    };
  }

  close(): void {
    this.stop();
  }
}

/** Root mean square in decibels, scaled to 0…1 and rounded to twentieths. */
export function loudness(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const decibels = 10 * Math.log10(power + 1e-12);
  return Math.round(20 * Math.min(1, Math.max(0, 1 - decibels / FLOOR_DB))) / 20;
}
