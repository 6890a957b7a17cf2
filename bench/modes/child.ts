/** Entry of a child process: `child.js` reads one job from its arguments and prints what it gave as JSON. */
import { argv, stdout } from 'node:process';
import type { ModeCase } from './cases.ts';
import { simulate, type Mode } from './job.ts';

const [modeCase, mode, seedIndex] = argv.slice(2).map((text): unknown => JSON.parse(text));
stdout.write(JSON.stringify(simulate(modeCase as ModeCase, mode as Mode, seedIndex as number)));
