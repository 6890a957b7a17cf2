import { testCases } from './all-of.ts';

testCases('layered');
