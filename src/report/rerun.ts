/** The command line that gives the numbers of a result again. */
import type { Findings } from '../analysis/findings.ts';
import { exactDuration } from '../base/format.ts';

/** A value in place of the scenario's. */
export type Override = Findings['scenario']['overrides'][number];

/**
 * Everything that changes the result, and nothing else: a slice that `auto` chose is chosen again.
 *
 * @param file the scenario file as the reader can type it
 * @param changes to be made beside those of the result
 */
export function rerunCommand(
  { scenario, mode, replications }: Findings,
  file: string,
  changes: readonly Override[] = [],
): string {
  const { seed, overrides, untilNs } = scenario;
  const words = [
    'hongfeng',
    'run',
    quoted(file.startsWith('-') ? `./${file}` : file),
    ...option('seed', seed),
    ...setOptions([...overrides, ...changes]),
    ...(untilNs === null ? [] : option('until', exactDuration(untilNs))),
    ...(mode.choice === 'auto' ? [] : modeOption(mode)),
    ...option('reps', String(replications.asked)),
    ...precisionOptions(replications.precision),
  ];
  return words.join(' ');
}

export function setOptions(overrides: readonly Override[]): string[] {
  return overrides.flatMap(({ path, value }) => option('set', `${path}=${value}`));
}

function precisionOptions(precision: Findings['replications']['precision']): string[] {
  if (precision === null) return [];
  const { target, limit, replicationsMax } = precision;
  const share = `${Number((target * 100).toPrecision(12))}%`;
  // What memory allows is found again.
  const most = limit === 'memory' ? [] : option('max-reps', String(replicationsMax));
  return [...option('precision', share), ...most];
}

function modeOption({ mode, slice }: Findings['mode']): string[] {
  return [
    ...(mode === 'sliced' ? [] : option('mode', mode)),
    ...(slice === 1 ? [] : option('slice', String(slice))),
  ];
}

/** A value that begins with a dash would be taken for an option unless it hangs on its own. */
function option(name: string, value: string): string[] {
  return value.startsWith('-') ? [quoted(`--${name}=${value}`)] : [`--${name}`, quoted(value)];
}

/** One word for a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
