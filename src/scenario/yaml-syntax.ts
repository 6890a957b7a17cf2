/**
 * YAML text → documents of the yaml package, and its mistakes in our words. The work is bounded: the parser goes on
 * after each mistake, and a file can make one at every third byte.
 */
import { Composer, Parser, type CST, type Document, type YAMLError } from 'yaml';
import { problem, type Problem } from './problem.ts';
import type { Origin } from './tree.ts';

/** One slip of the pen can make the parser stumble many times. */
const MISTAKES_MAX = 10;

/** What the parser cannot place is an error token; behind some of them nothing is worth reading. */
export function tokensOf(text: string): CST.Token[] {
  const tokens: CST.Token[] = [];
  let errors = 0;
  for (const token of new Parser().parse(text)) {
    tokens.push(token);
    if (token.type === 'error' && ++errors > MISTAKES_MAX) break;
  }
  return tokens;
}

export interface Composed {
  readonly documents: readonly Document.Parsed[];
  readonly mistakes: readonly YAMLError[];
  /** Whether there may be more mistakes. */
  readonly isCut: boolean;
}

class TooManyMistakes extends Error {}

/** Duplicate keys are left to the tree builder: here they would be searched for in quadratic time. */
export function compose(tokens: readonly CST.Token[], length: number): Composed {
  const composer = new Composer({ logLevel: 'silent', uniqueKeys: false });
  // The composer collects its mistakes in these two lists until it hands out the document, and has no limit itself.
  const { errors, warnings } = composer.streamInfo();
  limit([errors, warnings]);
  try {
    const documents = [...composer.compose(tokens, true, length)];
    const mistakes = documents.flatMap((each) => [...each.errors, ...each.warnings]);
    return { documents, mistakes, isCut: mistakes.length > MISTAKES_MAX };
  } catch (error) {
    if (!(error instanceof TooManyMistakes)) throw error;
    return { documents: [], mistakes: [...errors, ...warnings], isCut: true };
  }
}

/** Makes `push` throw TooManyMistakes when one of the lists is full, and from then on: the composer catches some. */
function limit(lists: readonly unknown[][]): void {
  let isFull = false;
  for (const list of lists) {
    list.push = (...more: unknown[]): number => {
      isFull ||= list.length >= MISTAKES_MAX;
      if (isFull) throw new TooManyMistakes();
      return Array.prototype.push.apply(list, more);
    };
  }
}

/** Those that follow from the one before are left out: behind a mistake the parser is lost for a line. */
export function syntaxProblems(start: Origin, mistakes: readonly YAMLError[], isCut: boolean): Problem[] {
  const problems: Problem[] = [];
  let lineBefore = Number.NEGATIVE_INFINITY;
  for (const mistake of mistakes.slice(0, MISTAKES_MAX)) {
    const one = inOurWords(start, mistake);
    const { line } = start.source.locate(one.origin.from, one.origin.to);
    const isFollowUp = one.code === 'HF004' && line >= lineBefore && line <= lineBefore + 1;
    if (!isFollowUp) problems.push(one);
    lineBefore = line;
  }
  const last = problems.at(-1);
  if (!isCut || last === undefined) return problems;
  const message = `reading stopped after ${MISTAKES_MAX} mistakes: there may be more`;
  return [...problems, problem('HF010', last.origin, message, 'mend those that are listed')];
}

type Words = readonly [message: string, help: string];

const WORDS: Readonly<Partial<Record<YAMLError['code'], Words>>> = {
  TAB_AS_INDENT: ['a tab as indentation', 'indent with spaces'],
  MULTILINE_IMPLICIT_KEY: ['this is a key without its colon', 'write a colon and a space behind it'],
  BLOCK_AS_IMPLICIT_KEY: ['a second colon in one value', 'put a text in quotes, or begin a new line'],
  BAD_ALIAS: ['* and & begin aliases and anchors of YAML', 'put the text in quotes: "*"'],
  BLOCK_IN_FLOW: ['a comma is missing before this', 'write a comma between entries: { a: 1, b: 2 }'],
  BAD_SCALAR_START: ['a text cannot begin like this', 'put it in quotes'],
  BAD_INDENT: ['the indentation fits none of the lines above', 'begin the entries of one map in one column'],
};

function inOurWords(start: Origin, { code, message, pos, name }: YAMLError): Problem {
  const origin = { ...start, from: pos[0], to: Math.max(pos[1], pos[0] + 1) };
  if (name === 'YAMLWarning' || code === 'TAG_RESOLVE_FAILED') {
    return problem('HF007', origin, firstSentence(message), 'remove it: scenarios have no tags');
  }
  const line = start.source.locate(origin.from, origin.to).sourceLine ?? '';
  if (/^[^"'#]*：/.test(line)) return problem('HF004', origin, 'a full-width colon', 'write : and a space');
  const closing = /end with a ([}\]])/.exec(message)?.[1];
  if (closing !== undefined) {
    const opening = closing === '}' ? '{' : '[';
    return problem('HF004', origin, `a ${opening} above is not closed`, `close it with ${closing}`);
  }
  const quote = /closing (["'])quote/.exec(message)?.[1];
  if (quote !== undefined)
    return problem('HF004', origin, 'a text in quotes is not closed', `look above for a lone ${quote}`);
  const [ours, help] = WORDS[code] ?? [firstSentence(message), null];
  return problem('HF004', origin, ours, help);
}

function firstSentence(message: string): string {
  const line = message.split('\n')[0] ?? message;
  return line.charAt(0).toLowerCase() + line.slice(1);
}
