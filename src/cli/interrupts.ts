import { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';

/** Ctrl-C: the first asks for an orderly end, the second ends the process at once. */
export class Interrupts {
  readonly #release: () => void;
  #count = 0;

  constructor(io: Io) {
    this.#release = io.onInterrupt(() => {
      this.#count++;
      if (this.#count > 1) io.quit(ExitCode.interrupted);
      else
        void io.stderr.write('\nstopping; what is complete will be written. Ctrl-C again to quit at once.\n');
    });
  }

  get isAsked(): boolean {
    return this.#count > 0;
  }

  release(): void {
    this.#release();
  }
}
