/** The parts of a run in one place: the model's program as typed arrays, its draw keys, and all mutable state. */
import type { Model } from '../model/model.ts';
import { Op } from '../model/opcodes.ts';
import { Arrivals } from './arrivals.ts';
import { Balancing } from './balancing.ts';
import { streamKeys, type StreamKeys } from './draws.ts';
import { Limiting } from './limiting.ts';
import { RetryBudgets } from './retrying.ts';
import { Samples } from './samples.ts';
import { Sharing } from './sharing.ts';
import { specialIds, type SpecialIds } from './special.ts';
import type { SlotShape } from './slot-fields.ts';
import { State } from './state.ts';
import { Timers } from './timers.ts';

/** The program with one instruction more: where a user of a closed population begins after thinking. */
export const BEGIN_USER = 100;

export class Machine {
  readonly model: Model;
  readonly op: Int32Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly c: Int32Array;
  readonly d: Int32Array;
  readonly x: Float64Array;
  readonly beginUser: number;
  readonly keys: StreamKeys;
  readonly tables: Float64Array;
  readonly registerCount: number;
  readonly timeRegisterCount: number;
  readonly special: SpecialIds;
  readonly state: State;
  readonly sharing: Sharing;
  readonly timers: Timers;
  readonly balancing: Balancing;
  readonly limiting: Limiting;
  readonly budgets: RetryBudgets;
  readonly arrivals: Arrivals;
  readonly samples: Samples;
  readonly callKeys: StreamKeys;
  readonly thinkKeys: StreamKeys;
  /** Activations each fork starts at once. */
  readonly forkWidths: readonly number[];
  readonly classPriority: Int32Array;
  readonly classStart: Int32Array;
  readonly classTimeout: Int32Array;
  /** Layer of each station: cost centre → column of a sample row. */
  readonly layerOfStation: Int32Array;
  readonly layerOfGroup: Int32Array;
  /** [0] Time of the event being handled; functions read it here because a double passed as argument is boxed. */
  readonly now = new Float64Array(1);
  /** [0] Last drawn duration in ns. */
  readonly drawn = new Float64Array(1);

  constructor(model: Model, capacity: number) {
    const { program } = model;
    this.model = model;
    this.beginUser = program.op.length;
    this.op = Int32Array.from([...program.op, BEGIN_USER]);
    this.a = Int32Array.from([...program.a, 0]);
    this.b = Int32Array.from([...program.b, 0]);
    this.c = Int32Array.from([...program.c, 0]);
    this.d = Int32Array.from([...program.d, 0]);
    this.x = Float64Array.from([...program.x, 0]);
    this.keys = streamKeys(model.seed, [...program.streams, '']);
    this.tables = model.tables;
    this.registerCount = Math.max(1, program.registerCount);
    this.timeRegisterCount = program.timeRegisterCount;
    this.state = new State(model, slotShape(model), capacity);
    this.special = specialIds(model, this.state.instanceCount);
    this.sharing = new Sharing(model, this.state);
    this.timers = new Timers(model.timeoutsNs, this.special);
    this.balancing = new Balancing(model);
    this.limiting = new Limiting(model, this.state.windows.length);
    this.budgets = new RetryBudgets(model);
    this.arrivals = new Arrivals(model);
    this.samples = new Samples(model);
    this.callKeys = streamKeys(
      model.seed,
      model.calls.map((call) => call.stream),
    );
    this.thinkKeys = streamKeys(
      model.seed,
      model.sources.map((source) => `${source.name}/think`),
    );
    this.forkWidths = model.forks.map((fork) => fork.counts.reduce((sum, copies) => sum + copies, 0));
    this.classPriority = Int32Array.from(model.classes, (requestClass) => requestClass.priority);
    this.classStart = Int32Array.from(model.classes, (requestClass) => requestClass.start);
    this.classTimeout = Int32Array.from(model.classes, (requestClass) => requestClass.timeout);
    this.layerOfStation = Int32Array.from(model.stations, (station) => model.layers.indexOf(station.layer));
    this.layerOfGroup = Int32Array.from(model.groups, (group) => this.layerOfStation[group.station]!);
  }
}

export function slotShape(model: Model): SlotShape {
  const ops = new Set(model.program.op);
  return {
    registers: Math.max(1, model.program.registerCount),
    timeRegisters: model.program.timeRegisterCount,
    family: [Op.CALL, Op.FORK, Op.SEND, Op.ECHO, Op.REPLY].some((code) => ops.has(code)),
    timers: model.timeoutsNs.length > 0,
    sharing: model.groups.some((group) => group.discipline === 'ps'),
    shards: ops.has(Op.SHARD),
  };
}
