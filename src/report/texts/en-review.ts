/** What the review says beyond the run itself: chain, map, changes, knee, sensitivity; and how its charts are used. */
import type { ChainKind, ExampleFinding, TopologyEdge } from '../../analysis/findings.ts';
import type { CapacityDocument } from '../../study/capacity-document.ts';
import type { Difference, InputChange } from '../../study/comparison.ts';
import { plural } from './en-words.ts';

const LINK: Readonly<Record<ChainKind, (name: string, value: string) => string>> = {
  disturbed: (name, value) => `${name}: a disturbance begins and leaves ${value} of the speed`,
  saturated: (name, value) => `${name} saturates: ${value} of its capacity used`,
  exhausted: (name, value) => `${name} runs out of free tokens: ${value} used`,
  'room-full': (name, value) => `${name}: its waiting room fills up and turns jobs away (${value})`,
  'gave-up': (name, value) => `${name}: jobs begin to give up waiting (${value})`,
  'timed-out': (name, value) => `${name}: calls begin to time out (${value})`,
  retrying: (name, value) => `${name}: retries begin, up to ${value} the calls`,
  shedding: (name, value) => `${name} begins to shed (${value} at first)`,
  'client-left': (name, value) => `${name}: clients begin to leave at their deadline (${value})`,
  failing: (name, value) => `${name}: requests begin to fail (${value})`,
  'budget-broken': (name, value) => `budget ${name} breaks: ${value}`,
};

const BOUND: Readonly<
  Record<CapacityDocument['bound']['kind'], (multiplier: string, because: string | null) => string>
> = {
  bound: (multiplier, because) =>
    `Holds up to ${multiplier} the planned traffic${because === null ? '' : `; then ${because} breaks`}`,
  'still-holding': (multiplier) =>
    `Still holds at ${multiplier} the planned traffic, the most that was tried`,
  infeasible: (multiplier, because) =>
    `Does not hold at ${multiplier} the planned traffic, the least that was tried${because === null ? '' : `: ${because} is broken`}`,
  'cannot-say': () => 'How much traffic it holds cannot be said: too few observations, or stopped early',
};

