/**
 * An abstract interpreter: walks every way through a program, failures included, and keeps what the activation holds.
 * It knows the instructions only from the documentation of model/opcodes.ts.
 */
import { Op } from '../../src/model/opcodes.ts';
import { UNLIMITED, type Model } from '../../src/model/model.ts';

interface State {
  readonly at: number;
  /** Tokens and connections in hand, and loops entered: outermost first. */
  readonly held: readonly string[];
  /** Operations entered that have neither been left nor spoilt. */
  readonly open: readonly number[];
  /** Operations left at a reply whose steps go on. */
  readonly answered: readonly number[];
  /** Number of values each register can have (replicas it may name); -1 for counters. */
  readonly registers: ReadonlyMap<number, number>;
}

export interface WalkReport {
  readonly mistakes: readonly string[];
  /** Addresses reached. */
  readonly reached: ReadonlySet<number>;
  readonly ends: number;
}

const COUNTER = -1;

/** Walks from every start; anything wrong is a line of `mistakes`. */
export function walkProgram(model: Model): WalkReport {
  const walk = new Walker(model);
  for (const { start } of model.classes) walk.begin(start, new Map([[0, 1]]));
  walk.run();
  return walk;
}

class Walker implements WalkReport {
  readonly mistakes: string[] = [];
  readonly reached = new Set<number>();
  ends = 0;
  readonly #model: Model;
  readonly #todo: State[] = [];
  readonly #seen = new Set<string>();
  readonly #heldAt = new Map<number, string>();

  constructor(model: Model) {
    this.#model = model;
  }

  begin(at: number, registers: ReadonlyMap<number, number>): void {
    this.#go({ at, held: [], open: [], answered: [], registers });
  }

