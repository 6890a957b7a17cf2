import { testCases } from './all-of.ts';

testCases('load-balancing', 0, 2);
