import { testCases } from './all-of.ts';

testCases('load-balancing', 1, 2);
