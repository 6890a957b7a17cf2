/** What was found by arithmetic before the run, in the language of a report. */
import type { AdviceFinding } from '../../analysis/findings.ts';

export interface AdviceText {
  readonly message: string;
  readonly help: string;
}

/** null: as the finding has it, in English. */
export const ADVICE_TEXT: (finding: Pick<AdviceFinding, 'code' | 'words'>) => AdviceText | null = () => null;
