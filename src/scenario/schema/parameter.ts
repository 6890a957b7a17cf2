/** Types that a parameter of a catalogue preset may have, each with the schema that reads its value. */
import * as z from 'zod';
import { distribution } from './distribution.ts';
import { count, doc, duration, number, price, rate, share, size } from './quantity.ts';

export const PARAMETER_TYPES = [
  ...(['count', 'number', 'duration', 'distribution', 'rate', 'share', 'size', 'price'] as const),
  ...(['choice', 'boolean', 'requests', 'target'] as const),
] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

interface Described {
  readonly type: ParameterType;
  readonly description: string;
  readonly example: unknown;
  readonly choices: readonly string[];
}

/** Schema of a parameter's value, with its description for editors. */
export function parameterSchema({ type, description, example, choices }: Described): z.ZodType {
  const text = String(example);
  switch (type) {
    case 'count':
      return count(description, example as number, { min: 0 });
    case 'number':
      return number(description, Number(example));
    case 'duration':
      return duration(description, text);
    case 'distribution':
      return distribution(description, example);
    case 'rate':
      return rate(description, text);
    case 'share':
      return share(description, text);
    case 'size':
      return size(description, text);
    case 'price':
      return price(description, text);
    case 'choice':
      return doc(z.enum([...choices]), description, example);
    case 'boolean':
      return doc(z.boolean(), description, example);
    case 'requests':
      return doc(z.array(z.string()), description, example);
    case 'target':
      return doc(z.string(), description, example);
  }
}
