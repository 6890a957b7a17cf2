/** Exit codes of all commands, in the spirit of k6 where it has one. `hongfeng help exit-codes` prints this table. */
export const ExitCode = {
  ok: 0,
  internal: 1,
  usage: 2,
  different: 95,
  infeasible: 96,
  inconclusive: 97,
  regression: 98,
  budgetFailed: 99,
  invalid: 104,
  interrupted: 105,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Of several codes that apply, the one that comes first here is the answer. */
const PRECEDENCE: readonly ExitCode[] = [
  ExitCode.internal,
  ExitCode.usage,
  ExitCode.invalid,
  ExitCode.interrupted,
  ExitCode.budgetFailed,
  ExitCode.regression,
  ExitCode.inconclusive,
  ExitCode.infeasible,
  ExitCode.different,
];

/** The code that says most of several; `ok` of none. */
export function firstOfCodes(codes: readonly number[]): ExitCode {
  return PRECEDENCE.find((code) => codes.includes(code)) ?? ExitCode.ok;
}

const MEANINGS: readonly (readonly [ExitCode, string])[] = [
  [
    ExitCode.ok,
    'The command did what it was asked for. `run` exits 0 whether or not the budgets hold, `compare` whatever differs ' +
      '(unless --exit-code is given): they describe. So they do when a queue grew without end and the run stopped itself; the result says so and is marked ' +
      'truncated. `check` judges: all budgets of level error hold, and nothing has got worse than its baseline allows.',
  ],
  [ExitCode.internal, 'A fault of hongfeng itself. Details are in hongfeng-crash.json; please report it.'],
  [ExitCode.usage, 'Wrong command line, or an output folder that cannot be written.'],
  [
    ExitCode.different,
    '`compare --exit-code` only: something differs significantly, by --min-change or more where that is given.',
  ],
  [ExitCode.infeasible, '`capacity`: the budgets are broken at the lowest load already.'],
  [
    ExitCode.inconclusive,
    '`check --strict`: whether a budget holds, or has got worse than its baseline, cannot be told from chance; without --strict ' +
      'this is a warning and exits 0. `compare --exit-code`: a queue grew without end, so nothing can be compared, ' +
      'or nothing of what differs could be tested, as of one replication.',
  ],
  [ExitCode.regression, '`check`: a budget has got worse than its baseline allows; all budgets still hold.'],
  [
    ExitCode.budgetFailed,
    '`check`: a budget of level error is broken, or has no data; so where it has aborted the run.',
  ],
  [
    ExitCode.invalid,
    'Invalid or unreadable scenario, baseline or result, or a file it names. Nothing was simulated of it.',
  ],
  [
    ExitCode.interrupted,
    'Stopped by Ctrl-C or by --time-limit. What was complete is written and marked truncated; `compare` prints what was on both sides.',
  ],
];

const ORDER = 'Where several apply, 1 goes before 2, then 104, 105, 99, 98, 97, 96 and 95.';

/** One paragraph a code, wrapped at 80 columns. */
export function exitCodesText(): string {
  const rows = MEANINGS.map(([code, meaning]) => {
    const [first = '', ...rest] = wrapWords(meaning, 80 - 6);
    return [`${String(code).padStart(4)}  ${first}`, ...rest.map((line) => ' '.repeat(6) + line)].join('\n');
  });
  return `Exit codes\n\n${rows.join('\n')}\n\n${ORDER}\n`;
}

function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
