/** The compiled program, as it is installed: `npm test` builds it before these tests begin. */
import { fileURLToPath } from 'node:url';

const inPackage = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const WORKER_FILE = inPackage('dist/bundle/worker-threads.js');
export const PROGRAM = inPackage('bin/hongfeng.js');
