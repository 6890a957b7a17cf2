import { cell, pinned } from '../base/pinned.ts';
import type { CallSite, Model } from '../model/model.ts';
import { Op } from '../model/opcodes.ts';
import { Arrivals } from './arrivals.ts';
import { Balancers } from './balancers.ts';
import { BEGIN_USER } from './codes.ts';
import { Speeds } from './speeds.ts';
import { streamKeys, type StreamKeys } from './draws.ts';
import { RetryBudgets } from './retry-budgets.ts';
import { Samples } from './samples.ts';
import { ScenarioTime } from './sampling/scenario-time.ts';
import { SharedCores } from './shared-cores.ts';
import { specialIds, type SpecialIds } from './special.ts';
import type { SlotShape } from './slot-fields.ts';
import { State } from './state.ts';
import { Timeouts } from './timeouts.ts';
import { TokenBuckets } from './token-buckets.ts';

/** Call sites by field, as the run loop reads them. */
export interface CallSites {
  readonly start: Int32Array;
  readonly salt: Int32Array;
  readonly timeout: Int32Array;
  readonly budget: Int32Array;
  readonly callerRegister: Int32Array;
  readonly attempts: Int32Array;
  readonly station: Int32Array;
}

/** The data of a run in one place: the model's program as typed arrays, its draw keys, and all mutable state. */
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
  readonly cores: SharedCores;
  readonly speeds: Speeds;
  readonly timeouts: Timeouts;
  readonly balancers: Balancers;
  readonly buckets: TokenBuckets;
  readonly budgets: RetryBudgets;
  readonly scenarioTime: ScenarioTime;
  readonly arrivals: Arrivals;
  readonly samples: Samples;
  readonly callKeys: StreamKeys;
  readonly callSites: CallSites;
  /** Activations each fork starts at once. */
  readonly forkWidths: readonly number[];
  readonly classPriority: Int32Array;
  readonly classStart: Int32Array;
  readonly classTimeout: Int32Array;
  /** Layer of each station: cost centre → column of a sample row. */
  readonly layerOfStation: Int32Array;
  readonly layerOfGroup: Int32Array;
  /** Address of the SERVE of each group where it has one only, else -1. */
  readonly onlyServe: Int32Array;
  /** [0] Time of the event being handled. */
  readonly now = cell();
  /** [0] Last drawn duration in ns. */
  readonly drawn = cell();
  /** [0] When the service of `state.heir` ends. */
  readonly heirNs = cell();
  /** [0] A length of time on its way through kernel/slowing.ts. */
  readonly spanNs = cell();
  /** [0] The value to record, in ns; and the words of which it is made. */
  readonly observedNs = cell();
  readonly observedWords = new Int32Array(this.observedNs.buffer);

  constructor(model: Model, capacity: number) {
    const { program } = model;
    this.model = model;
    this.beginUser = program.op.length;
    this.op = pinned(Int32Array.from([...program.op, BEGIN_USER]));
    this.a = pinned(Int32Array.from([...program.a, 0]));
    this.b = pinned(Int32Array.from([...program.b, 0]));
    this.c = pinned(Int32Array.from([...program.c, 0]));
    this.d = pinned(Int32Array.from([...program.d, 0]));
    this.x = pinned(Float64Array.from([...program.x, 0]));
    this.keys = streamKeys(model.seed, [...program.streams, '']);
    this.tables = model.tables;
    this.registerCount = program.registerCount;
    this.timeRegisterCount = program.timeRegisterCount;
    this.state = new State(model, slotShape(model), capacity);
    this.special = specialIds(model, this.state.instanceCount);
    this.cores = new SharedCores(model, this.state.instanceBase, this.state.instanceCount);
    this.speeds = new Speeds(model);
    this.timeouts = new Timeouts(model.timeoutsNs);
    this.balancers = new Balancers(model);
    this.buckets = new TokenBuckets(model, this.state.windows.length);
    this.budgets = new RetryBudgets(model);
    this.scenarioTime = new ScenarioTime(model, this.state.windows);
    this.arrivals = new Arrivals(model, this.scenarioTime.shiftNs);
    this.samples = new Samples(model);
    this.callKeys = streamKeys(
      model.seed,
      model.calls.map((call) => call.stream),
    );
    const ofCalls = (field: (call: CallSite) => number): Int32Array =>
      pinned(Int32Array.from(model.calls, field));
    this.callSites = {
      start: ofCalls((call) => call.start),
      salt: ofCalls((call) => call.salt),
      timeout: ofCalls((call) => call.timeout),
      budget: ofCalls((call) => call.budget),
      callerRegister: ofCalls((call) => call.callerRegister),
      attempts: ofCalls((call) => call.attempts),
      station: ofCalls((call) => call.station),
    };
    this.forkWidths = model.forks.map((fork) => fork.counts.reduce((sum, copies) => sum + copies, 0));
    this.classPriority = pinned(Int32Array.from(model.classes, (requestClass) => requestClass.priority));
    this.classStart = pinned(Int32Array.from(model.classes, (requestClass) => requestClass.start));
    this.classTimeout = pinned(Int32Array.from(model.classes, (requestClass) => requestClass.timeout));
    this.layerOfStation = pinned(
      Int32Array.from(model.stations, (station) => model.layers.indexOf(station.layer)),
    );
    this.onlyServe = pinned(onlyServes(model));
    this.layerOfGroup = pinned(Int32Array.from(model.groups, (group) => this.layerOfStation[group.station]!));
  }
}

function onlyServes({ groups, program }: Model): Int32Array {
  const addresses = new Int32Array(groups.length).fill(-1);
  const seen = new Set<number>();
  program.op.forEach((op, pc) => {
    if (op !== Op.SERVE) return;
    const group = program.a[pc]!;
    addresses[group] = seen.has(group) ? -1 : pc;
    seen.add(group);
  });
  return addresses;
}

export function slotShape(model: Model): SlotShape {
  const ops = new Set(model.program.op);
  return {
    registers: model.program.registerCount,
    timeRegisters: model.program.timeRegisterCount,
    classes: model.classes.length > 1,
    regions: model.regionDelaysNs.length > 0,
    users: model.sources.some((source) => source.model === 'closed'),
    visits: model.groups.length > 0,
    family: [Op.CALL, Op.FORK, Op.SEND, Op.ECHO, Op.REPLY].some((code) => ops.has(code)),
    timers: model.timeoutsNs.length > 0,
    sharing: model.groups.some((group) => group.discipline === 'ps'),
    shards: ops.has(Op.SHARD),
  };
}
