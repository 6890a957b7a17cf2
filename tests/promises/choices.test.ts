/** Every word that can be chosen means something of its own: any two of them give different results. */
import { describe, expect, test } from 'vitest';
import { readCatalogue } from '../../src/scenario/catalogue.ts';
import { scenarioJsonSchema, type Json } from '../../src/scenario/json-schema.ts';
import { CATALOGUE } from '../scenario/shipped.ts';
import type { Shown } from './keys/key.ts';
import { findingsOf } from './world.ts';

const SITE = `
scenario: choices
clock: { lasts: 500ms, warmUp: 100ms, window: 100ms }
traffic: { curve: [{ at: 0s, rate: 400/s }, { at: 250ms, rate: 1500/s, shape: step }], mix: { view: 50%, buy: 50% } }
hosts: { machine: { sockets: 2, cores: 1, clock: 2 GHz, referenceClock: 2 GHz } }
stations:
  front: { operations: { go: [{ call: desk }], last: [{ call: other }] } }
  desk: { servers: 2, replicas: 2, service: { exponential: 3ms } }
  other: { servers: unlimited, service: 1ms, limit: { rate: 200/s, burst: 5, scope: global, name: all } }
requests:
  view: { path: [front.go], priority: 0 }
  buy: { path: [front.go], priority: 1 }
`;
const ON_MACHINE = ['stations.desk={ on: machine, replicas: 2, service: { exponential: 1ms } }'];
const LOSING = 'stations.desk={ servers: unlimited, operations: { lose: [{ delay: 1ms }, { fail: 70% }] } }';
const calling = (rest: string): string => `stations.front.operations.go=[{ call: desk.lose, ${rest} }]`;
const limited = (rest: string) => [
  'requests.buy.path=[other]',
  `stations.desk.limit={ rate: 200/s, burst: 5, ${rest} }`,
];
const BUDGET = 'budgets=[{ id: b, target: "*", expect: p50 < 1us, minSamples: 1, level: ';

interface Choice {
  /** Overrides that choose the word. */
  readonly set: (word: string) => readonly string[];
  readonly words: readonly string[];
  readonly shows?: Shown;
  /** Words that mean the same on purpose: word → the one before it. */
  readonly same?: Readonly<Record<string, string>>;
}

const CHOICES: Readonly<Record<string, Choice>> = {
  discipline: {
    words: ['fcfs', 'lifo', 'priority', 'ps'],
    set: (word) => [`stations.desk.discipline=${word}`],
  },
  scope: {
    words: ['replica', 'service', 'global'],
    set: (word) => limited(`scope: ${word}${word === 'global' ? ', name: all' : ''}`),
  },
  jitter: {
    words: ['none', 'full', 'equal', 'decorrelated'],
    set: (word) => [
      LOSING,
      calling(`retry: { attempts: 4, backoff: { base: 5ms, cap: 80ms, jitter: ${word} } }`),
    ],
  },
  onFailure: { words: ['fail', 'continue'], set: (word) => [LOSING, calling(`onFailure: ${word}`)] },
  join: {
    words: ['all', 'any'],
    set: (word) => [
      `stations.front.operations.go=[{ parallel: [{ call: desk }, { delay: 2ms }], join: ${word} }]`,
    ],
  },
  shape: { words: ['step', 'linear', 'exponential'], set: (word) => [`traffic.curve[1].shape=${word}`] },
  arrivals: { words: ['poisson', 'deterministic'], set: (word) => [`traffic.arrivals=${word}`] },
  numa: {
    words: ['bound', 'interleaved', 'unbound'],
    set: (word) => [...ON_MACHINE, `hosts.machine.numa=${word}`],
    // Formula F-1: whether by policy or for want of one, memory lies on all sockets alike.
    same: { unbound: 'interleaved' },
  },
  hugePages: {
    words: ['none', '2MiB', '1GiB'],
    set: (word) => [...ON_MACHINE, `hosts.machine.hugePages=${word}`],
  },
  unit: {
    words: ['ns', 'us', 'ms', 's', 'min', 'h'],
    set: (word) => [
      'traffic.curve=[{ at: 0s, rate: 20/s }]',
      `stations.desk.service={ csv: a.csv, column: x, unit: ${word} }`,
    ],
    shows: 'unloaded',
  },
  level: { words: ['error', 'warn', 'off'], set: (word) => [`${BUDGET}${word} }]`], shows: 'verdict' },
  confidence: {
    words: ['measured', 'cited', 'assumed'],
    set: (word) => [`stations.desk.servers={ value: 2, confidence: ${word} }`],
    shows: 'ledger',
  },
  policy: {
    words: [
      'random',
      'round-robin',
      'weighted-round-robin',
      'least-connections',
      'power-of-2',
      'source-hash',
      'key-hash',
    ],
    set: (word) => {
      const weights = word === 'weighted-round-robin' ? ', weights: [3, 1, 2]' : '';
      return [
        'stations.front.replicas=5',
        'stations.desk.replicas=3',
        `stations.desk.balance={ policy: ${word}${weights} }`,
      ];
    },
  },
};

/** Words of the schema by the key that takes them; `policy` is a text there, because of power-of-N. */
function schemaChoices(): Record<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const visit = (json: Json | undefined, key: string): void => {
    if (typeof json !== 'object' || json === null) return;
    if (Array.isArray(json)) {
      for (const each of json) visit(each, key);
      return;
    }
    if (Array.isArray(json['enum']) && json['enum'].length > 1) found.set(key, json['enum'] as string[]);
    for (const word of ['anyOf', 'allOf', 'items', 'additionalProperties']) visit(json[word], key);
    for (const part of ['properties', 'definitions']) {
      for (const [name, value] of Object.entries((json[part] ?? {}) as Record<string, Json>))
        visit(value, name);
    }
  };
  visit(scenarioJsonSchema(readCatalogue(CATALOGUE)), '');
  return Object.fromEntries(found);
}

test('these are all words that can be chosen', () => {
  const { step, ...ofSchema } = schemaChoices();
  expect(step).toEqual(['forward', 'reply']);
  const { policy, ...listed } = CHOICES;
  expect(policy).toBeDefined();
  expect(Object.fromEntries(Object.entries(listed).map(([key, { words }]) => [key, words]))).toEqual(
    ofSchema,
  );
});

describe('no two words of a key give the same result', () => {
  const rows = Object.entries(CHOICES).map(([key, choice]) => [key, choice] as const);
  test.each(rows)('%s', (_key, { words, set, shows = 'requests', same = {} }) => {
    const results = words.map((word) => {
      const findings = findingsOf({ text: SITE, set: set(word), files: { 'a.csv': 'x\n1\n' } });
      return JSON.stringify(findings[shows as 'requests']);
    });
    words.forEach((word, index) => {
      const twin = words[results.indexOf(results[index]!)];
      expect(twin, `${word} does what ${twin ?? ''} does`).toBe(same[word] ?? word);
    });
  });
});

test('forward and reply are steps with a meaning of their own', () => {
  const path = 'requests.view.path=[front.go, desk]';
  const set = (last: string) => [
    path,
    `stations.front.threads=2`,
    `stations.front.operations.go=[{ delay: 1ms }, ${last}{ delay: 20ms }]`,
  ];
  const of = (last: string): string => JSON.stringify(findingsOf({ text: SITE, set: set(last) }).requests);
  expect(new Set([of(''), of('forward, '), of('reply, ')]).size).toBe(3);
});
