/** Codes of what cannot be modelled or simulated as written (HF5xx), and of what arithmetic alone finds (HF6xx). */
import type { Severity } from '../../base/diagnostics.ts';

export interface CodeMeaning {
  readonly severity: Severity;
  readonly title: string;
  readonly fix: string;
}

const error = (title: string, fix: string): CodeMeaning => ({ severity: 'error', title, fix });
const warning = (title: string, fix: string): CodeMeaning => ({ severity: 'warning', title, fix });
const info = (title: string, fix: string): CodeMeaning => ({ severity: 'info', title, fix });

export const MODEL_CODES = {
  HF501: error('a station or operation that does not exist', 'Name one that there is.'),
  HF502: error(
    'a way between two regions without a round-trip time',
    'Add the round-trip time between the two.',
  ),
  HF503: error('calls in a circle', 'Break the circle: synchronous calls must end somewhere.'),
  HF504: error(
    'a plain visit to a station without a service time',
    'Give the station a service time, or call one of its operations.',
  ),
  HF505: error(
    'a reply inside parallel branches',
    'Reply before or behind the branches: only one of them could.',
  ),
  HF506: error(
    'a request that is too long with all calls written out',
    'Leave out steps that do not matter for time.',
  ),
  HF507: error('work at a station without servers', 'Give it servers, or write a delay.'),
  HF511: error('a data file that cannot be read', 'Check its name; it is relative to the scenario.'),
  HF512: error('a data file with quoted fields', 'Write it as plain numbers separated by commas.'),
  HF513: error('a data file without the column', 'Name a column of its first line.'),
  HF514: error(
    'a row of a data file without a usable number',
    'Mend or drop the row that the message names.',
  ),
  HF515: error(
    'priorities on a host, whose cores are shared',
    'Give the station servers of its own instead of on:.',
  ),
  HF516: error(
    'a host with both SMT and a scalability law',
    'Keep one of them: both say how cores slow each other.',
  ),
  HF517: error('more than two hardware threads per core', 'Write smt: 1 or 2.'),
  HF518: error('unknown host type', 'Declare it under hosts:.'),
  HF519: error('a trace that is not sorted by time', 'Sort its rows.'),
  HF520: error('a trace with an unknown request class', 'Name classes of requests: in it.'),
  HF521: error('shares of classes or regions are missing', 'Give every class, or every region, its share.'),
  HF522: error(
    'traffic that cannot be thinned to this slice',
    'Take a slice that the message allows, or --mode exact.',
  ),
  HF523: error(
    'a run that would not fit into memory',
    'Simulate a slice (--slice), fewer replications (--reps), or longer windows.',
  ),
  HF524: error(
    'a bucket of a limit that would take too long to fill',
    'Take a smaller burst or a higher rate.',
  ),
  HF525: error('too many classes, time-outs, sources or regions', 'Put those that are alike together.'),
  HF526: error('a scenario of which no time can be left out', 'Run it with --mode exact or sliced.'),
  HF601: warning(
    'overloaded at the peak',
    'Add servers or replicas, or send it less work: its queue grows as long as the peak lasts.',
  ),
  HF602: warning(
    'holds at the peak only because limits shed',
    'Decide whether shedding is meant; to serve everyone it needs what the message says.',
  ),
  HF603: info('little room at the peak', 'Nothing has to be done; waiting times rise steeply from here on.'),
  HF604: warning(
    'one replica gets more than its share',
    'Spread the hot keys, cache them in front, or even out the weights.',
  ),
  HF611: warning('a limit sheds at the peak', 'Raise the limit, or add replicas that bring their own.'),
  HF612: info(
    'a limit admits all only because limits in front shed',
    'Keep it in mind when those in front are raised.',
  ),
  HF621: warning(
    "fewer threads than Little's law asks for",
    'Add threads or replicas, or hold a thread for less time.',
  ),
  HF622: warning(
    "fewer connections than Little's law asks for",
    'Enlarge the pool, or hold a connection for less time.',
  ),
  HF631: warning(
    'retries multiply along a chain of calls',
    'Retry at one level only, or give retries a budget.',
  ),
  HF632: warning('retries can keep an overload going', 'Give them a budget, or add replicas.'),
  HF641: warning(
    'an inner deadline longer than what is left of the outer one',
    'Make the inner deadline the shorter one.',
  ),
  HF642: warning(
    'a deadline below the mean of what it waits for',
    'Put it above the slowest answer that is still worth waiting for.',
  ),
  HF643: warning(
    'the wait for a connection and the call outlast the outer deadline',
    'Give the pool an acquireTimeout that, with the time-out, is shorter than the outer deadline.',
  ),
  HF651: warning(
    'a budget out of reach even with nobody else in the system',
    'Take steps off the critical path or make them faster, or change the budget: no sizing helps.',
  ),
  HF652: warning(
    'a budget on a phase that begins after the end',
    'Let the run last longer, or choose another window.',
  ),
} as const satisfies Record<string, CodeMeaning>;
