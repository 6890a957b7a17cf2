import type { Findings } from '../analysis/findings.ts';
import { UserError } from '../base/diagnostics.ts';
import type { Scenario } from '../scenario/types.ts';
import type { CapacityDocument } from '../study/capacity-document.ts';
import type { SensitivityDocument } from '../study/sensitivity-document.ts';
import { RANGE, type AskedAway } from './capacity-options.ts';
import { planReview, reviewPlanText, WITHOUT_EVENTS_MAX } from './review-plan.ts';
import { ExitCode } from './exit-codes.ts';
import { askCapacity, findCapacity } from './find-capacity.ts';
import type { Call } from './find-out.ts';
import { askSensitivity, findSensitivity } from './find-sensitivity.ts';
import { STEP } from './sensitivity-options.ts';
import { writeFiles } from './write-files.ts';
import { CAPACITY, SENSITIVITY } from './write-reports.ts';

/** Groups of replicas that a review looks at with one of them less, the tightest first. */
const WITHOUT_MAX = 10;
/** Predicted events that are worth that: of all, and of each, about twenty seconds of one core. */
const WITHOUT = { eventsMax: WITHOUT_EVENTS_MAX, eachMax: 150_000_000 };

/** Nobody reads a bound in a review to the last per cent. */
const PRECISION = 0.02;

/** What a review shows beside its result; null what there is nothing to study of, or was stopped. */
export interface Studies {
  readonly capacity: CapacityDocument | null;
  readonly sensitivity: SensitivityDocument | null;
  /** Paths of what was written. */
  readonly written: readonly string[];
  /** By Ctrl-C or the time limit. */
  readonly wasStopped: boolean;
}

export const NO_STUDIES: Studies = { capacity: null, sensitivity: null, written: [], wasStopped: false };

/** The run that the review is of. */
export interface ReviewedRun {
  readonly findings: Findings;
  readonly scenario: Scenario;
  readonly folder: string;
  /** Instant of the clock at which all of it is to end, or null. */
  readonly deadlineMs: number | null;
}

/**
 * Searches for the capacity, looks at the site with one replica of each layer less, and at its assumed inputs; says before how
 * much that is, and writes the documents to the folder as soon as they are there.
 */
export async function studyForReview(
  call: Call,
  { findings, scenario, folder, deadlineMs }: ReviewedRun,
): Promise<Studies> {
  const { io, options, interrupts, version } = call;
  const written: string[] = [];
  const { renderJson } = await import('../report/json.ts');
  const shared = (): typeof options => ({
    ...options,
    timeLimitMs: deadlineMs === null ? null : Math.max(0, deadlineMs - io.nowMs()),
  });
  const keep = <Document extends CapacityDocument | SensitivityDocument>(
    name: string,
    found: Document,
  ): Document => {
    writeFiles(io, folder, [{ path: name, data: renderJson(found) }]);
    written.push(`${folder}/${name}`);
    return found;
  };
  const plan = planReview(findings, options.replications, oneLess(scenario, findings));
  if (!options.quiet) await io.stderr.write(reviewPlanText(plan, options.file, options.jobs));
  const capacity = await orNote(call, 'capacity', async () => {
    const { replications, areAsked, without } = plan;
    const asked = {
      ...{ ...shared(), replications, areAsked, without, budgets: null, holdNs: null, scaled: null },
      range: { ...RANGE, precision: PRECISION },
    };
    const study = { io, options: asked, version, interrupts, review: WITHOUT };
    return keep(CAPACITY, await findCapacity(study, askCapacity(study)));
  });
  const sensitivity = await orNote(call, 'sensitivity', async () => {
    const { replications, inputs } = plan.sensitivity;
    const asked = { ...shared(), replications, step: STEP, inputs };
    const study = { io, options: asked, version, interrupts };
    return keep(SENSITIVITY, await findSensitivity(study, askSensitivity(study)));
  });
  const isLate = deadlineMs !== null && io.nowMs() >= deadlineMs;
  return { capacity, sensitivity, written, wasStopped: interrupts.isAsked || isLate };
}

/** A review without one of its studies is one all the same; why it has none is said. */
async function orNote<Found>(
  { io, options, interrupts }: Call,
  study: string,
  find: () => Promise<Found>,
): Promise<Found | null> {
  if (interrupts.isAsked) return null;
  try {
    return await find();
  } catch (error) {
    const isExpected =
      error instanceof UserError &&
      (error.exitCode === ExitCode.usage || error.exitCode === ExitCode.interrupted);
    if (!isExpected) throw error;
    if (!options.quiet) await io.stderr.write(`note: no ${study} in this review: ${error.message}\n`);
    return null;
  }
}

/** One replica of each station that has several, the tightest first. */
function oneLess({ stations }: Scenario, { headroom }: Findings): AskedAway[][] {
  const rankOf = (layer: string): number => {
    const index = headroom.findIndex((each) => each.layer === layer);
    return index < 0 ? Infinity : index;
  };
  return Object.entries(stations)
    .filter(([, { replicas }]) => replicas > 1)
    .toSorted(([, one], [, other]) => compareRanks(rankOf(one.layer), rankOf(other.layer)))
    .slice(0, WITHOUT_MAX)
    .map(([name]) => [{ name, count: 1 }]);
}

function compareRanks(one: number, other: number): number {
  return one === other ? 0 : one - other;
}