export const REVIEW = {
  /** Below the tiles. */
  basis: (replications: number, assumed: number, inputs: number) =>
    `${plural(replications, 'replication')} · ${assumed} of ${plural(inputs, 'input')} only assumed`,
  contradictions: (count: number) => `${plural(count, 'contradiction')} in the plan`,
  tiles: {
    change: 'since the last review',
    notCompared: 'not compared',
    unchanged: 'no measure moved',
    moved: (count: number) => `${plural(count, 'measure')} moved`,
  },
  /** In place of a section whose document is missing. */
  fill: (what: string) => ({ before: `${what} `, then: ', and then ', after: ' fill this section.' }),
  fillKnee: 'The largest traffic that holds, and the knee curve:',
  fillChanges: 'What changed since the last review, and because of what:',
  fillSensitivity: 'Which assumed inputs matter:',
  fillLedger: 'The order of effect of these inputs:',
  chain: {
    title: 'Failure chain',
    intro: (window: string, gap: string | null) =>
      `In causal order. Simulated times, known to ${window}` +
      (gap === null ? '' : ` where time was followed without a break, elsewhere to ${gap}`) +
      '; within that the order is that of cause.',
    none: 'Nothing gave way: there is no chain of failures.',
    link: LINK,
    root: 'begins here',
    because: (step: number) => `because of ${step}`,
    more: (count: number) => plural(count, 'more step'),
    offered: (rate: string) => `at ${rate} offered`,
  },
  knee: {
    title: 'The knee',
    bound: BOUND,
    caption: 'P99 of each load that was simulated; × is a multiple of the planned traffic; dashed: the limit',
    goodput: (peak: string) => `Good requests: at most ${peak}`,
    goodputCaption: 'Offered and good requests per second of each load that was simulated',
    planned: 'planned',
    offered: 'offered',
    good: 'good',
    interval: (lower: string, upper: string) =>
      `shaded: where the bound is with 95 % certainty, ${lower} to ${upper}`,
    without: 'With less of it (simulated)',
    withoutHeads: { taken: 'taken away', atOne: 'at the planned traffic', bound: 'holds up to' },
    taken: (count: number, of: number, layer: string) => `${count} of ${of} ${layer}`,
    verdict: { holds: 'holds', broken: 'does not hold', 'cannot-say': 'cannot say' },
    notSimulated: 'not simulated',
  },
  headroom: {
    now: 'measured at its peak',
    without: 'one replica fewer',
    grown: '×1.2 traffic',
    planned: 'planned traffic, nothing shed',
    plannedNote: (limiters: string) =>
      `${limiters} sheds, so what was measured behind it is what it lets through. What the planned traffic would use if nothing were shed is arithmetic; one replica fewer, ×1.2 and the factor beside each name are about that.`,
    /** Heads of the columns. */
    short: { now: 'measured', planned: 'planned', without: 'one fewer', grown: '×1.2' },
    only: 'only one',
    note: 'One replica fewer and ×1.2 traffic are arithmetic: used · n / (n − 1) and used · 1.2. Above 100 % it cannot keep up. Marks at 70 % and 85 %.',
    throttled: (limiters: string, layers: string) =>
      `Above what ${limiters} lets through, not above the planned traffic: ${layers}. They get busier as soon as it sheds less.`,
    more: (count: number) => plural(count, 'more layer'),
    cannot: (count: number, layers: string) =>
      `${count === 1 ? 'One layer cannot' : `${count} layers cannot`} take ×1.2 traffic: ${layers}.`,
    can: 'Every layer can take ×1.2 traffic.',
  },
  changes: {
    title: 'What changed since the last review',
    question: 'What is different, and because of what?',
    inputs: 'Inputs',
    outputs: 'Results',
    noInputs: 'The inputs are the same.',
    unknownInputs: 'One side is a saved result whose scenario this version cannot read.',
    unpaired:
      'The two sides do not pair, so that small changes are not told from chance: hongfeng compare says why.',
    noOutputs: 'No measure moved beyond chance.',
    inputHeads: { input: 'input', kind: 'change', before: 'before', after: 'after', where: 'where' },
    outputHeads: {
      of: 'of',
      measure: 'measure',
      before: 'before',
      after: 'after',
      change: 'change',
      by: 'because of',
    },
    kind: { changed: 'changed', added: 'added', removed: 'removed' } satisfies Record<
      InputChange['kind'],
      string
    >,
    verdict: {
      significant: 'significant',
      'within-noise': '≈ noise',
      equal: 'equal',
      unknown: '? no data',
    } satisfies Record<Difference['verdict'], string>,
    noise: (noise: number, equal: number) => `≈ ${noise} inside noise · ${equal} exactly equal`,
    together: 'together only',
    chart: (measure: string, change: string) => `Largest change: ${measure} ${change}`,
    chartCaption: 'Significant changes as shares of the value before',
    change: 'change',
  },
  cost: {
    chart: (layer: string, share: string) => `${layer} is ${share} of the cost`,
    chartCaption: (currency: string) => `Cost by layer, ${currency} per hour`,
    perHour: 'per hour',
  },
  map: {
    title: 'Map of the site',
    question: 'Who calls whom, and how loaded is each part at the busiest moment?',
    caption:
      'Requests come in on the left. Each part: share used of its busiest group and jobs per second through it, ! from 70 %, ✗ from 85 %; ⊖ what its limiter turns away. Arrows: calls (solid), sends (dotted), next station of the path (dashed)',
    /** Of the window with the most requests offered. */
    busiest: (at: string, offered: string, what: string) =>
      `At the busiest moment, ${at} with ${offered} offered: ${what}`,
    sheds: (name: string, rate: string) => `${name} sheds ${rate}`,
    fullest: (name: string, share: string) => `fullest is ${name}, ${share} used`,
    idle: 'nothing can saturate',
    endless: 'cannot saturate',
    shed: (rate: string) => `sheds ${rate}`,
    onward: (names: string) => `→ ${names}`,
    collapsed: (stations: number, layers: number) =>
      `${plural(stations, 'station')} drawn as ${plural(layers, 'layer')}.`,
    cut: (count: number) => `${plural(count, 'part')} with the least load left out.`,
    none: 'The scenario has no requests.',
    how: { call: 'calls', send: 'sends to', next: 'then' } satisfies Record<TopologyEdge['how'], string>,
    used: (share: string) => `${share} used`,
  },
  heat: {
    title: (layer: string, share: string, at: string) => `${layer} is hottest: ${share} at ${at}`,
    caption:
      'Share used, layer by time: the busiest group of each; of each cell the highest window, so that a spike of one window is seen',
    peak: 'highest',
    gap: 'not simulated',
    more: (count: number, share: string) => `${plural(count, 'more layer')} never above ${share}.`,
  },
  errors: {
    title: (most: string, cause: string, at: string) => `Most that is lost is ${cause}: ${most} at ${at}`,
    none: 'No request is lost',
    caption: 'Requests per second that did not succeed, by cause, by the time they were due',
  },
  zoom: {
    in: 'Zoom in',
    out: 'Zoom out',
    reset: 'Whole run',
    hint: 'Drag over a chart to zoom all of them; Tab and arrow keys move, + and − zoom, 0 shows all.',
    at: 'time',
  },
  /** Above the charts over time. */
  gaps: (measured: string) =>
    `Gaps: of steady time only samples were simulated, ${measured} of the time in all. Dots: stretches too short for a line.`,
  percentiles: {
    /** Label of the line of the last review. */
    before: (request: string) => `${request}, before`,
    title: (request: string, ratio: string) => `The P99 of ${request} is ${ratio} its P50`,
    caption:
      'Response time by percentile; each nine takes as much room, as HdrHistogram draws it; as far as samples reach',
  },
  examples: {
    title: 'Example requests',
    caption:
      'Single sampled requests of the class, layer by layer in the order of the path; length is time on the critical path.',
    of: {
      p50: 'in the middle (P50)',
      p99: 'at the P99',
      slowest: 'slowest sampled',
    } satisfies Record<ExampleFinding['of'], string>,
  },
  protections: {
    amplification: 'attempts per first one',
    engaged: (engaged: string, idle: string) => [engaged, idle].filter((part) => part !== '').join(' '),
    limiterEngaged: (name: string, at: string, share: string) =>
      `${name} sheds from ${at} on (${share} of all).`,
    limiterIdle: (names: string) => `Never needed: ${names}.`,
    retries: (name: string, factor: string) => `Retries of ${name} make ${factor} the calls.`,
  },
  sensitivity: {
    title: 'Sensitivity',
    question: 'Which guess matters?',
    chart: (input: string, effect: string) => `${input} matters most: it moves a result by ${effect}`,
    none: 'No assumed input moves a P99 or the headroom beyond chance.',
    caption: (step: string) =>
      `Each assumed input ${step} less and more: change of the P99 that moves most, and of the headroom`,
    heads: { input: 'input', value: 'value', p99: 'P99', headroom: 'headroom', less: 'less', more: 'more' },
    leftOut: (count: number) => `${plural(count, 'assumed input')} not simulated`,
    because: {
      'few-effects': 'others reach further',
      'no-effect': 'no effect, by arithmetic',
      'not-a-quantity': 'nothing to scale',
      stopped: 'stopped before',
    },
  },
};
