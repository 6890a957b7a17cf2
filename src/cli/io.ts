/** The outside world as the commands see it; tests hand in one of their own, so they need no child process. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: Files;
  /** Folder with catalog/, assets/ and package.json of this installation. */
  readonly packageDir: string;
  /** Milliseconds from some fixed instant; never goes back. */
  nowMs(): number;
  /** CPU time of this process since it was started, all its threads together, in milliseconds. */
  cpuMs(): number;
  /** Wall-clock time, ISO 8601. */
  date(): string;
  /** Of this process; told apart from others that write to the same folder. */
  readonly processId: number;
  readonly machine: Machine;
  /** Calls `handler` at each Ctrl-C, and when the process is asked to terminate, until the returned function is called. */
  onInterrupt(handler: () => void): () => void;
  /** Lets signals and timers come in. */
  pause(): Promise<void>;
  /** The same for so many milliseconds. */
  wait(ms: number): Promise<void>;
  /** Runs git in a folder, without a shell, and waits for its end. */
  git(args: readonly string[], folder: string): GitAnswer;
  /** Ends the process at once. */
  quit(code: number): void;
}

export interface GitAnswer {
  /** null: there is no git on this machine, or it was killed. */
  readonly code: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

export interface Output {
  readonly isTerminal: boolean;
  readonly columns: number;
  /** Whether the reader has gone (a closed pipe); what is written after that is dropped. */
  readonly isClosed: boolean;
  /** Resolves when the text has been handed over, or the reader is gone. */
  write(text: string): Promise<void>;
}

/** Synchronous file access; every function throws Node's errors, whose `code` says what is wrong. */
export interface Files {
  read(path: string): Uint8Array;
  /** Size in bytes. */
  size(path: string): number;
  isFolder(path: string): boolean;
  exists(path: string): boolean;
  /** Paths of all files below a folder, relative to it, with forward slashes, sorted. */
  list(folder: string): string[];
  write(path: string, data: string | Uint8Array): void;
  /** Adds to the end of a file, which is made where there is none. */
  append(path: string, text: string): void;
  rename(from: string, to: string): void;
  /** Does nothing when there is no such file. */
  remove(path: string): void;
  makeFolder(path: string): void;
  /** Milliseconds since 1970 of the last change of the content. */
  changedMs(path: string): number;
}

export interface Machine {
  readonly node: string;
  readonly v8: string;
  readonly platform: string;
  readonly arch: string;
  readonly cpu: string;
  readonly cpuCount: number;
  readonly hostname: string;
}
