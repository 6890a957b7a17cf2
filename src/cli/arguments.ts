import { UserError } from '../base/diagnostics.ts';
import { parseDuration, parseShare } from '../base/units.ts';
import type { Override } from '../scenario/overrides.ts';
import type { CommandSpec } from './command-spec.ts';
import { ExitCode } from './exit-codes.ts';

/** Values of the options of one command, each read as what it must be. @throws {UserError} with exit code 2. */
export class Arguments {
  readonly #raw: Readonly<Record<string, unknown>>;

  constructor(command: CommandSpec, raw: Readonly<Record<string, unknown>>) {
    this.#raw = raw;
    for (const { name } of command.positionals) {
      if ([raw[name]].flat().includes('')) throw wrong(`<${name}> is empty`);
    }
    for (const { name, kind } of command.options) {
      if (kind !== 'list' && Array.isArray(raw[name])) throw wrong(`--${name} is given more than once`);
      if (kind === 'text' && raw[name] === '')
        throw wrong(`--${name} is empty; leave it out or give it a value`);
    }
  }

  flag(name: string): boolean {
    return this.#raw[name] === true;
  }

  text(name: string): string | null {
    const value = this.#raw[name];
    return typeof value === 'string' ? value : null;
  }

  list(name: string): string[] {
    const value = this.#raw[name];
    const all: unknown[] = Array.isArray(value) ? value : [value];
    return all.filter((each) => typeof each === 'string');
  }

  /** A whole number of at least 1 in plain digits: no exponent, no 0x, nothing that a double cannot hold. */
  count(name: string): number | null {
    const text = this.text(name);
    if (text === null) return null;
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < 1 || !Number.isSafeInteger(value)) {
      throw wrong(`--${name} must be a whole number of at least 1: "${text}"`);
    }
    return value;
  }

  /** A share above 0, written as a percentage. */
  share(name: string): number | null {
    const text = this.text(name);
    if (text === null) return null;
    const parsed = parseShare(text);
    if (!parsed.ok) throw wrong(`--${name}: ${parsed.problem}; ${parsed.help}`);
    if (parsed.value <= 0) throw wrong(`--${name} must be more than nothing`);
    return parsed.value;
  }

  durationNs(name: string): number | null {
    const text = this.text(name);
    if (text === null) return null;
    const parsed = parseDuration(text);
    if (!parsed.ok) throw wrong(`--${name}: ${parsed.problem}; ${parsed.help}`);
    if (parsed.value <= 0) throw wrong(`--${name} must be longer than nothing`);
    return parsed.value;
  }

  overrides(): Override[] {
    return this.list('set').map((text) => {
      const equals = text.indexOf('=');
      if (equals < 1) throw wrong(`--set needs PATH=VALUE, e.g. --set layers.order.replicas=240: "${text}"`);
      const path = text.slice(0, equals);
      const value = text.slice(equals + 1);
      if (value.trim() === '')
        throw wrong(`--set ${path}= has no value; for an empty text write --set '${path}=""'`);
      return { path, value };
    });
  }
}

function wrong(message: string): UserError {
  return new UserError(message, ExitCode.usage);
}
