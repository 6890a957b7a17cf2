import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { arch, cpus, hostname, platform } from 'node:os';
import { dirname, resolve } from 'node:path';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { UserError } from '../base/diagnostics.ts';
import { ExitCode } from './exit-codes.ts';
import { fileErrorCode, fileProblem } from './failures.ts';
import type { Files, GitAnswer, Io, Machine, Output } from './io.ts';

/** The real outside world. */
export function nodeIo(): Io {
  return {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    env: process.env,
    files,
    // The same from src/cli/ and from dist/cli/.
    packageDir: fileURLToPath(new URL('../../', import.meta.url)),
    nowMs: () => performance.now(),
    cpuMs: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
    date: () => new Date().toISOString(),
    processId: process.pid,
    machine: machineOf(),
    onInterrupt(handler) {
      const signals = ['SIGINT', 'SIGTERM'] as const;
      for (const signal of signals) process.on(signal, handler);
      return () => {
        for (const signal of signals) process.off(signal, handler);
      };
    },
    pause: () =>
      new Promise((resolve) => {
        setImmediate(resolve);
      }),
    wait: (ms) =>
      new Promise((resolve) => {
        setTimeout(resolve, ms);
      }),
    git: runGit,
    quit: (code) => process.exit(code),
  };
}

/** A file of a commit may be as large as one of the disk. */
const GIT_BYTES_MAX = 2 * 1024 * 1024 * 1024 - 1;

function runGit(args: readonly string[], folder: string): GitAnswer {
  const answer: Spawned = spawnSync('git', args, {
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
    maxBuffer: GIT_BYTES_MAX,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return {
    code: answer.status,
    stdout: answer.stdout ?? new Uint8Array(),
    stderr: new TextDecoder().decode(answer.stderr ?? new Uint8Array()),
  };
}

/** Without output where the program could not be started, which the types of Node do not say. */
interface Spawned {
  readonly status: number | null;
  readonly stdout: Uint8Array | null;
  readonly stderr: Uint8Array | null;
}

/**
 * A stream that survives its reader: `hongfeng … | head` closes the pipe, and Node would end with an unhandled EPIPE.
 * Other errors (a full disk behind a redirection) are real and are thrown.
 */
function outputOf(stream: NodeJS.WriteStream & { readonly fd: number }): Output {
  const isTerminal = isatty(stream.fd);
  let isClosed = false;
  const settle = (
    error: Error | null | undefined,
    resolve: () => void,
    reject: (error: Error) => void,
  ): void => {
    if (error == null) resolve();
    else if (isBrokenPipe(error)) {
      isClosed = true;
      resolve();
    } else
      reject(
        new UserError(`cannot write the output: ${fileProblem(error) ?? error.message}`, ExitCode.usage),
      );
  };
  stream.on('error', (error: Error) => {
    if (isBrokenPipe(error)) isClosed = true; // other errors reach the callback of write
  });
  return {
    isTerminal,
    get columns() {
      return isTerminal ? stream.columns : 80;
    },
    get isClosed() {
      return isClosed;
    },
    write: (text) =>
      new Promise((resolve, reject) => {
        if (isClosed || text === '') resolve();
        else {
          stream.write(text, (error) => {
            settle(error, resolve, reject);
          });
        }
      }),
  };
}

function isBrokenPipe(error: Error): boolean {
  const code = 'code' in error ? error.code : undefined;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED';
}

const files: Files = {
  read: (path) => {
    const stats = statSync(path);
    // A pipe or a device could be read for ever.
    if (!stats.isFile() && !stats.isDirectory()) throw Object.assign(new Error(path), { code: 'ENOTFILE' });
    return readFileSync(path);
  },
  size: (path) => statSync(path).size,
  isFolder: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
  exists: (path) => existsSync(path),
  list: (folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(`${folder}/${name}`).isFile())
      .map((name) => name.replaceAll('\\', '/'))
      .sort(),
  write: (path, data) => {
    writeFileSync(path, data);
  },
  append: (path, text) => {
    appendFileSync(path, text);
  },
  rename: renameSync,
  remove: (path) => {
    rmSync(path, { force: true });
  },
  makeFolder,
  changedMs: (path) => statSync(path).mtimeMs,
};

/** Folder by folder: where one cannot be made (below /proc), Node's recursive mkdir never comes back. */
function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at); at = dirname(at)) missing.push(at);
  for (const each of missing.reverse()) {
    try {
      mkdirSync(each);
    } catch (error) {
      if (fileErrorCode(error) !== 'EEXIST' || !files.isFolder(each)) throw error; // another run was faster
    }
  }
}

function machineOf(): Machine {
  const all = cpus();
  return {
    node: process.version,
    v8: process.versions.v8,
    platform: platform(),
    arch: arch(),
    cpu: all[0]?.model ?? 'unknown',
    cpuCount: all.length,
    hostname: hostname(),
  };
}
