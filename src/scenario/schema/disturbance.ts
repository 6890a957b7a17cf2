/** Disturbances: what goes wrong on purpose, and when. */
import * as z from 'zod';
import type { Disturbance } from '../types.ts';
import { id, name } from './name.ts';
import { duration, refuse, share, strict } from './quantity.ts';

const shape = strict({
  id: id('Name of the disturbance in reports.', 'db-dip'),
  at: duration('When it begins, counted from the start of the measured time.', '20s'),
  lasts: duration('How long it lasts.', '2s', { above: 0 }),
  station: name('Station it is about.', 'db').optional(),
  layer: name('Layer it is about: every station in it that has servers.', 'storage').optional(),
  capacity: share('What is left of the speed of its servers; at 0% they stand still.', '20%'),
});

export const disturbance = shape.transform((read, context): Disturbance => {
  const { id: name, at, lasts, station, layer, capacity } = read;
  if ((station === undefined) === (layer === undefined)) {
    refuse(context, read, {
      code: 'HF203',
      message: `disturbance ${name} is about ${station === undefined ? 'nothing' : 'a station and a layer'}`,
      help: 'write either station: or layer:',
    });
    return z.NEVER;
  }
  const target =
    station === undefined
      ? ({ kind: 'layer', name: layer ?? '' } as const)
      : ({ kind: 'station', name: station } as const);
  return { id: name, atNs: at, lastsNs: lasts, target, capacityRatio: capacity };
});
