/** An outside world for one test: real files in a folder of its own, everything else under the test's control. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { Files, Io, Output } from '../../src/cli/io.ts';
import { runCli } from '../../src/cli/main.ts';
import { nodeIo } from '../../src/cli/node-io.ts';

export interface FakeOutput extends Output {
  readonly text: () => string;
}

export interface FakeIo extends Io {
  readonly stdout: FakeOutput;
  readonly stderr: FakeOutput;
  readonly folder: string;
  /** Codes the process was ended with at once. */
  readonly quits: number[];
  /** Presses Ctrl-C. */
  readonly interrupt: () => void;
  readonly writeText: (name: string, text: string) => void;
  readonly readText: (name: string) => string;
  /** Names of all files of the folder. */
  readonly names: () => string[];
}

export interface FakeOptions {
  readonly env?: Record<string, string>;
  readonly isTerminal?: boolean;
  /** The reader of stdout has gone. */
  readonly isClosed?: boolean;
  /** Milliseconds the clock moves each time it is read. */
  readonly stepMs?: number;
  /** Called each time the command lets signals in, with how often it did before. */
  readonly onPause?: (io: FakeIo, count: number) => void;
  readonly files?: (real: Files) => Partial<Files>;
}

// Commands load the whole simulator, which may take its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const real = nodeIo();

export function fakeIo(options: FakeOptions = {}): FakeIo {
  const folder = mkdtempSync(join(tmpdir(), 'hongfeng-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const files = inFolder(real.files, folder);
  let handlers: (() => void)[] = [];
  let nowMs = 0;
  let pauses = 0;
  const io: FakeIo = {
    stdout: fakeOutput(options.isTerminal ?? false, options.isClosed ?? false),
    stderr: fakeOutput(options.isTerminal ?? false, false),
    env: options.env ?? {},
    files: { ...files, ...options.files?.(files) },
    packageDir: real.packageDir,
    nowMs: () => (nowMs += options.stepMs ?? 0),
    cpuMs: () => 480,
    date: () => '2025-11-11T00:00:00.000Z',
    processId: 1,
    machine: { ...real.machine, hostname: 'host', cpu: 'cpu', cpuCount: 1 },
    onInterrupt: (handler) => {
      handlers.push(handler);
      return () => {
        handlers = handlers.filter((each) => each !== handler);
      };
    },
    pause: () => {
      options.onPause?.(io, pauses++);
      return Promise.resolve();
    },
    wait: async () => {
      await io.pause();
      await new Promise((resolve) => setImmediate(resolve)); // others must be let in
    },
    git: (args, path) => real.git(args, isAbsolute(path) ? path : join(folder, path)),
    quit: (code) => {
      io.quits.push(code);
    },
    folder,
    quits: [],
    interrupt: () => {
      for (const handler of handlers) handler();
    },
    writeText: (name, text) => {
      files.write(name, text);
    },
    readText: (name) => new TextDecoder().decode(files.read(name)),
    names: () => files.list(folder),
  };
  return io;
}

/** Runs a command in `io`; returns its exit code and what it printed. */
export async function run(
  io: FakeIo,
  ...argv: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const code = await runCli(argv, io);
  return { code, stdout: io.stdout.text(), stderr: io.stderr.text() };
}

function fakeOutput(isTerminal: boolean, isClosed: boolean): FakeOutput {
  let text = '';
  return {
    isTerminal,
    columns: 80,
    isClosed,
    write: (more) => {
      if (!isClosed) text += more;
      return Promise.resolve();
    },
    text: () => text,
  };
}

/** Relative paths are of the test's folder, as if it were the working directory. */
function inFolder(files: Files, folder: string): Files {
  const at = (path: string): string => (isAbsolute(path) ? path : join(folder, path));
  return {
    read: (path) => files.read(at(path)),
    size: (path) => files.size(at(path)),
    isFolder: (path) => files.isFolder(at(path)),
    exists: (path) => files.exists(at(path)),
    list: (path) => files.list(at(path)),
    write: (path, data) => {
      files.write(at(path), data);
    },
    rename: (from, to) => {
      files.rename(at(from), at(to));
    },
    remove: (path) => {
      files.remove(at(path));
    },
    makeFolder: (path) => {
      files.makeFolder(at(path));
    },
    append: (path, text) => {
      files.append(at(path), text);
    },
    changedMs: (path) => files.changedMs(at(path)),
  };
}

/** A scenario of a few hundred requests. */
export const TINY = `scenario: tiny
clock: { lasts: 20s, warmUp: 1s }
seed: tiny
traffic: { rate: 50/s }
stations:
  desk: { servers: 2, service: { exponential: 20ms } }
requests:
  buy: { path: [desk] }
budgetDefaults: { minSamples: 100 }
budgets:
  - { id: quick, target: "request:buy", expect: p95 < 1s }
`;

/** A million events or so: long enough to be stopped in the middle. */
export const LONG = TINY.replace('rate: 50/s', 'rate: 10k/s')
  .replace('20ms', '100us')
  .replace('tiny', 'long');

/** Far more work than the servers can do, without end: the queue fills the memory it may have. */
export const RUNAWAY = TINY.replace('rate: 50/s', 'rate: 1M/s')
  .replace('lasts: 20s', 'lasts: 1h')
  .replace('tiny', 'flood');
