import { testCases } from './all-of.ts';

testCases('time-varying', 0, 2);
