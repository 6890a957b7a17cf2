/** Found by arithmetic before the run, and reported as it is. */
export type { PlannedLoad, Sizing, SizingChange } from '../model/sizing.ts';
