/** Scenario texts that several cases share, written from a few parameters. */
import * as z from 'zod';

const forkJoinParameters = z.strictObject({
  branches: z.number(),
  rate: z.string(),
  mean: z.string(),
  servers: z.string().optional(),
});

/** Every request asks all leaves at once and ends with the last of them; each leaf is a station of its own. */
export function forkJoin(parameters: unknown): string {
  const { branches, rate, mean, servers = '1' } = forkJoinParameters.parse(parameters);
  const leaves = Array.from({ length: branches }, (_, index) => `leaf${index + 1}`);
  return [
    `traffic: { rate: ${rate} }`,
    'stations:',
    ...leaves.map((leaf) => `  ${leaf}: { servers: ${servers}, service: { exponential: ${mean} } }`),
    '  front:',
    '    operations:',
    `      ask: [{ parallel: [${leaves.map((leaf) => `{ call: ${leaf} }`).join(', ')}] }]`,
    'requests:',
    '  customer: { path: [front.ask] }',
    '',
  ].join('\n');
}

const knots = z.array(z.tuple([z.number(), z.number()]));
const sampledParameters = z.strictObject({
  wave: z.strictObject({ mean: z.number(), amplitude: z.number(), periodSec: z.number() }).optional(),
  steps: knots.optional(),
  linear: knots.optional(),
  decay: z
    .strictObject({
      peak: z.number(),
      rampSec: z.number(),
      holdSec: z.number(),
      floor: z.number(),
      tauSec: z.number(),
      decaySec: z.number(),
    })
    .optional(),
  arrivals: z.string().optional(),
  /** Independent copies of the system: the rate is multiplied by it. */
  copies: z.number().optional(),
  samplesSec: z.array(z.number()),
  /** Probes at each sample, all copies together. */
  probes: z.number().optional(),
  untilSec: z.number().optional(),
});
type Sampled = z.output<typeof sampledParameters>;

interface Knot {
  readonly sec: number;
  readonly rate: number;
  readonly shape: 'linear' | 'step';
}

/** Length of a sample: short enough that nothing changes in it, and whole ns. */
const SAMPLE_SEC = 1e-6;
const PROBE_SEC = 1e-3;
/** Chords of a sine in one period: the worst is 1.8e-4 of the amplitude low. */
const CHORDS = 360;

/**
 * A rate that changes with time, without warm-up, and a phase of one microsecond at each instant of interest: its mean
 * is the state at that instant. Probes come right after it, in a phase of their own.
 */
export function sampled(parameters: unknown, stations: string): string {
  const read = sampledParameters.parse(parameters);
  const { samplesSec, copies = 1, probes, arrivals } = read;
  const base = baseKnots(read);
  const lastSec = Math.max(...samplesSec, ...base.map(({ sec }) => sec), read.untilSec ?? 0);
  const untilSec = read.untilSec ?? lastSec + SAMPLE_SEC + (probes === undefined ? 0 : PROBE_SEC);
  const marks = samplesSec.flatMap((sec) => [
    { sec, phase: `at-${sec}`.replace('.', '-') },
    { sec: plus(sec, SAMPLE_SEC), phase: `after-${sec}`.replace('.', '-') },
  ]);
  const points = curveOf(base, marks, copies, read.decay === undefined ? [] : phasesOfDecay(read.decay));
  const mix = probes === undefined ? '' : '\n    mix: { customer: 100% }';
  const process = arrivals === undefined ? '' : `\n    arrivals: ${arrivals}`;
  return [
    `clock: { lasts: ${seconds(untilSec)}, warmUp: 0s, window: ${seconds(untilSec)} }`,
    'traffic:',
    `  - curve:${points.map((point) => `\n      - ${point}`).join('')}${mix}${process}`,
    ...(probes === undefined ? [] : [probeSource(samplesSec, probes)]),
    stations,
  ].join('\n');
}

