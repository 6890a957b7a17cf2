/** What kernel factories use of other modules, which they cannot import: see kernel/kernel.ts. */
import { WINDOW_SUB_BITS, SUB_BITS } from '../measure/histogram.ts';
import { Cause, Op } from '../model/opcodes.ts';
import { backoffNs } from '../model/policies/backoff.ts';
import { CELL_BITS, TABLE_LENGTH } from '../random/quantile-table.ts';
import { childHi, childLo, hash32, hashInt32 } from '../random/streams.ts';
import { BINS, WINDOW_BINS } from './banks.ts';
import { BEGIN_USER, Policy, Return, SLOT_RESERVE, TimerKind } from './codes.ts';
import { turnWord } from './draws.ts';
import { BLOCK } from './open-arrivals.ts';
import { Part, PARTS, SAMPLES_MAX } from './samples.ts';
import { Flag } from './slot-fields.ts';
import {
  CALL_STRIDE,
  CallSum,
  CLASS_STRIDE,
  ClassSum,
  Column,
  GROUP_STRIDE,
  TOTAL_STRIDE,
  SERIES_STRIDE,
  Sum,
} from './state.ts';

export const KIT = {
  ...{ Op, Cause, BEGIN_USER, Return, SLOT_RESERVE, TimerKind, Policy, Flag },
  ...{
    GROUP_STRIDE,
    Sum,
    TOTAL_STRIDE,
    SERIES_STRIDE,
    Column,
    CLASS_STRIDE,
    ClassSum,
    CALL_STRIDE,
    CallSum,
  },
  ...{
    BINS,
    SUB_BITS,
    WINDOW_BINS,
    WINDOW_SUB_BITS,
    CELL_BITS,
    TABLE_LENGTH,
    BLOCK,
    Part,
    PARTS,
    SAMPLES_MAX,
  },
  ...{ hash32, hashInt32, childLo, childHi, turnWord, backoffNs },
} as const;

export type Kit = typeof KIT;
