import { testCases } from './all-of.ts';

testCases('network');
