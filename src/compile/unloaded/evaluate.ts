/** Turns the tree of a request into a function that draws one response time with nobody else in the system. */
import { childHi, childLo, hash32, streamKey } from '../../random/streams.ts';
import { sampleTable } from '../../random/quantile-table.ts';
import { backoffNs } from '../../model/policies/backoff.ts';
import type { DistributionSpec, Retry } from '../../scenario/types.ts';
import { saltOf } from '../parts/interned.ts';
import { thresholdOf } from '../parts/thresholds.ts';
import {
  hasReply,
  type Choice,
  type Fail,
  type Node,
  type Parallel,
  type Repeat,
  type Visit,
  type Way,
} from '../tree/nodes.ts';

/** One activation under way: its draw key, the time since it began, and how it stands. */
export interface Activation {
  lo: number;
  hi: number;
  readonly region: number;
  ns: number;
  /** When it answered its caller, or −1 while it has not. */
  answeredNs: number;
  failed: boolean;
  /** Whether a deadline passed or an attempt was repeated, here or in a call: then means are no longer sums. */
  disturbed: boolean;
}

/** Lets an activation go on; returns at once when it has failed. */
export type Run = (activation: Activation) => void;

/** What evaluating looks up. */
export interface Sampling {
  readonly seed: string;
  /** Quantile table at unit mean, and mean in ns. */
  readonly table: (spec: DistributionSpec) => { readonly nodes: Float64Array; readonly meanNs: number };
  readonly demandFactor: (station: string) => number;
}

type Draw = (activation: Activation) => number;

export class Evaluator {
  readonly #sampling: Sampling;
  readonly #draws = new Map<string, Draw>();

  constructor(sampling: Sampling) {
    this.#sampling = sampling;
  }

  sequence(nodes: readonly Node[], station: string | null): Run {
    const steps = nodes.map((node) => this.#node(node, station));
    return (activation) => {
      for (let i = 0; i < steps.length && !activation.failed; i++) steps[i]!(activation);
    };
  }

  #node(node: Node, station: string | null): Run {
    switch (node.kind) {
      case 'work':
        return this.#time(node.time, node.stream, this.#sampling.demandFactor(station!));
      case 'pause':
        return this.#time(node.time, node.stream, 1);
      case 'visit':
        return this.#visit(node);
      case 'send':
        return nothing; // nobody waits for it
      case 'parallel':
        return this.#parallel(node, station);
      case 'choice':
        return this.#choice(node, station);
      case 'repeat':
        return this.#repeat(node, station);
      case 'fail':
        return this.#fail(node);
      case 'reply':
        return (activation) => {
          if (activation.answeredNs < 0) activation.answeredNs = activation.ns;
        };
    }
  }

