/** Small numbers that the run loop tells things apart by. */
import type { Balancer } from '../model/model.ts';

/** The program has one instruction more: where a user of a closed population begins after thinking. */
export const BEGIN_USER = 100;

/**
 * Why the interpreter came back: budget used up, everything ended, more slots or room for events are needed, or a window
 * ended behind which time may be left out. Within it, `more`: the next event.
 */
export const Return = { budget: 0, ended: 1, slots: 2, events: 3, pause: 4, more: 5 } as const;

/** Which of a slot's two timers: of its life (a call's or the request's deadline) or of the queue it waits in. */
export const TimerKind = { life: 0, queue: 1 } as const;

/** Balancing policies, so that the choice is a switch on a small integer. */
export const Policy = {
  random: 0,
  'weighted-random': 1,
  'round-robin': 2,
  'weighted-round-robin': 3,
  'least-connections': 4,
  'power-of-d': 5,
  'caller-hash': 6,
  'key-hash': 7,
} as const satisfies Record<Balancer['policy'], number>;

/** Slots that must be free before an event is taken: what arrivals, timers and users take by themselves. */
export const SLOT_RESERVE = 64;
