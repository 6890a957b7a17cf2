/** The fields of slots, one typed array each: see state.ts. */

/** Bits of a slot's flags. */
export const Flag = {
  /** A request of its own: its end is an outcome. */
  root: 1,
  /** The client has been answered or has left; the work goes on unseen. */
  settled: 2,
  /** Belongs to a user of a closed population, who thinks and comes again. */
  closed: 4,
  /** The client left at its deadline: an answer now comes too late. */
  left: 8,
} as const;

/** Fields of a slot, by what they are for. Those of 16 bits hold what `COUNT_MAX` of the model bounds. */
export class Slots {
  readonly capacity: number;
  /** Address to go on at; `~address` while inside the instruction at that address. */
  readonly pc: Int32Array;
  /** Links: waiting list (next, previous), processor-sharing heap (left, right), free list (next). What only ever leaves
   *  a waiting list in front needs no `previous`. */
  readonly next: Int32Array;
  readonly previous: Int32Array;
  readonly classId: Int16Array;
  readonly region: Uint16Array;
  /** Source that a request comes from whose user comes again. */
  readonly source: Uint16Array;
  readonly flags: Uint8Array;
  readonly cause: Uint8Array;
  /** Window the request was due in; -1 outside the measured time. */
  readonly window: Int32Array;
  /** When the request was due, or the activation began. */
  readonly bornNs: Float64Array;
  /** When it came to the station or pool where it is now. */
  readonly cameNs: Float64Array;
  /** Processor sharing: demand, and virtual finish time. */
  readonly demandNs: Float64Array;
  readonly finish: Float64Array;
  /** Draw key. */
  readonly keyLow: Int32Array;
  readonly keyHigh: Int32Array;
  /** Draw key of the request itself, which its calls, branches and loop turns share. */
  readonly requestLow: Int32Array;
  readonly requestHigh: Int32Array;
  /** Row of the sample pool, or -1. */
  readonly row: Int32Array;
  readonly registers: Int32Array;
  readonly registersNs: Float64Array;
  /** Who waits for this activation, and that one's epoch when it began to; epochs tell a waiting parent from a reused
   *  or departed one. */
  readonly parent: Int32Array;
  readonly parentEpoch: Int32Array;
  readonly epoch: Int32Array;
  /** Two timers a slot: of its life (call or end to end) and of the queue it waits in. Index slot * 2 + kind.
   *  `timerQueue` is 1 + the length of time-out, 0 for none. */
  readonly timerNext: Int32Array;
  readonly timerPrevious: Int32Array;
  readonly timerQueue: Uint16Array;
  readonly timerNs: Float64Array;

  constructor(capacity: number, shape: SlotShape, old?: Slots) {
    this.capacity = capacity;
    const ints = (length: number, from?: Int32Array): Int32Array => copied(new Int32Array(length), from);
    const floats = (length: number, from?: Float64Array): Float64Array =>
      copied(new Float64Array(length), from);
    const timers = shape.timers ? capacity * 2 : 0;
    const family = shape.family ? capacity : 0;
    this.pc = ints(capacity, old?.pc);
    this.next = ints(capacity, old?.next);
    this.previous = ints(shape.timers || shape.sharing ? capacity : 0, old?.previous);
    this.classId = copied(new Int16Array(shape.classes ? capacity : 0), old?.classId);
    this.source = copied(new Uint16Array(shape.users ? capacity : 0), old?.source);
    this.region = copied(new Uint16Array(shape.regions ? capacity : 0), old?.region);
    this.flags = copied(new Uint8Array(capacity), old?.flags);
    this.cause = copied(new Uint8Array(capacity), old?.cause);
    this.window = ints(capacity, old?.window);
    this.bornNs = floats(capacity, old?.bornNs);
    this.cameNs = floats(shape.visits ? capacity : 0, old?.cameNs);
    this.demandNs = floats(shape.sharing ? capacity : 0, old?.demandNs);
    this.finish = floats(shape.sharing ? capacity : 0, old?.finish);
    this.keyLow = ints(capacity, old?.keyLow);
    this.keyHigh = ints(capacity, old?.keyHigh);
    this.requestLow = ints(shape.shards ? capacity : 0, old?.requestLow);
    this.requestHigh = ints(shape.shards ? capacity : 0, old?.requestHigh);
    this.row = ints(capacity, old?.row);
    this.registers = ints(capacity * shape.registers, old?.registers);
    this.registersNs = floats(capacity * shape.timeRegisters, old?.registersNs);
    this.parent = ints(family, old?.parent);
    this.parentEpoch = ints(family, old?.parentEpoch);
    this.epoch = ints(family, old?.epoch);
    this.timerNext = ints(timers, old?.timerNext);
    this.timerPrevious = ints(timers, old?.timerPrevious);
    this.timerQueue = copied(new Uint16Array(timers), old?.timerQueue);
    this.timerNs = floats(timers, old?.timerNs);
  }
}

export interface SlotShape {
  readonly registers: number;
  readonly timeRegisters: number;
  /** Whether there are several classes, delays by region, users of closed populations, any servers or pools to visit, any
   *  call, fork or send, any time-out, any processor sharing, any shard: their fields cost nothing otherwise. */
  readonly classes: boolean;
  readonly regions: boolean;
  readonly users: boolean;
  readonly visits: boolean;
  readonly family: boolean;
  readonly timers: boolean;
  readonly sharing: boolean;
  readonly shards: boolean;
}

function copied<A extends Int16Array | Int32Array | Uint8Array | Uint16Array | Float64Array>(
  target: A,
  from?: A,
): A {
  if (from !== undefined) target.set(from);
  return target;
}
