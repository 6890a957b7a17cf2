import { testCases } from './all-of.ts';

testCases('time-varying', 1, 2);
