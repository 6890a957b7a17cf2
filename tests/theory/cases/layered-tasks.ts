/**
 * A layered queueing network as a scenario: tasks are stations with one thread, processors stations with one server.
 *
 * Semantics of the stochastic rendezvous network: a phase with mean demand D and n calls on average is cut into
 * exponential slices of mean D/(n + 1), one before each call and one at the end; after a slice comes another call with
 * probability n/(n + 1), to one of the entries in proportion. The caller answers after its first phase and keeps its
 * thread for the others. Reference tasks are users without think time.
 *
 * Source: Woodside et al., The stochastic rendezvous network model, IEEE Trans. Computers 44, 1995.
 */
import * as z from 'zod';

const layeredParameters = z.strictObject({
  processors: z.record(z.string(), z.number()),
  tasks: z.array(
    z.strictObject({
      name: z.string(),
      reference: z.boolean(),
      entries: z.array(z.string()),
      processor: z.string(),
    }),
  ),
  /** Mean demand of each phase of an entry, s. */
  phase_demands: z.record(z.string(), z.array(z.number())),
  /** `caller->callee`: mean number of calls in each phase. */
  calls: z.record(z.string(), z.array(z.number())),
});
type Layered = z.output<typeof layeredParameters>;
type Task = Layered['tasks'][number];

export function layeredTasks(parameters: unknown): string {
  const network = layeredParameters.parse(parameters);
  const references = network.tasks.filter(({ reference }) => reference);
  const clients = references.flatMap(({ entries }) => entries);
  return [
    'traffic:',
    ...clients.map((entry) => `  - { closed: { users: 1, think: 0s }, mix: { ${entry}: 100% } }`),
    'stations:',
    ...Object.entries(network.processors).map(([name, count]) => `  ${name}: { servers: ${count} }`),
    ...network.tasks.flatMap((task) => station(network, task)),
    'requests:',
    ...references.flatMap(({ name, entries }) =>
      entries.map((entry) => `  ${entry}: { path: [${name}.${entry}] }`),
    ),
    '',
  ].join('\n');
}

function station(network: Layered, task: Task): string[] {
  return [
    `  ${task.name}:`,
    '    threads: 1',
    '    operations:',
    ...task.entries.flatMap((entry) => [
      `      ${entry}:`,
      ...entrySteps(network, task, entry).map((step) => `        - ${step}`),
    ]),
  ];
}

function entrySteps(network: Layered, task: Task, entry: string): string[] {
  const demands = network.phase_demands[entry]!;
  return demands.flatMap((demandSec, phase) => {
    const steps = phaseSteps(network, task, { entry, phase, demandSec });
    const replies = phase === 0 && !task.reference && demands.length > 1;
    return replies ? [...steps, 'reply'] : steps;
  });
}

interface PhaseOf {
  readonly entry: string;
  readonly phase: number;
  readonly demandSec: number;
}

function phaseSteps(network: Layered, task: Task, { entry, phase, demandSec }: PhaseOf): string[] {
  const calls = Object.entries(network.calls)
    .map(([way, means]) => ({ from: way.split('->')[0], to: way.split('->')[1]!, mean: means[phase] ?? 0 }))
    .filter(({ from, mean }) => from === entry && mean > 0);
  const total = calls.reduce((sum, { mean }) => sum + mean, 0);
  if (demandSec === 0 && total === 0) return [];
  const slice = `{ serve: { exponential: ${demandSec / (total + 1)}s }, at: ${task.processor} }`;
  if (total === 0) return [slice];
  const options = calls.map(
    ({ to, mean }) => `{ share: ${(100 * mean) / total}%, do: [{ call: ${target(network, to)} }] }`,
  );
  const oneCall =
    options.length === 1
      ? `{ call: ${target(network, calls[0]!.to)} }`
      : `{ choose: [${options.join(', ')}] }`;
  return [slice, `{ repeat: { mean: ${total} }, do: [${oneCall}, ${slice}] }`];
}

function target(network: Layered, entry: string): string {
  return `${network.tasks.find(({ entries }) => entries.includes(entry))!.name}.${entry}`;
}
