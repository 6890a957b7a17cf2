/** Two scenarios from their texts to what is said about their differences, by the ordinary way. */
import { vi } from 'vitest';
import type { AnalysisInput } from '../../src/analysis/context.ts';
import { compare } from '../../src/study/compare.ts';
import type { Comparison, Difference } from '../../src/study/comparison.ts';
import { PairedStudy } from '../../src/study/paired-study.ts';
import { OwnThread } from '../../src/study/workplace.ts';
import { input } from '../analysis/builders.ts';
import { modelOf, validScenario, type World } from '../promises/world.ts';

// Whole simulations, which may take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

export const inThisThread = (): OwnThread => new OwnThread(() => Promise.resolve());

/** All that `compare` is given about a scenario but its replications. */
export function knownOf(world: World): AnalysisInput {
  return { ...input(), scenario: validScenario(world), model: modelOf(world) };
}

export async function comparePair(before: World, after: World, replications: number): Promise<Comparison> {
  const [one, other] = [knownOf(before), knownOf(after)];
  const study = new PairedStudy({ before: one.model, after: other.model }, inThisThread());
  const paired = await study.simulate(replications);
  const plan = { asked: paired.asked, seeds: paired.seeds, stoppedBy: paired.stoppedBy, precision: null };
  return compare(
    { ...one, replications: paired.before, plan },
    { ...other, replications: paired.after, plan },
  );
}

/** The whole-run row of a measure. */
export function rowOf({ differences }: Comparison, target: string, metric: Difference['metric']): Difference {
  const found = differences.find(
    (each) => each.target === target && each.metric === metric && each.phase === null,
  );
  if (found === undefined) throw new Error(`${metric} of ${target} is not compared`);
  return found;
}
