import { compiled } from '../compiled.ts';
import type { Rules } from './calls.ts';
import { CaseWriter } from './cases.ts';
import { code } from './values.ts';
import { Writer } from './writer.ts';

/** The text of a function that takes objects by name, and returns the function asked for. */
export interface Text {
  readonly text: string;
  readonly objects: Readonly<Record<string, unknown>>;
  /** Cases that are left to the function as it is, and why. */
  readonly withoutCopy: readonly string[];
}

/**
 * Writes out a function of the library.
 *
 * @throws {Unsupported} when it holds, outside of functions it calls, what cannot be carried over.
 */
export function writeOut(target: unknown, rules: Rules): Text {
  const readable = rules.library.find(target);
  if (readable === undefined) throw new RangeError('the function is not in the library');
  const writer = new Writer();
  const cases = new CaseWriter(writer, rules);
  const { name, parameters } = readable;
  const lines = writer.apart(() => {
    cases.writeFunction(
      readable,
      parameters.map((parameter) => code(parameter, true)),
    );
  });
  const body = lines.join('\n');
  const names = [...writer.objects.values()];
  // What a loop reads must be at hand before it begins: see kernel/kernel.ts.
  const atHand = names.filter((each) => body.includes(each));
  const text = `function (objects) {
const { ${names.join(', ')} } = objects;
${cases.copies.join('\n')}
${atHand.map((each) => `const ${each}_ = ${each};`).join('\n')}
return function ${name}(${parameters.join(', ')}) {
${atHand.map((each) => `const ${each} = ${each}_;`).join('\n')}
${body}
};
}`;
  const objects = Object.fromEntries([...writer.objects].map(([object, each]) => [each, object]));
  return { text, objects, withoutCopy: cases.withoutCopy };
}

/** The same, compiled. */
export function written<F>(target: F, rules: Rules): F {
  const { text, objects } = writeOut(target, rules);
  return (compiled(text) as (objects: Text['objects']) => F)(objects);
}
