import { present } from '../base/present.ts';
import { responseOf } from './anatomy.ts';
import type { Context } from './context.ts';
import type { AnatomyPart, ExampleFinding } from './findings.ts';
import { partsOfRow } from './anatomy.ts';

/** Classes that single requests are shown of: the result stays small whatever the scenario. */
const CLASSES_MAX = 24;
const RANKS = { p50: 0.5, p99: 0.99, slowest: 1 } as const;
const LAYERS_MAX = 40;

/** Of each class with samples, single requests from the middle to the end. */
export function findExamples({
  model,
  measurements,
}: Pick<Context, 'model' | 'measurements'>): ExampleFinding[] {
  return model.classes.slice(0, CLASSES_MAX).flatMap(({ name }, index): ExampleFinding[] => {
    const rows = [...(measurements.samples[index]?.rows ?? [])];
    if (rows.length === 0) return [];
    rows.sort((a, b) => responseOf(a) - responseOf(b));
    return (['p50', 'p99', 'slowest'] as const).map((of) => {
      const row = present(rows[Math.max(0, Math.ceil(rows.length * RANKS[of]) - 1)]);
      return {
        request: name,
        of,
        responseNs: responseOf(row),
        parts: longest(partsOfRow(row, model.layers)),
      };
    });
  });
}

/** The layers that took longest, in path order. */
function longest(parts: readonly AnatomyPart[]): AnatomyPart[] {
  const took = parts.filter((part) => lengthOf(part) > 0);
  if (took.length <= LAYERS_MAX) return took;
  const shortest = took.map(lengthOf).sort((a, b) => b - a)[LAYERS_MAX - 1] ?? 0;
  return took.filter((part) => lengthOf(part) >= shortest).slice(0, LAYERS_MAX);
}

function lengthOf({ waitNs, serviceNs, delayNs, retryNs }: AnatomyPart): number {
  return waitNs + serviceNs + delayNs + retryNs;
}
