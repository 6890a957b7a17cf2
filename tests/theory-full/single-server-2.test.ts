import { testCases } from './all-of.ts';

testCases('single-server', 1, 3);
