/** Functions written out again do what they did: the same results, and the same effects in the same order. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Library } from '../../../src/run/specialise/factories.ts';
import { written, writeOut } from '../../../src/run/specialise/written.ts';
import type { Rules } from '../../../src/run/specialise/calls.ts';

interface Outside {
  readonly log: number[];
  readonly memory: Int32Array;
  readonly program: Int32Array;
}

/** A factory as the kernel's are. */
function makeMachine(outside: Outside, isOn: boolean) {
  const { log, memory, program } = outside;
  const STEP = 3;

  function note(value: number): number {
    log.push(value);
    return value;
  }

  function bump(at: number): number {
    memory[at] = memory[at]! + 1;
    return memory[at];
  }

  function early(value: number): number {
    if (value > 5) return note(value);
    if (value < 0) {
      note(-1);
      return bump(0);
    }
    return value * STEP;
  }

  function isOdd(value: number): boolean {
    if (value < 0) return false;
    note(100);
    return (value & 1) === 1;
  }

  function never(value: number): number {
    const square = (x: number): number => x * x; // is not carried over
    return square(note(value));
  }

  /** Operands are evaluated from left to right, whatever has to be written before them. */
  function order(value: number): number {
    return memory[0]! + early(value) * bump(0) + memory[0]! - note(memory[1]!);
  }

  function conditions(value: number): number {
    let sum = 0;
    if (isOdd(value)) sum += 1;
    else sum += 10;
    if (!isOdd(value)) note(sum);
    if (isOn && value > 2) sum += bump(1);
    const chosen = value > 3 ? note(1) : note(2);
    return sum + chosen + never(value);
  }

  function loops(count: number): number {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      if (i === 2) continue;
      if (i === 7) break;
      const value = early(i);
      sum += value;
    }
    while (sum > 50) sum -= 7;
    return sum;
  }

  /** Runs the program on memory[0]: 1 doubles, 2 jumps back while it is small, 3 goes where memory says, 0 ends. */
  function run(times: number, pc: number): number {
    for (;;) {
      switch (program[pc]) {
        case 1:
          memory[0] = (memory[0]! * times) | 0;
          pc++;
          continue;
        case 2:
          if (memory[0]! < 1000) {
            memory[0] = memory[0]! + 7;
            pc = 0;
          } else {
            note(pc);
            pc++;
          }
          continue;
        case 3:
          pc = memory[pc]!;
          continue;
        default:
          return memory[0]!;
      }
    }
  }

  function start(value: number, pc: number): number {
    memory[0] = value + 10;
    const result = run(2, pc);
    return result + note(3);
  }

  /** As `run`, but a turn leaves something to the next. */
  function count(value: number, pc: number): number {
    let turns = 0;
    for (;;) {
      if (pc === 3) return turns * value;
      turns++;
      pc++;
    }
  }

  function counted(value: number, pc: number): number {
    const result = count(value, pc & 3);
    return note(result);
  }

  return { order, conditions, loops, start, counted };
}

type Functions = ReturnType<typeof makeMachine>;

const PROGRAM = [1, 2, 3, 1, 0, 1, 1, 0];

function outside(): Outside {
  return {
    log: [],
    memory: Int32Array.of(2, 4, 5, 0, 0, 0, 0, 0),
    program: Int32Array.from(PROGRAM),
  };
}

function writtenOut(name: keyof Functions, around: Outside, isOn: boolean): Functions[keyof Functions] {
  const library = new Library();
  const functions = library.take(makeMachine)(around, isOn);
  return written(functions[name], rulesOf(library, around));
}

function rulesOf(library: Library, { program }: Outside): Rules {
  return {
    library,
    constants: new Set([program]),
    asTheyAre: new Set(['bump']),
    byCase: new Map([
      ['run', { parameter: 'pc', values: [0, 5], turns: true }],
      ['count', { parameter: 'pc', values: [0, 1, 2, 3], turns: true }],
    ]),
  };
}

const calls = fc.array(fc.tuple(fc.integer({ min: -9, max: 12 }), fc.integer({ min: 0, max: 7 })), {
  minLength: 1,
  maxLength: 20,
});

describe.each([true, false])('with the factory given %s', (isOn) => {
  test.each(['order', 'conditions', 'loops', 'start', 'counted'] as const)('%s', (name) => {
    fc.assert(
      fc.property(calls, (list) => {
        const [here, there] = [outside(), outside()];
        const asItIs = makeMachine(here, isOn)[name];
        const again = writtenOut(name, there, isOn);
        expect(list.map(([value, pc]) => again(value, pc))).toEqual(
          list.map(([value, pc]) => asItIs(value, pc)),
        );
        expect(there.log).toEqual(here.log);
        expect(there.memory).toEqual(here.memory);
      }),
      { numRuns: 40 },
    );
  });
});

function textOf(name: keyof Functions): string {
  const around = outside();
  const library = new Library();
  return writeOut(library.take(makeMachine)(around, true)[name], rulesOf(library, around)).text;
}

test('what is known is put in, and what it decides is left out', () => {
  expect(textOf('order')).not.toContain('STEP');
  expect(textOf('order')).not.toMatch(/early\$\d+\(/);
  expect(textOf('conditions')).not.toContain('isOn');
});

test('a function that cannot be carried over is called as it is', () => {
  expect(textOf('conditions')).toMatch(/never\$\d+\(value\)/);
});

test('a loop over a program becomes the program', () => {
  const text = textOf('start');
  expect(text.match(/^function run\$/gm)).toHaveLength(2);
  expect(text).not.toContain('program');
  expect(textOf('counted')).not.toMatch(/^function count\$/m);
});
