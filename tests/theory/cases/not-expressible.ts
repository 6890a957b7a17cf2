/** What of the validation set the scenario language cannot say or the measurements do not hold, with the reason. */

/** Whole cases, by id. */
export const NOT_EXPRESSIBLE: Readonly<Record<string, string>> = {
  'S52-srpt': 'no discipline that knows the remaining service time (shortest remaining processing time)',
  'S54-erlA-1': 'patience in a queue is one fixed acquire time-out, not an exponential time',
  'S55-erlA-50-over': 'patience in a queue is one fixed acquire time-out, not an exponential time',
  'S59-vac-exp': 'servers do not go on vacations when they are idle',
  'N22-blocking-0buf': 'a job that finds the next station full is rejected; it does not block its server',
};

const STATES = 'the measurements hold means of jobs present, not how often each number of jobs was present';
const PREEMPTION = 'no preemptive priorities: a job in service is never interrupted';

/** Single figures of cases that are run, by id and metric. */
export const NOT_OBSERVED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'S21-mminf-sixto': { p0: STATES, p1: STATES },
  'S42-mg1ps-det': { p_n_eq_3: STATES, p_n_ge_10: STATES },
  'S45-rps-8-det': { state_probabilities_0_to_6: STATES },
  'S48-prio-3': { pr_sojourn: PREEMPTION },
  'S49-prio-det': { pr_sojourn_class1: PREEMPTION, pr_sojourn_class2: PREEMPTION },
};