function baseKnots({ wave, steps, linear, decay, samplesSec }: Sampled): Knot[] {
  if (wave !== undefined) {
    const stepSec = wave.periodSec / CHORDS;
    const count = Math.ceil((Math.max(...samplesSec) + 2 * stepSec) / stepSec);
    const rate = (sec: number): number =>
      wave.mean + wave.amplitude * Math.sin((2 * Math.PI * sec) / wave.periodSec);
    return Array.from({ length: count + 1 }, (_, index) => {
      const sec = plus(index * stepSec, 0);
      return { sec, rate: rate(sec), shape: 'linear' as const };
    });
  }
  if (decay !== undefined) return decayKnots(decay);
  const shape = steps === undefined ? 'linear' : 'step';
  return (steps ?? linear ?? []).map(([sec, rate]) => ({ sec, rate, shape }));
}

/** Up on a line, level, then down towards the floor; chords of half a second overstate the area by 1.2e-5. */
function decayKnots({
  peak,
  rampSec,
  holdSec,
  floor,
  tauSec,
  decaySec,
}: NonNullable<Sampled['decay']>): Knot[] {
  const fromSec = rampSec + holdSec;
  return [
    { sec: 0, rate: 0, shape: 'linear' },
    { sec: rampSec, rate: peak, shape: 'linear' },
    ...Array.from({ length: 2 * decaySec + 1 }, (_, index) => ({
      sec: fromSec + index / 2,
      rate: floor + (peak - floor) * Math.exp(-index / 2 / tauSec),
      shape: 'linear' as const,
    })),
  ];
}

function phasesOfDecay({ rampSec, holdSec }: NonNullable<Sampled['decay']>): Mark[] {
  return [
    { sec: 0, phase: 'ramp' },
    { sec: rampSec, phase: 'hold' },
    { sec: rampSec + holdSec, phase: 'decay' },
  ];
}

interface Mark {
  readonly sec: number;
  readonly phase: string;
}

/** The knots with the marks among them, each mark at the rate that the curve has there. */
function curveOf(
  base: readonly Knot[],
  marks: readonly Mark[],
  copies: number,
  more: readonly Mark[],
): string[] {
  const phases = new Map([...marks, ...more].map(({ sec, phase }) => [sec, phase]));
  const instants = [...new Set([...base.map(({ sec }) => sec), ...phases.keys()])].sort((a, b) => a - b);
  return instants.map((sec) => {
    const { rate, shape } = knotAt(base, sec);
    const phase = phases.get(sec);
    const named = phase === undefined ? '' : `, phase: ${phase}`;
    return `{ at: ${seconds(sec)}, rate: ${rate * copies}/s, shape: ${shape}${named} }`;
  });
}

function knotAt(base: readonly Knot[], sec: number): { rate: number; shape: Knot['shape'] } {
  const before = base.findLast((knot) => knot.sec <= sec) ?? base[0]!;
  const after = base.find((knot) => knot.sec > sec);
  if (before.shape === 'step' || after === undefined || before.sec === sec) return before;
  const share = (sec - before.sec) / (after.sec - before.sec);
  return { rate: before.rate + share * (after.rate - before.rate), shape: 'linear' };
}

/**
 * A burst of Poisson probes right after each sample, at a rate that brings `count` of them. Where the waiting room is
 * bounded they must be far fewer than the copies, or one takes the last place of the next.
 */
function probeSource(samplesSec: readonly number[], count: number): string {
  const points = samplesSec.flatMap((sec) => {
    const fromSec = plus(sec, SAMPLE_SEC);
    return [
      `{ at: ${seconds(fromSec)}, rate: ${count / PROBE_SEC}/s, shape: step }`,
      `{ at: ${seconds(plus(fromSec, PROBE_SEC))}, rate: 0/s, shape: step }`,
    ];
  });
  const all = ['{ at: 0s, rate: 0/s }', ...points];
  return `  - curve:${all.map((point) => `\n      - ${point}`).join('')}\n    mix: { probe: 100% }`;
}

/** Sum in whole ns. */
function plus(sec: number, more: number): number {
  return Math.round((sec + more) * 1e9) / 1e9;
}

function seconds(sec: number): string {
  return `${sec.toFixed(9).replace(/\.?0+$/, '')}s`;
}
