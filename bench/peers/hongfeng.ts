/** `hongfeng.js <case> <requests> <seed>`: what simpy_model.py prints, of our own run of the same scenario. */
import { cpuUsage, versions } from 'node:process';
import { Run } from '../../src/run/run.ts';
import { CASES, modelOf } from '../cases.ts';
import { PEER_CASES, type PeerResult } from './cases.ts';

const STEP_EVENTS = 100_000;

const [id, requests, seed] = process.argv.slice(2);
const chosen = CASES.find((each) => each.id === id);
const peerCase = PEER_CASES.find((each) => each.id === id);
if (chosen === undefined || peerCase === undefined) throw new Error(`no case ${id ?? ''}`);

const model = { ...modelOf(chosen, Number(requests)), seed: seed ?? '' };
const run = new Run(model);
const began = cpuUsage();
while (run.advance(STEP_EVENTS) === 'more');
const { user, system } = cpuUsage(began);
const { totals, classes, groupTotals } = run.measurements();
const sumNs = classes.flatMap((each) => [...each.sumNs]).reduce((sum, ns) => sum + ns, 0);
const result: PeerResult = {
  program: `hongfeng, Node ${versions.node}`,
  requests: totals.ended,
  nsPerRequest: ((user + system) * 1000) / totals.ended,
  meanUs: sumNs / totals.ended / 1000,
  utilization: groupTotals.at(-1)!.busyNs / (peerCase.servers * model.lastsNs),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
