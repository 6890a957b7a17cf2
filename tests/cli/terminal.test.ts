import { describe, expect, test } from 'vitest';
import { usesColour } from '../../src/cli/colour.ts';
import { Progress, progressLine } from '../../src/cli/progress.ts';
import { fakeIo } from './fake-io.ts';

describe('colour', () => {
  const terminal = { isTerminal: true };
  const pipe = { isTerminal: false };
  const colour = (
    choice: 'auto' | 'always' | 'never',
    output: { isTerminal: boolean },
    env: Record<string, string> = {},
  ) => usesColour(choice, fakeIo(output).stdout, env);

  test('the flag wins over everything', () => {
    expect(colour('always', pipe, { NO_COLOR: '1' })).toBe(true);
    expect(colour('never', terminal, { FORCE_COLOR: '1' })).toBe(false);
  });

  test('then NO_COLOR, then FORCE_COLOR, then the terminal', () => {
    expect(colour('auto', terminal)).toBe(true);
    expect(colour('auto', pipe)).toBe(false);
    expect(colour('auto', terminal, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false);
    expect(colour('auto', terminal, { NO_COLOR: '' })).toBe(true);
    expect(colour('auto', pipe, { FORCE_COLOR: '1' })).toBe(true);
    expect(colour('auto', terminal, { FORCE_COLOR: '0' })).toBe(false);
    expect(colour('auto', terminal, { TERM: 'dumb' })).toBe(false);
  });
});

describe('progress', () => {
  const length = { warmUpNs: 10e9, lastsNs: 90e9 };

  test('shows simulated time, share, speed and time to go', () => {
    expect(progressLine({ simulatedNs: 15e9, events: 4e6 }, length, 2000)).toBe(
      'simulating 15s of 1.5min · 25 % · 2M events/s · about 6s left',
    );
    expect(progressLine({ simulatedNs: -10e9, events: 0 }, length, 0)).toBe('simulating warming up · 0 %');
  });

  async function shown(options: Parameters<typeof fakeIo>[0], isWanted = true): Promise<string> {
    const io = fakeIo({ stepMs: 500, ...options });
    const progress = new Progress(io, length, isWanted);
    await progress.show({ simulatedNs: 0, events: 1 });
    await progress.clear();
    return io.stderr.text();
  }

  test('only where a person is watching', async () => {
    expect(await shown({ isTerminal: true })).toMatch(/^\r.+\r\u001b\[K$/);
    expect(await shown({ isTerminal: false })).toBe('');
    expect(await shown({ isTerminal: true, env: { CI: 'true' } })).toBe('');
    expect(await shown({ isTerminal: true }, false)).toBe('');
  });

  test('at most five times a second', async () => {
    const io = fakeIo({ stepMs: 50, isTerminal: true });
    const progress = new Progress(io, length, true);
    for (let i = 0; i < 20; i++) await progress.show({ simulatedNs: i, events: i });
    expect(io.stderr.text().split('\r').length - 1).toBe(5);
  });
});
