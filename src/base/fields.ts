import { once } from './once.ts';

/** How each field of an object is worked out. */
export type Fields<Whole> = { readonly [Key in keyof Whole]: () => Whole[Key] };

/** The object with all of them worked out: plain data. */
export function workedOut<Whole>(fields: Fields<Whole>): Whole {
  const entries = Object.entries<() => unknown>(fields).map(([key, make]) => [key, make()]);
  return Object.fromEntries(entries) as Whole;
}

/** The object whose fields are worked out when they are first asked for. */
export function onDemand<Whole extends object>(fields: Fields<Whole>): Whole {
  const whole = {};
  for (const [key, make] of Object.entries<() => unknown>(fields)) {
    Object.defineProperty(whole, key, { enumerable: true, get: once(make) });
  }
  return whole as Whole;
}
