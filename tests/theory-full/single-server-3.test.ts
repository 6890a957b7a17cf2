import { testCases } from './all-of.ts';

testCases('single-server', 2, 3);
