import type {
  CheckDocument,
  CheckedBudget,
  RefusedScenario,
  ScenarioCheck,
} from '../../study/gate/gate-check.ts';
import { escapeXml } from '../escape.ts';
import { EN, type Texts } from '../texts/en.ts';
import { gateRows, problemsOf, type GateRow } from './rows.ts';

export interface JunitOptions {
  /** Real time that the scenario of a file took. */
  readonly secondsOf: (file: string) => number;
  readonly texts?: Texts;
}

/**
 * JUnit XML, which CI systems show as tests: a scenario is a suite, a number that a budget judges a test case. There is no
 * official schema; this keeps to what all readers share (github.com/testmoapp/junitxml). The text is in the attribute
 * `message` and in the body again, as some show only one of them; `classname` names the suite, as GitLab groups by it.
 * Warnings pass, with their text as output. Times are real seconds of the whole suite: a case by itself takes none.
 */
export function renderJunit(
  { scenarios, refused }: CheckDocument,
  { secondsOf, texts = EN }: JunitOptions,
): string {
  const suites = [
    ...scenarios.map((each) => suiteOf(each, secondsOf(each.scenario.file), texts)),
    ...refused.map((each) => refusedSuite(each, texts)),
  ];
  const sum = (key: 'tests' | 'failures' | 'errors' | 'seconds'): number =>
    suites.reduce((total, suite) => total + suite[key], 0);
  const head = `name="hongfeng" tests="${sum('tests')}" failures="${sum('failures')}" errors="${sum('errors')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${head} time="${seconds(sum('seconds'))}">`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly seconds: number;
  readonly lines: readonly string[];
}

function suiteOf(check: ScenarioCheck, wallSec: number, texts: Texts): Suite {
  const { scenario } = check;
  const rows = gateRows(check, texts);
  const count = (severity: CheckedBudget['severity']): number =>
    rows.filter(({ checked }) => checked.severity === severity).length;
  // What no budget says, a queue without end, must not look like a pass.
  const isFailure = check.outcome === 'fail' && count('error') === 0;
  const own = check.outcome === 'interrupted' ? 'error' : isFailure ? 'failure' : null;
  const extra =
    own === null ? [] : wholeCase(scenario.id, own, texts.gate.reason[check.outcome], texts.gate.neverEnds);
  const [tests, failures] = [
    rows.length + (own === null ? 0 : 1),
    count('error') + (own === 'failure' ? 1 : 0),
  ];
  const errors = own === 'error' ? 1 : 0;
  return {
    ...{ tests, failures, errors, seconds: wallSec },
    lines: [
      `  <testsuite name="${escapeXml(scenario.id)}" tests="${tests}" failures="${failures}" errors="${errors}" ` +
        `skipped="0" time="${seconds(wallSec)}" file="${escapeXml(scenario.file)}">`,
      ...extra,
      ...rows.flatMap((row) => caseOf(row, check, texts)),
      '  </testsuite>',
    ],
  };
}

function wholeCase(id: string, kind: 'error' | 'failure', stopped: string, neverEnds: string): string[] {
  const message = escapeXml(kind === 'error' ? stopped : neverEnds);
  return [
    `    <testcase name="the whole run" classname="${escapeXml(id)}" time="0">`,
    `      <${kind} message="${message}" type="${kind === 'error' ? 'interrupted' : 'never-ends'}">${message}</${kind}>`,
    '    </testcase>',
  ];
}

function caseOf(
  { checked, id, condition, of, value }: GateRow,
  check: ScenarioCheck,
  texts: Texts,
): string[] {
  const { budget, at, severity } = checked;
  const place = `file="${escapeXml(at.file)}" line="${at.line}"`;
  const classname = `${check.scenario.id}.${budget.target}`;
  const name = `${id}: ${condition} (${of})`;
  const open = `    <testcase name="${escapeXml(name)}" classname="${escapeXml(classname)}" ${place} time="0"`;
  if (severity === 'none') return [`${open}/>`];
  const text = problemsOf(checked, check.scenario, texts).map(escapeXml);
  if (severity === 'warning') {
    return [`${open}>`, `      <system-out>${text.join('\n')}</system-out>`, '    </testcase>'];
  }
  const type = budget.countsAs === 'pass' ? 'regression' : budget.verdict;
  const body = [...text, escapeXml(`${condition}: ${value}`)].join('\n');
  return [
    `${open}>`,
    `      <failure message="${text[0] ?? ''}" type="${type}">${body}</failure>`,
    '    </testcase>',
  ];
}

function refusedSuite({ file, problems }: RefusedScenario, { gate }: Texts): Suite {
  const text = problems.map(({ code, message, at }) => {
    const place = at === null ? '' : `${at.file}:${at.line}:${at.col}: `;
    return escapeXml(`${place}${code === null ? '' : `${code} `}${message}`);
  });
  return {
    ...{ tests: 1, failures: 0, errors: 1, seconds: 0 },
    lines: [
      `  <testsuite name="${escapeXml(file)}" tests="1" failures="0" errors="1" skipped="0" time="0" file="${escapeXml(file)}">`,
      `    <testcase name="${escapeXml(file)}" classname="${escapeXml(file)}" file="${escapeXml(file)}" time="0">`,
      `      <error message="${escapeXml(gate.refused(file))}" type="invalid">${text.join('\n')}</error>`,
      '    </testcase>',
      '  </testsuite>',
    ],
  };
}

function seconds(value: number): string {
  return value.toFixed(3);
}