  run(): void {
    for (let state = this.#todo.pop(); state !== undefined; state = this.#todo.pop()) this.#step(state);
  }

  #go(state: State): void {
    const operations = [
      ...state.open.map((operation) => `operation:${operation}`),
      ...state.answered.map((operation) => `answered:${operation}`),
    ];
    const held = [...state.held, ...operations].join(' ');
    const registers = [...state.registers].sort(([x], [y]) => x - y);
    const key = `${state.at} ${held} ${registers.join(';')}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const known = this.#heldAt.get(state.at);
    if (known !== undefined && known !== held)
      this.#mistake(state, `reached holding [${known}] and [${held}]`);
    this.#heldAt.set(state.at, held);
    this.#todo.push(state);
  }

  #mistake({ at }: State, what: string): void {
    this.mistakes.push(`${at}: ${what}`);
  }

  #step(state: State): void {
    const { program } = this.#model;
    const { at } = state;
    this.reached.add(at);
    const [op, a, b, c, d] = [
      program.op[at]!,
      program.a[at]!,
      program.b[at]!,
      program.c[at]!,
      program.d[at]!,
    ];
    const next = { ...state, at: at + 1 };
    const fails = { ...state, at: c };
    const jumps = { ...state, at: a };
    switch (op) {
      case Op.END:
        this.ends++;
        if (state.held.length > 0) this.#mistake(state, `ends holding ${state.held.join(' ')}`);
        if (state.open.length > 0 || state.answered.length > 0)
          this.#mistake(state, `ends inside operations ${state.open.join()}`);
        return;
      case Op.SERVE:
      case Op.SHARE:
        this.#names(state, b, this.#model.groups[a]!.instanceCount);
        this.#go(fails);
        this.#go(next);
        return;
      case Op.ACQUIRE:
        this.#names(state, b, this.#model.groups[a]!.instanceCount);
        this.#go(fails);
        this.#go(take(next, `token:${a}:r${b}`));
        return;
      case Op.RELEASE:
        this.#give(next, `token:${a}:r${b}`);
        return;
      case Op.PICK: {
        const { callerCount, targetCount, policy } = this.#model.balancers[a]!;
        this.#names(state, c, callerCount);
        const picked = this.#set(next, b, targetCount);
        const counts = policy === 'least-connections' || policy === 'power-of-d';
        this.#go(counts ? take(picked, `connection:${a}:r${b}:r${c}`) : picked);
        return;
      }
      case Op.SHARD: {
        const { targetCount, policy } = this.#model.balancers[a]!;
        if (policy !== 'key-hash') this.#mistake(state, `asks ${policy} for a shard`);
        this.#go(this.#set(next, b, targetCount));
        return;
      }
      case Op.CALLER:
        this.#go(this.#set(next, b, (state.registers.get(a) ?? 0) * d));
        return;
      case Op.DROP:
        this.#give(next, `connection:${a}:r${b}:r${c}`);
        return;
      case Op.PAIR: {
        this.#names(state, a, d);
        this.#go(this.#set(next, b, (state.registers.get(c) ?? 0) * d));
        return;
      }
      case Op.FOLD: {
        const values = state.registers.get(a) ?? 0;
        if (values % d !== 0) this.#mistake(state, `folds one of ${values} onto ${d}: uneven`);
        this.#go(this.#set(next, b, d));
        return;
      }
      case Op.LIMIT:
        this.#names(state, b, this.#model.limiters[a]!.instanceCount);
        this.#go(fails);
        this.#go(next);
        return;
      case Op.CHANCE:
        this.#go(jumps);
        this.#go(next);
        return;
      case Op.FAIL:
        this.#go(fails);
        this.#go(next);
        return;
      case Op.JUMP:
      case Op.FORGIVE:
        this.#go(jumps);
        return;
      default:
        this.#control(state, { op, a, b, c, d });
    }
  }

  #control(state: State, { op, a, b, c, d }: Record<'op' | 'a' | 'b' | 'c' | 'd', number>): void {
    const next = { ...state, at: state.at + 1 };
    const fails = { ...state, at: c };
    switch (op) {
      case Op.LOOP:
        this.#go(take(this.#set(next, b, COUNTER), `loop:r${b}:${c}`));
        return;
      case Op.NEXT:
        this.#go({ ...state, at: a });
        if (d !== UNLIMITED) this.#give(next, `loop:r${b}:${c}`);
        return;
      case Op.BREAK:
        this.#give(next, `loop:r${b}:${c}`);
        return;
      case Op.CALL: {
        const { start, callerRegister, budget } = this.#model.calls[a]!;
        if (budget >= 0) this.#names(state, callerRegister, this.#model.retryBudgets[budget]!.callerCount);
        const called = this.#set(next, b, COUNTER);
        this.begin(start, called.registers);
        if (this.#model.program.op[state.at + 1] !== Op.RESULT)
          this.#mistake(state, 'a CALL without its RESULT');
        this.#go(called);
        return;
      }
      case Op.RESULT:
        if (this.#model.program.op[d] !== Op.CALL) this.#mistake(state, 'repeats something that is no CALL');
        this.#go(fails);
        this.#go({ ...state, at: d });
        this.#go(next);
        return;
      case Op.FORK: {
        const forked = this.#set(next, b, COUNTER);
        for (const start of this.#model.forks[a]!.starts) this.begin(start, forked.registers);
        this.#go(forked);
        return;
      }
      case Op.JOINED:
        this.#go(fails);
        this.#go(next);
        return;
      case Op.SEND:
        this.begin(a, state.registers);
        this.#go(next);
        return;
      case Op.ECHO:
        this.begin(this.#model.backgrounds[a]!.start, state.registers);
        this.#go(next);
        return;
      case Op.ENTER:
        this.#go({ ...next, open: [...state.open, a] });
        return;
      case Op.LEAVE:
        this.#leave(state, next, a);
        return;
      case Op.SPOILT:
        if (!state.open.includes(a) && !state.answered.includes(a))
          this.#mistake(state, `spoils ${a} outside`);
        this.#go({ ...next, open: without(state.open, a), answered: without(state.answered, a) });
        return;
      default: // DELAY, PAUSE, TRAVEL, REPLY: only time passes
        this.#go(next);
    }
  }

  /** At a reply, or at the end; at the end it may have been left at a reply before. */
  #leave(state: State, next: State, operation: number): void {
    const isReply = this.#model.program.op[next.at] === Op.REPLY;
    const { open, answered } = state;
    if (!answered.includes(operation) && open.at(-1) !== operation)
      this.#mistake(state, `leaves operation ${operation}, is in ${open.join()}`);
    this.#go({
      ...next,
      open: without(open, operation),
      answered: [...without(answered, operation), ...(isReply ? [operation] : [])],
    });
  }

  /** A register that names one of `count` replicas must have been set to one of so many. */
  #names(state: State, register: number, count: number): void {
    const values = state.registers.get(register);
    if (values !== count)
      this.#mistake(state, `r${register} names one of ${String(values)}, not of ${count}`);
  }

  #set(state: State, register: number, values: number): State {
    if (register === 0) this.#mistake(state, 'register 0 is always 0');
    const used = state.held.some((held) => held.split(':').includes(`r${register}`));
    if (used) this.#mistake(state, `r${register} is set while ${state.held.join(' ')} need it`);
    return { ...state, registers: new Map([...state.registers]).set(register, values) };
  }

  #give(state: State, what: string): void {
    const innermost = state.held.at(-1);
    if (innermost !== what) this.#mistake(state, `gives back ${what}, holds ${String(innermost)}`);
    this.#go({ ...state, held: state.held.slice(0, -1) });
  }
}

function take(state: State, what: string): State {
  return { ...state, held: [...state.held, what] };
}

function without(operations: readonly number[], operation: number): number[] {
  return operations.filter((each) => each !== operation);
}
