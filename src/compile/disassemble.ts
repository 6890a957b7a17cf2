import type { Model } from '../model/model.ts';
import { Op } from '../model/opcodes.ts';

const NAMES = new Map<number, string>(Object.entries(Op).map(([name, code]) => [code, name]));
/** Probabilities are thresholds of 32-bit draws. */
const FULL = 4294967296;

/** The program as text, one instruction a line, with names for numbers: `12 SERVE redis r3 !40 8600 redis.get/serve#1`. */
export function disassemble(model: Model): string {
  const starts = startNames(model);
  const { op } = model.program;
  const lines: string[] = [];
  for (let at = 0; at < op.length; at++) {
    for (const name of starts.get(at) ?? []) lines.push(`${name}:`);
    lines.push(`${String(at).padStart(4)} ${instructionText(model, at)}`.trimEnd());
  }
  return `${lines.join('\n')}\n`;
}

/** Where classes, calls, branches and background visits begin. */
function startNames(model: Model): ReadonlyMap<number, readonly string[]> {
  const names = new Map<number, string[]>();
  const add = (at: number, name: string): void => {
    names.set(at, [...(names.get(at) ?? []), name]);
  };
  for (const { start, name } of model.classes) add(start, name);
  model.calls.forEach(({ start }, index) => {
    add(start, `call ${index}`);
  });
  model.forks.forEach(({ starts }, index) => {
    starts.forEach((start, branch) => {
      add(start, `fork ${index}.${branch}`);
    });
  });
  model.backgrounds.forEach(({ start }, index) => {
    add(start, `background ${index}`);
  });
  model.program.op.forEach((op, at) => {
    if (op === Op.SEND) add(model.program.a[at]!, `send at ${at}`);
  });
  return names;
}

function instructionText(model: Model, at: number): string {
  const { program } = model;
  const [op, a, b, c, d, x] = [
    program.op[at]!,
    program.a[at]!,
    program.b[at]!,
    program.c[at]!,
    program.d[at]!,
    program.x[at]!,
  ];
  const stream = program.streams[at]! === '' ? '' : ` "${program.streams[at]!}"`;
  return `${NAMES.get(op)!}${operandsText(model, { op, a, b, c, d, x })}${stream}`;
}

interface Row {
  readonly op: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly x: number;
}

/** `r3` a register, `t1` a time register, `!40` a failure address, `>40` any other address, `@5` a time-out queue. */
function operandsText(model: Model, { op, a, b, c, d, x }: Row): string {
  switch (op) {
    case Op.SERVE:
    case Op.SHARE:
      return ` ${model.groups[a]!.name} r${b} !${c} table ${d} ${x}ns`;
    case Op.DELAY:
      return ` ${model.stations[a]!.name} table ${d} ${x}ns`;
    case Op.PAUSE:
      return ` ${model.stations[a]!.name} ${x}ns`;
    case Op.TRAVEL:
      return ` ${model.stations[a]!.name} [${model.regionDelaysNs[b]!.join(', ')}]ns`;
    case Op.ACQUIRE:
      return ` ${model.groups[a]!.name} r${b} !${c}${d < 0 ? '' : ` @${d}`}`;
    case Op.RELEASE:
      return ` ${model.groups[a]!.name} r${b}`;
    case Op.PICK:
    case Op.DROP:
      return ` ${model.balancers[a]!.name} r${b} by r${c}`;
    case Op.CALLER:
      return ` r${b} = r${a} * ${d} + one of ${d}`;
    case Op.SHARD:
      return ` ${model.balancers[a]!.name} r${b}`;
    case Op.PAIR:
      return ` r${b} = r${c} * ${d} + r${a}`;
    case Op.FOLD:
      return ` r${b} = r${a} mod ${d}`;
    case Op.LIMIT:
      return ` ${model.limiters[a]!.name} r${b} !${c}`;
    case Op.CHANCE:
      return ` ${x / FULL} >${a}`;
    case Op.FAIL:
      return ` ${x / FULL} !${c}`;
    default:
      return controlText(model, { op, a, b, c, d, x });
  }
}

function controlText(model: Model, { op, a, b, c, d }: Row): string {
  switch (op) {
    case Op.JUMP:
    case Op.FORGIVE:
      return ` >${a}`;
    case Op.LOOP:
    case Op.BREAK:
      return ` r${b} level ${c}`;
    case Op.NEXT:
      return ` r${b} < ${d} level ${c} >${a}`;
    case Op.CALL:
      return ` ${model.calls[a]!.name} (call ${a}) r${b}`;
    case Op.RESULT:
      return ` call ${a} r${b} !${c} again >${d}`;
    case Op.FORK:
      return ` fork ${a} ${model.forks[a]!.join} r${b}`;
    case Op.JOINED:
      return ` fork ${a} !${c}`;
    case Op.SEND:
      return ` >${a} salt ${b}`;
    case Op.ENTER:
    case Op.LEAVE:
    case Op.SPOILT:
      return ` ${model.operations[a]!.name} t${b}`;
    case Op.ECHO:
      return ` background ${a} x ${model.backgrounds[a]!.ratio}`;
    default:
      return '';
  }
}
