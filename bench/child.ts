/** Entry of a child process: `child.js <case> <requests> [<windowNs>]` prints what it measured as one line of JSON. */
import { CASES, IN_FLIGHT, modelOf } from './cases.ts';
import { measureInFlight, measureSpeed } from './measure.ts';

/** When the requests of IN_FLIGHT begin to end: from here on a constant number is inside. */
const FULL_NS = 10e9;

const [id, requests, windowNs] = process.argv.slice(2);
const chosen = [...CASES, IN_FLIGHT].find((each) => each.id === id);
if (chosen === undefined) throw new Error(`no case ${id ?? ''}`);
const model = modelOf(chosen, Number(requests), windowNs === undefined ? undefined : Number(windowNs));
const measured = chosen === IN_FLIGHT ? measureInFlight(model, FULL_NS) : await measureSpeed(model);
process.stdout.write(`${JSON.stringify(measured)}\n`);
