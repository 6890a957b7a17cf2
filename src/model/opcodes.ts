/**
 * What a request does, as a flat list of integer instructions (`Program`). The interpreter in
 * `run/kernel/interpreter.ts` is the only reader; `compile/` is the only writer.
 *
 * Each instruction has four integer operands `a b c d` and one number `x`. Registers are small integers that
 * belong to one activation (a request, or one call, branch or send that lives on its own). Register 0 is always 0,
 * so "replica of a station with one replica" needs no special case.
 *
 * A failing instruction jumps to its failure address, where the compiler has put the releases of everything the
 * activation holds at that point; so unwinding is ordinary code and nothing is ever leaked.
 */
export const Op = {
  /** Ends the activation. Cause 0 is success, else the cause register of the activation. */
  END: 0,
  /** Visits a FCFS, LIFO or priority server group: wait, hold a server for a drawn time, free it.
   *  a = group, b = register of the replica, c = failure address, d = quantile table, x = mean ns. */
  SERVE: 1,
  /** Work on a processor-sharing group. Operands as SERVE; x = mean demand in ns of one undisturbed core. */
  SHARE: 2,
  /** Time that passes without holding a server. a = cost centre, d = quantile table, x = mean ns. */
  DELAY: 3,
  /** As DELAY with a fixed time and no draw. a = cost centre, x = ns. */
  PAUSE: 4,
  /** Takes a token of a group and keeps it. a = group, b = register of the instance, c = failure address,
   *  d = time-out queue or -1. */
  ACQUIRE: 5,
  /** Gives the token back. a = group, b = register of the instance. */
  RELEASE: 6,
  /** Chooses a replica. a = balancer, b = register to set, c = register of the caller's replica (0 where one balancer
   *  sees all connections and does not ask who calls). */
  PICK: 7,
  /** Ends the connection that PICK opened. Operands as PICK. */
  DROP: 8,
  /** Instance of a per-caller pool: register b = register c × d + register a. */
  PAIR: 9,
  /** Asks a limiter for one token. a = limiter, b = register of its instance, c = address when shed. */
  LIMIT: 10,
  /** Goes on with probability x / 2^32, else jumps to a. */
  CHANCE: 11,
  /** Jumps to a. */
  JUMP: 12,
  /** Starts a loop: register b = 0. c = nesting level of the loop, for draw keys. */
  LOOP: 14,
  /** Next turn: register b += 1; jumps to a while it is below d. c = nesting level. */
  NEXT: 15,
  /** Leaves a loop early (geometric counts), restoring the draw key. b = register, c = level. */
  BREAK: 16,
  /** Starts the call of a site as an activation of its own and waits for it. a = call site, b = register that
   *  counts attempts. Sets the cause of this activation when it resumes. */
  CALL: 17,
  /** After CALL: success goes on; a failure that may be retried waits its back-off and jumps to d (the CALL);
   *  any other failure jumps to c. a = call site, b = register of attempts. */
  RESULT: 18,
  /** Starts the branches of a fork as activations of their own and waits. a = fork, b = register of the number
   *  still running. */
  FORK: 19,
  /** After FORK: jumps to c when the join failed. */
  JOINED: 20,
  /** Starts an activation nobody waits for. a = its first address, b = salt of its draw key. */
  SEND: 21,
  /** Answers whoever waits for this activation; it goes on by itself. */
  REPLY: 22,
  /** Remembers the time in time register b. a = operation. */
  ENTER: 23,
  /** Records the operation's sojourn since ENTER; nothing when it was left before, at a reply. a = operation,
   *  b = time register. */
  LEAVE: 24,
  /** Counts a failed operation; nothing when it was left before. Operands as LEAVE. */
  SPOILT: 25,
  /** Fails with probability x / 2^32: sets cause `failed` and jumps to c. */
  FAIL: 26,
  /** Forgets the failure and jumps to a: the caller declared that it goes on. */
  FORGIVE: 27,
  /** Travels between regions: fixed ns by the request's region, a = cost centre, b = row of `regionDelaysNs`. */
  TRAVEL: 28,
  /** Sliced runs: starts the background visits that go with this visit to a leaf. a = background. */
  ECHO: 29,
  /** Sliced runs: a shard's kept image. Register b = register a mod d. */
  FOLD: 30,
  /** Chooses the replica (shard) that the request's own key belongs to, whoever asks and however often. a = balancer,
   *  b = register to set. */
  SHARD: 31,
  /** Sliced runs: one of the d callers that a kept one stands for, each a balancer of its own.
   *  Register b = register a × d + a draw below d. */
  CALLER: 32,
} as const;

/** Why something did not succeed. Separate counters, never one "failed". */
export const Cause = {
  none: 0,
  /** A limiter said no. */
  shed: 1,
  /** The waiting room was full. */
  rejected: 2,
  /** Left the queue of a pool when its acquire time-out fired. */
  abandoned: 3,
  /** A call's or the request's own deadline passed. */
  timedOut: 4,
  /** The work itself failed (`fail:`). */
  failed: 5,
} as const;

export const CAUSE_NAMES = ['none', 'shed', 'rejected', 'abandoned', 'timedOut', 'failed'] as const;
export const CAUSE_COUNT = CAUSE_NAMES.length;
