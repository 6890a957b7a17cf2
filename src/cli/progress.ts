import { formatDuration, formatRate } from '../base/format.ts';
import type { Io } from './io.ts';

/** How far a run has come. */
export interface RunPosition {
  /** Negative in the warm-up. */
  readonly simulatedNs: number;
  readonly events: number;
  /** Which of several runs this is, where nobody knows how many are to come. */
  readonly step?: string;
}

export interface RunLength {
  readonly warmUpNs: number;
  readonly lastsNs: number;
}

const INTERVAL_MS = 200;

/** One line on stderr that is overwritten a few times a second; nothing at all unless a person is watching. */
export class Progress {
  readonly #io: Io;
  readonly #isShown: boolean;
  readonly #length: RunLength;
  readonly #startMs: number;
  #lastMs = -Infinity;

  constructor(io: Io, length: RunLength, isWanted: boolean) {
    this.#io = io;
    this.#length = length;
    this.#isShown = isWanted && io.stderr.isTerminal && (io.env['CI'] ?? '') === '';
    this.#startMs = io.nowMs();
  }

  async show(position: RunPosition): Promise<void> {
    const nowMs = this.#io.nowMs();
    if (!this.#isShown || nowMs - this.#lastMs < INTERVAL_MS) return;
    this.#lastMs = nowMs;
    const line = progressLine(position, this.#length, nowMs - this.#startMs);
    await this.#io.stderr.write(`\r${line.slice(0, this.#io.stderr.columns - 1)}\u001b[K`);
  }

  /** Removes the line, so that what follows starts on a clean one. */
  async clear(): Promise<void> {
    if (this.#isShown && this.#lastMs > -Infinity) await this.#io.stderr.write('\r\u001b[K');
  }
}

/** Simulated time, share, speed and time to go; the last from the pace of simulated time so far. */
export function progressLine(
  { simulatedNs, events, step }: RunPosition,
  length: RunLength,
  elapsedMs: number,
): string {
  const done = Math.min(1, (simulatedNs + length.warmUpNs) / (length.lastsNs + length.warmUpNs));
  const percent = `${String(Math.floor(done * 100))} %`;
  const speed = elapsedMs > 0 ? `${formatRate((events / elapsedMs) * 1000).replace('/s', '')} events/s` : '';
  const left =
    done > 0 && step === undefined
      ? `about ${formatDuration(((1 - done) / done) * elapsedMs * 1e6)} left`
      : '';
  const at =
    simulatedNs < 0 ? 'warming up' : `${formatDuration(simulatedNs)} of ${formatDuration(length.lastsNs)}`;
  const what = step === undefined ? 'simulating' : `simulating ${step}:`;
  return [`${what} ${at}`, percent, speed, left].filter((part) => part !== '').join(' · ');
}
