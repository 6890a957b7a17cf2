/** Values far from what the catalogue holds plausible: allowed, but worth a look before the night. */
import type { Parameter } from '../../scenario/catalogue.ts';
import { problem, type PlacedProblem } from '../../scenario/problem.ts';
import { parameterSchema } from '../../scenario/schema/parameter.ts';
import { flowText, toPlain, type Tree } from '../../scenario/tree.ts';

export function checkRange(layer: string, parameter: Parameter, value: Tree, read: unknown): PlacedProblem[] {
  const size = sizeOf(read);
  const [from, to] = (parameter.range ?? []).map((end) =>
    sizeOf(parameterSchema(parameter).safeParse(toPlain(end)).data),
  );
  if (size === null || typeof from !== 'number' || typeof to !== 'number') return [];
  if (size >= from && size <= to) return [];
  const [low, high] = (parameter.range ?? []).map((end) => flowText(toPlain(end)));
  const message = `${parameter.name} is outside the plausible range ${low ?? ''} to ${high ?? ''}`;
  const help = `${parameter.description}; if it was measured, say so: { value, source, confidence: measured }`;
  if (value.note?.confidence === 'measured') return [];
  return [
    { path: ['stations', layer, parameter.name], problem: problem('HF204', value.origin, message, help) },
  ];
}

/** The number, or the mean of a distribution that has one. */
function sizeOf(read: unknown): number | null {
  if (typeof read === 'number') return read;
  if (typeof read !== 'object' || read === null) return null;
  const { meanNs, amount } = read as { meanNs?: unknown; amount?: unknown };
  if (typeof meanNs === 'number') return meanNs;
  return typeof amount === 'number' ? amount : null;
}
