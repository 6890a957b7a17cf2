import { testCases } from './all-of.ts';

testCases('many-servers');
