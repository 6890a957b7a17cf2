import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/base/diagnostics.ts';
import { compileModel } from '../../src/compile/compile.ts';
import type { Step } from '../../src/scenario/types.ts';
import * as build from './build.ts';
import { call, constant, desk, exponential, ms, request, scenario, serve, station } from './build.ts';

/** Code and place of what the compiler refuses. */
function refusalOf(parts: build.Parts): string {
  try {
    compileModel(scenario(parts), { slice: 1, files: build.NO_FILES });
  } catch (error) {
    if (error instanceof UserError) return `${error.diagnostics[0]!.code} ${error.diagnostics[0]!.file}`;
    throw error;
  }
  return 'compiled';
}

const asking = (steps: readonly Step[]) => station({ operations: { ask: steps } });
const requests = { r: request(['app.ask']) };

describe('refused with code and place, never with a stack or a hang', () => {
  test.each<[string, string, build.Parts]>([
    [
      'a circle of calls',
      'HF503 stations.app.operations.ask',
      {
        stations: { app: asking([call('b.ask')]), b: asking([call('app.ask')]) },
        requests,
      },
    ],
    [
      'a circle by sends',
      'HF503 stations.app.operations.ask',
      { stations: { app: asking([build.send('app.ask')]) }, requests },
    ],
    [
      'a target that does not exist',
      'HF501 stations',
      { stations: { app: asking([call('nobody')]) }, requests },
    ],
    [
      'an operation that does not exist',
      'HF501 stations.b.operations',
      { stations: { app: asking([call('b.get')]), b: desk() }, requests },
    ],
    [
      'a plain visit without a service time',
      'HF504 stations.b',
      { stations: { app: asking([call('b')]), b: station({ servers: 1 }) }, requests },
    ],
    [
      'work without servers',
      'HF507 stations.app',
      { stations: { app: asking([serve(constant(ms))]) }, requests },
    ],
    [
      'a reply in parallel branches',
      'HF505 stations.app.operations.ask',
      {
        stations: { app: asking([build.parallel('all', [build.reply], [])]) },
        requests,
      },
    ],
    [
      'regions without a round trip',
      'HF502 network.rtt',
      {
        stations: {
          app: station({ region: 'east', operations: { ask: [call('b')] } }),
          b: desk({ region: 'west' }),
        },
        requests,
      },
    ],
    [
      'a host that does not exist',
      'HF518 stations.b.on',
      { stations: { app: asking([]), b: desk({ on: 'compute' }) }, requests },
    ],
    [
      'priorities on shared cores',
      'HF515 stations.b.on',
      {
        stations: { app: asking([]), b: desk({ on: 'compute', discipline: 'priority' }) },
        hosts: { compute: build.NEUTRAL_HOST },
        requests,
      },
    ],
    [
      'SMT together with a scalability law',
      'HF516 hosts.compute.usl',
      {
        stations: { app: asking([]), b: desk({ on: 'compute' }) },
        hosts: { compute: { ...build.NEUTRAL_HOST, smt: 2, usl: { sigma: 0.02, kappa: 0 } } },
        requests,
      },
    ],
    [
      'a token bucket that takes months to fill',
      'HF524 stations.app.limit',
      {
        stations: {
          app: station({ limits: [build.bucket(0.1, { burst: 1e6 })], operations: { ask: [] } }),
        },
        requests,
      },
    ],
    [
      'a mix left out although there are two classes',
      'HF521 traffic.0',
      {
        stations: { app: asking([]) },
        requests: { ...requests, q: request(['app.ask']) },
        traffic: [{ ...build.openTraffic(1, {}), mix: [] }],
      },
    ],
  ])('%s', (_, expected, parts) => {
    expect(refusalOf(parts)).toBe(expected);
  });

  test('calls that multiply beyond all bounds', () => {
    const levels = Array.from({ length: 20 }, (_, index) => [
      `s${index}`,
      asking([call(`s${index + 1}.ask`), call(`s${index + 1}.ask`)]),
    ]);
    const stations = { ...Object.fromEntries(levels), s20: asking([]) } as build.Parts['stations'];
    expect(refusalOf({ stations, requests: { r: request(['s0.ask']) } })).toBe('HF506 requests.r');
  });

  test('a law that is switched off by zeros does not clash with SMT; a mix of one class may be left out', () => {
    const off = { ...build.NEUTRAL_HOST, smt: 2, usl: { sigma: 0, kappa: 0 } };
    const stations = { app: station({ on: 'compute', operations: { ask: [serve(exponential(ms))] } }) };
    const traffic = [{ ...build.openTraffic(1, {}), mix: [] }];
    expect(refusalOf({ stations, hosts: { compute: off }, requests, traffic })).toBe('compiled');
  });

  test('a forward in an operation that is called, not passed, has nothing to forward to', () => {
    const stations = { app: asking([call('proxy.ask')]), proxy: asking([build.forward]), b: desk() };
    expect(refusalOf({ stations, requests: { r: request(['app.ask', 'b']) } })).toBe('compiled');
  });

  test('a path may pass the same proxy twice', () => {
    const stations = { app: asking([build.forward]), b: desk() };
    expect(refusalOf({ stations, requests: { r: request(['app.ask', 'app.ask', 'b']) } })).toBe('compiled');
  });
});
