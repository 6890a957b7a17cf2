/** How much a review simulates, decided by predicted events alone, so that the same review is made everywhere. */
import type { Findings } from '../analysis/findings.ts';
import { formatCount, formatDuration } from '../base/format.ts';
import type { AskedAway } from './capacity-options.ts';
import { LOAD_EVENTS_MAX, LOADS } from './find-capacity.ts';
import { REPLICATIONS } from './run-options.ts';
import { INPUTS } from './sensitivity-options.ts';

/** Predicted events that sites with one replica less are worth: about two minutes of one core for all of them. */
export const WITHOUT_EVENTS_MAX = 1_000_000_000;

/** Predicted events of the study of assumed inputs beyond which it has fewer replications, and then fewer inputs. */
const SENSITIVITY_EVENTS_MAX = 2_000_000_000;
/** Fewest that tell a difference from chance with some power. */
const SENSITIVITY_REPLICATIONS_MIN = 3;

/** Of one core: what shipped scenarios reach (docs/speed.md), a little less. For the estimate alone. */
const EVENTS_PER_SEC = 5_000_000;
/** Of one load beside its events: reading, compiling and judging it. For the estimate alone. */
const LOAD_SEC = 1;

export interface ReviewPlan {
  /** Of each load. */
  readonly replications: number;
  /** Whether the command line says how many: then all is simulated with so many. */
  readonly areAsked: boolean;
  readonly without: readonly (readonly AskedAway[])[];
  readonly sensitivity: { readonly replications: number; readonly inputs: number };
  /** Predicted of the search, of what is taken away, and of the inputs. */
  readonly events: Readonly<Record<'capacity' | 'without' | 'sensitivity', number>>;
}

/** `asked`: replications that the command line asks for, or null. */
export function planReview(
  { mode: { predictedEvents } }: Pick<Findings, 'mode'>,
  asked: number | null,
  without: readonly (readonly AskedAway[])[],
): ReviewPlan {
  const replications = Math.max(2, asked ?? REPLICATIONS);
  const sensitivity = asked === null ? worthIt(predictedEvents) : { replications, inputs: INPUTS };
  const perLoad = predictedEvents * replications;
  return {
    replications,
    areAsked: asked !== null,
    without,
    sensitivity,
    events: {
      capacity: LOADS * (asked === null ? Math.min(LOAD_EVENTS_MAX, perLoad) : perLoad),
      without:
        asked === null ? Math.min(WITHOUT_EVENTS_MAX, without.length * perLoad) : without.length * perLoad,
      sensitivity: runsOf(sensitivity.inputs) * sensitivity.replications * predictedEvents,
    },
  };
}

function worthIt(predictedEvents: number): ReviewPlan['sensitivity'] {
  const affordable = SENSITIVITY_EVENTS_MAX / predictedEvents;
  const replications = Math.floor(affordable / runsOf(INPUTS));
  const kept = Math.min(REPLICATIONS, Math.max(SENSITIVITY_REPLICATIONS_MIN, replications));
  const inputs = Math.floor((affordable / kept - 1) / 2);
  return { replications: kept, inputs: Math.min(INPUTS, Math.max(1, inputs)) };
}

/** The base, and each input less and more. */
function runsOf(inputs: number): number {
  return 1 + 2 * inputs;
}

/** Before the long wait: what is simulated, about how long that takes, and how to get what is left out. */
export function reviewPlanText(
  { replications, without, sensitivity, events }: ReviewPlan,
  file: string,
  jobs: number,
): string {
  const total = events.capacity + events.without + events.sensitivity;
  const parts = [
    `a search for the capacity, some ${LOADS} loads`,
    ...(without.length === 0 ? [] : [`${without.length} times one replica less`]),
    `up to ${sensitivity.inputs} assumed inputs, each less and more, ${sensitivity.replications} replications`,
  ];
  const loads = LOADS + without.length + runsOf(sensitivity.inputs);
  const takes = total / EVENTS_PER_SEC / Math.min(jobs, replications) + loads * LOAD_SEC;
  const isWhole = sensitivity.inputs === INPUTS && sensitivity.replications >= replications;
  return [
    `review: ${parts.join('; ')}`,
    `  some ${formatCount(total)} events, about ${formatDuration(Math.ceil(takes) * 1e9)} on ${jobs === 1 ? '1 core' : `${jobs} cores`} with nothing else to do`,
    ...(isWhole
      ? []
      : [`  all ${INPUTS} inputs, each with ${replications} replications: hongfeng sensitivity ${file}`]),
    '',
  ].join('\n');
}
