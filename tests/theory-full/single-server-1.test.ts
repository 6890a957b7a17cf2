import { testCases } from './all-of.ts';

testCases('single-server', 0, 3);
