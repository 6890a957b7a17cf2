/** A command line as data: what yargs, the plain reader and `completion` are told of it. */
export interface OptionSpec {
  readonly name: string;
  readonly alias?: string;
  /** `list` may be given several times, `text` once; a `flag` takes no value. */
  readonly kind: 'text' | 'list' | 'flag';
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly help: string;
}

export interface CommandSpec {
  readonly name: string;
  /** Another name that does the same. */
  readonly alias?: string;
  /** Positional arguments as yargs writes them: `<scenario>`, `[dir]`, `<files..>`. */
  readonly positionals: readonly { readonly usage: string; readonly name: string; readonly help: string }[];
  readonly help: string;
  readonly options: readonly OptionSpec[];
  readonly examples: readonly (readonly [command: string, meaning: string])[];
}