  #time(spec: DistributionSpec, stream: string, factor: number): Run {
    const { nodes, meanNs } = this.#sampling.table(spec);
    const draw = this.#draw(stream);
    return (activation) => {
      activation.ns += Math.floor(meanNs * factor * sampleTable(nodes, 0, draw(activation)) + 0.5);
    };
  }

  #visit(visit: Visit): Run {
    const body = this.sequence(visit.body, visit.station);
    const replies = hasReply(visit.body);
    const inside: Run = (activation) => {
      activation.ns += wayNs(visit.there, activation);
      body(activation);
      const backNs = wayNs(visit.back, activation);
      activation.ns += backNs; // a failure is told over the same way
      if (replies && activation.answeredNs >= 0) activation.answeredNs += backNs;
    };
    const called = visit.own === null ? inside : this.#call(visit, inside);
    if (visit.onFailure === 'fail') return called;
    return (activation) => {
      called(activation);
      activation.failed = false;
    };
  }

  /** A call with a deadline, retries or an early reply: each attempt an activation of its own. */
  #call({ own, stream }: Visit, inside: Run): Run {
    const { timeoutNs, retry } = own!;
    const limitNs = timeoutNs ?? Infinity;
    const attempts = retry?.attempts ?? 1;
    const salt = saltOf(stream);
    const wait = retry === null ? null : this.#backoff(retry, stream);
    return (activation) => {
      for (let attempt = 1; ; attempt++) {
        const child = childOf(activation, salt + attempt);
        inside(child);
        const answered = child.answeredNs >= 0;
        const tookNs = answered ? child.answeredNs : child.ns;
        const late = tookNs > limitNs;
        activation.ns += late ? limitNs : tookNs;
        activation.failed = late || (child.failed && !answered);
        activation.disturbed ||= late || child.disturbed;
        if (!activation.failed || attempt === attempts) return;
        activation.failed = false;
        activation.disturbed = true;
        activation.ns += wait!(activation, attempt);
      }
    };
  }

  #backoff({ backoff }: Retry, stream: string): (activation: Activation, n: number) => number {
    const { k0, k1 } = streamKey(this.#sampling.seed, `${stream}/back-off`);
    return ({ lo, hi }, n) => backoffNs(backoff, n, (i) => (hash32(k0 ^ i, k1, lo, hi) + 0.5) / 4294967296);
  }

  /** All: the slowest branch, or the first that fails. Any: the first that succeeds, or the last failure. */
  #parallel({ branches, join, stream }: Parallel, station: string | null): Run {
    const runs = branches.map((branch) => this.sequence(branch, station));
    const salt = saltOf(stream);
    const all = join === 'all';
    return (activation) => {
      let [goodNs, badNs, goods, bads] = [all ? 0 : Infinity, all ? Infinity : 0, 0, 0];
      for (let i = 0; i < runs.length; i++) {
        const child = childOf(activation, salt + i + 1);
        runs[i]!(child);
        activation.disturbed ||= child.disturbed;
        if (child.failed) {
          bads++;
          badNs = all ? Math.min(badNs, child.ns) : Math.max(badNs, child.ns);
        } else {
          goods++;
          goodNs = all ? Math.max(goodNs, child.ns) : Math.min(goodNs, child.ns);
        }
      }
      activation.failed = all ? bads > 0 : goods === 0;
      activation.ns += activation.failed ? badNs : goodNs;
    };
  }

  #choice({ options }: Choice, station: string | null): Run {
    const chosen = options.filter(({ share }) => share > 0);
    let left = 1;
    const runs = chosen.map(({ share, nodes, stream }) => {
      const threshold = thresholdOf(Math.min(1, share / left));
      left -= share;
      return { threshold, draw: this.#draw(stream), run: this.sequence(nodes, station) };
    });
    return (activation) => {
      let option = 0;
      while (option < runs.length - 1 && runs[option]!.draw(activation) >= runs[option]!.threshold) option++;
      runs[option]?.run(activation);
    };
  }

  #repeat({ law, mean, nodes, stream }: Repeat, station: string | null): Run {
    const run = this.sequence(nodes, station);
    const draw = this.#draw(stream);
    const threshold = thresholdOf(mean / (1 + mean));
    const salt = saltOf(stream);
    return (activation) => {
      const { lo, hi } = activation;
      for (let turn = 0; !activation.failed; turn++) {
        activation.lo = turn === 0 ? lo : childLo(lo, hi, salt + turn);
        if (law === 'constant' ? turn >= mean : draw(activation) >= threshold) break;
        run(activation);
      }
      activation.lo = lo;
    };
  }

  #fail({ probability, stream }: Fail): Run {
    const draw = this.#draw(stream);
    const threshold = thresholdOf(probability);
    return (activation) => {
      if (draw(activation) < threshold) activation.failed = true;
    };
  }

  #draw(stream: string): Draw {
    const known = this.#draws.get(stream);
    if (known !== undefined) return known;
    const { k0, k1 } = streamKey(this.#sampling.seed, stream);
    const draw: Draw = ({ lo, hi }) => hash32(k0, k1, lo, hi);
    this.#draws.set(stream, draw);
    return draw;
  }
}

function childOf({ lo, hi, region }: Activation, salt: number): Activation {
  return begin({ lo: childLo(lo, hi, salt), hi: childHi(lo, hi, salt), region });
}

export function begin({ lo, hi, region }: Pick<Activation, 'lo' | 'hi' | 'region'>): Activation {
  return { lo, hi, region, ns: 0, answeredNs: -1, failed: false, disturbed: false };
}

function wayNs(way: Way | null, { region }: Activation): number {
  if (way === null) return 0;
  return way.kind === 'fixed' ? way.ns : way.ns[region]!;
}

function nothing(): void {
  // A send takes no time of its sender's.
}
