import { describe, expect, test } from 'vitest';
import { compileModel } from '../../src/compile/compile.ts';
import { disassemble } from '../../src/compile/disassemble.ts';
import * as build from './build.ts';
import {
  bucket,
  call,
  constant,
  desk,
  exponential,
  ms,
  pool,
  request,
  scenario,
  serve,
  station,
  threads,
} from './build.ts';

function programOf(parts: build.Parts): string {
  return disassemble(compileModel(scenario(parts), { slice: 1, files: build.NO_FILES }));
}

/** Text without the margin that keeps it readable here. */
function listing(text: string): string {
  const lines = text.split('\n').slice(1, -1);
  const margin = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return `${lines.map((line) => line.slice(margin)).join('\n')}\n`;
}

/** A service whose only operation does these steps. */
const asking = (steps: readonly build.AnyStep[], rest: Parameters<typeof station>[0] = {}) =>
  station({ operations: { ask: steps }, ...rest });

const reading = { read: [serve(exponential(ms))] };

describe('programs', () => {
  test('a plain station is one visit', () => {
    const program = programOf({ stations: { desk: desk() }, requests: { customer: request(['desk']) } });
    expect(program).toBe(
      listing(`
        customer:
           0 SERVE desk r0 !1 table 0 1000000ns "desk/service#1"
           1 END
      `),
    );
  });

  test('elements of a path follow one another and hold nothing in between', () => {
    const stations = { first: desk(), second: desk({ servers: Infinity }) };
    expect(programOf({ stations, requests: { customer: request(['first', 'second']) } })).toBe(
      listing(`
        customer:
           0 SERVE first r0 !2 table 0 1000000ns "first/service#1"
           1 SERVE second r0 !2 table 0 1000000ns "second/service#1"
           2 END
      `),
    );
  });

  test('forward runs the rest of the path while the thread is held; failures give everything back', () => {
    const page = [build.delay(constant(ms)), build.forward, build.delay(exponential(ms))];
    const stations = {
      web: station({ threads: threads(2, 5 * ms), operations: { page } }),
      db: desk({ replicas: 3 }),
    };
    expect(programOf({ stations, requests: { page: request(['web.page', 'db']) } })).toBe(
      listing(`
        page:
           0 ENTER web.page t0
           1 ACQUIRE web.threads r0 !9 @0
           2 PAUSE web 1000000ns
           3 PICK web>db r1 by r0 "web/path(db)#1/replica"
           4 SERVE db r1 !11 table 1 1000000ns "db/service#1"
           5 DELAY web table 1 1000000ns "web.page/delay.2#1"
           6 RELEASE web.threads r0
           7 LEAVE web.page t0
           8 END
           9 SPOILT web.page t0
          10 JUMP >8
          11 RELEASE web.threads r0
          12 JUMP >9
      `),
    );
  });

  test('a call takes replica and connection, and tells a counting balancer when it ends', () => {
    const balance = build.balance('least-connections');
    const stations = {
      app: asking([call('db.read')], { replicas: 2 }),
      db: station({ replicas: 3, servers: 4, balance, pool: pool(2, ms), operations: reading }),
    };
    expect(programOf({ stations, requests: { r: request(['app.ask']) } })).toBe(
      listing(`
        r:
           0 PICK client>app r1 by r0 "client/path(app.ask)#1/replica"
           1 ENTER app.ask t0
           2 PICK app>db r2 by r1 "app.ask/call(db.read)#1/replica"
           3 PAIR r3 = r1 * 3 + r2
           4 ACQUIRE db.pool@app r3 !12 @0
           5 ENTER db.read t1
           6 SERVE db r2 !15 table 0 1000000ns "db.read/serve#1"
           7 LEAVE db.read t1
           8 RELEASE db.pool@app r3
           9 DROP app>db r2 by r1
          10 LEAVE app.ask t0
          11 END
          12 DROP app>db r2 by r1
          13 SPOILT app.ask t0
          14 JUMP >11
          15 SPOILT db.read t1
          16 RELEASE db.pool@app r3
          17 JUMP >12
      `),
    );
  });

  test('with a deadline the callee is an activation of its own, and the caller gives the connection back', () => {
    const stations = {
      app: asking([call('db.read', { timeoutNs: 5 * ms })], { replicas: 2, threads: threads(4) }),
      db: station({ replicas: 3, servers: 4, pool: pool(2), operations: reading }),
    };
    expect(programOf({ stations, requests: { r: request(['app.ask']) } })).toBe(
      listing(`
        r:
           0 PICK client>app r1 by r0 "client/path(app.ask)#1/replica"
           1 ENTER app.ask t0
           2 ACQUIRE app.threads r1 !12
           3 PICK app>db r2 by r1 "app.ask/call(db.read)#1/replica"
           4 PAIR r3 = r1 * 3 + r2
           5 ACQUIRE db.pool@app r3 !14
           6 CALL app > db.read (call 0) r4
           7 RESULT call 0 r4 !16 again >6
           8 RELEASE db.pool@app r3
           9 RELEASE app.threads r1
          10 LEAVE app.ask t0
          11 END
          12 SPOILT app.ask t0
          13 JUMP >11
          14 RELEASE app.threads r1
          15 JUMP >12
          16 RELEASE db.pool@app r3
          17 JUMP >14
        call 0:
          18 ENTER db.read t1
          19 SERVE db r2 !22 table 0 1000000ns "db.read/serve#1"
          20 LEAVE db.read t1
          21 END
          22 SPOILT db.read t1
          23 JUMP >21
      `),
    );
  });

  test('each retried attempt chooses replica and connection anew, and holds neither while it backs off', () => {
    const stations = {
      app: asking([call('db', { timeoutNs: 5 * ms, retry: build.retry(3, { ratio: 0.1, burst: 10 }) })]),
      db: desk({ replicas: 3, pool: pool(2) }),
    };
    const model = compileModel(scenario({ stations, requests: { r: request(['app.ask']) } }), {
      slice: 1,
      files: build.NO_FILES,
    });
    expect(disassemble(model)).toBe(
      listing(`
        r:
           0 ENTER app.ask t0
           1 CALL app > db (call 1) r1
           2 RESULT call 1 r1 !5 again >1
           3 LEAVE app.ask t0
           4 END
           5 SPOILT app.ask t0
           6 JUMP >4
        call 1:
           7 PICK app>db r2 by r0 "app.ask/call(db)#1/replica"
           8 ACQUIRE db.pool@app r2 !12
           9 CALL app > db (call 0) r3
          10 RESULT call 0 r3 !13 again >9
          11 RELEASE db.pool@app r2
          12 END
          13 RELEASE db.pool@app r2
          14 JUMP >12
        call 0:
          15 SERVE db r2 !16 table 0 1000000ns "db/service#1"
          16 END
      `),
    );
    const [attempt, site] = model.calls;
    expect(model.timeoutsNs).toEqual([5 * ms]);
    expect(attempt).toMatchObject({ inner: true, attempts: 1, timeout: 0, budget: -1 });
    expect(site).toMatchObject({ inner: false, attempts: 3, timeout: -1, budget: 0 });
    expect(model.retryBudgets).toMatchObject([{ tokens: 1, perAttempts: 10, burst: 10 }]);
    expect(new Set([attempt!.salt, site!.salt]).size).toBe(2);
  });

  test('branches are activations; onFailure: continue forgives', () => {
    const branches = build.parallel('all', [call('a')], [call('b', { onFailure: 'continue' })]);
    const stations = { app: asking([branches]), a: desk(), b: desk() };
    expect(programOf({ stations, requests: { r: request(['app.ask']) } })).toBe(
      listing(`
        r:
           0 ENTER app.ask t0
           1 FORK fork 0 all r1
           2 JOINED fork 0 !5
           3 LEAVE app.ask t0
           4 END
           5 SPOILT app.ask t0
           6 JUMP >4
        fork 0.0:
           7 SERVE a r0 !8 table 0 1000000ns "a/service#1"
           8 END
        fork 0.1:
           9 SERVE b r0 !11 table 0 1000000ns "b/service#1"
          10 END
          11 FORGIVE >10
      `),
    );
  });

  test('a geometric loop asks before each turn; failures take its draw key off again', () => {
    const turns = build.repeat('geometric', 3, call('a'));
    const stations = {
      app: asking([call('loop.run', { onFailure: 'continue' })]),
      loop: station({ operations: { run: [turns] } }),
      a: desk({ waitingRoomMax: 3 }),
    };
    expect(programOf({ stations, requests: { r: request(['app.ask']) } })).toBe(
      listing(`
        r:
           0 ENTER app.ask t0
           1 ENTER loop.run t1
           2 LOOP r1 level 1
           3 CHANCE 0.75 >6 "loop.run/repeat#1"
           4 SERVE a r0 !10 table 0 1000000ns "a/service#1"
           5 NEXT r1 < 2147483647 level 1 >3
           6 BREAK r1 level 1
           7 LEAVE loop.run t1
           8 LEAVE app.ask t0
           9 END
          10 BREAK r1 level 1
          11 SPOILT loop.run t1
          12 FORGIVE >8
      `),
    );
  });

  test('options ask one after the other with conditional probabilities; a register is used again', () => {
    const thrice = build.repeat('constant', 3, call('a'));
    const steps = [build.choose([0.5, [call('a')]], [0.25, []], [0.25, [thrice]]), thrice];
    expect(
      programOf({ stations: { app: asking(steps), a: desk() }, requests: { r: request(['app.ask']) } }),
    ).toBe(
      listing(`
        r:
           0 ENTER app.ask t0
           1 CHANCE 0.5 >4 "app.ask/choose#1/0"
           2 SERVE a r0 !14 table 0 1000000ns "a/service#1"
           3 JUMP >9
           4 CHANCE 0.5 >6 "app.ask/choose#1/1"
           5 JUMP >9
           6 LOOP r1 level 1
           7 SERVE a r0 !16 table 0 1000000ns "a/service#2"
           8 NEXT r1 < 3 level 1 >7
           9 LOOP r1 level 1
          10 SERVE a r0 !18 table 0 1000000ns "a/service#3"
          11 NEXT r1 < 3 level 1 >10
          12 LEAVE app.ask t0
          13 END
          14 SPOILT app.ask t0
          15 JUMP >13
          16 BREAK r1 level 1
          17 JUMP >14
          18 BREAK r1 level 1
          19 JUMP >14
      `),
    );
  });

  test('a cache is looked up only for the classes it serves', () => {
    const step = build.cache(0.75, { target: 'redis.get', classes: ['read'], onMiss: [call('a')] });
    const redis = station({ servers: 1, operations: { get: [serve(constant(8600))] } });
    const stations = { app: asking([step]), redis, a: desk() };
    const requests = { read: request(['app.ask']), write: request(['app.ask']) };
    expect(programOf({ stations, requests })).toBe(
      listing(`
        read:
           0 ENTER app.ask t0
           1 ENTER redis.get t1
           2 SERVE redis r0 !9 table 0 8600ns "redis.get/serve#1"
           3 LEAVE redis.get t1
           4 CHANCE 0.75 >6 "app.ask/cache(redis.get)#1/hit"
           5 JUMP >7
           6 SERVE a r0 !10 table 1 1000000ns "a/service#1"
           7 LEAVE app.ask t0
           8 END
           9 SPOILT redis.get t1
          10 SPOILT app.ask t0
          11 JUMP >8
        write:
          12 ENTER app.ask t0
          13 SERVE a r0 !16 table 1 1000000ns "a/service#1"
          14 LEAVE app.ask t0
          15 END
          16 SPOILT app.ask t0
          17 JUMP >15
      `),
    );
  });

  test('an operation that replies lets its caller go on; its sojourn ends there; a send is waited for by nobody', () => {
    const steps = [build.send('log.write'), build.reply, serve(exponential(ms))];
    const log = station({ operations: { write: [build.delay(constant(ms))] } });
    const stations = { app: asking(steps, { servers: 1, threads: threads(3) }), log };
    expect(programOf({ stations, requests: { r: request(['app.ask']) } }).replace(/salt \d+/, 'salt')).toBe(
      listing(`
        r:
           0 CALL client > app.ask (call 0) r1
           1 RESULT call 0 r1 !2 again >0
           2 END
        call 0:
           3 ENTER app.ask t0
           4 ACQUIRE app.threads r0 !12
           5 SEND >16 salt
           6 LEAVE app.ask t0
           7 REPLY
           8 SERVE app r0 !14 table 1 1000000ns "app.ask/serve#1"
           9 RELEASE app.threads r0
          10 LEAVE app.ask t0
          11 END
          12 SPOILT app.ask t0
          13 JUMP >11
          14 RELEASE app.threads r0
          15 JUMP >12
        send at 5:
          16 ENTER log.write t1
          17 PAUSE log 1000000ns
          18 LEAVE log.write t1
          19 END
      `),
    );
  });

  test('limiters are asked before a thread is taken: of the replica, the service, the site', () => {
    const limits = [
      bucket(10),
      bucket(100, { scope: 'service' }),
      bucket(5, { scope: 'global', name: 'site' }),
    ];
    const gateway = station({
      replicas: 2,
      limits,
      threads: threads(1),
      operations: { proxy: [build.forward] },
    });
    const requests = { r: request(['gateway.proxy', 'a']) };
    expect(programOf({ stations: { gateway, a: desk() }, requests })).toBe(
      listing(`
        r:
           0 PICK client>gateway r1 by r0 "client/path(gateway.proxy)#1/replica"
           1 ENTER gateway.proxy t0
           2 LIMIT gateway.limit r1 !10
           3 LIMIT gateway.limit.2 r0 !10
           4 LIMIT site r0 !10
           5 ACQUIRE gateway.threads r1 !10
           6 SERVE a r0 !12 table 0 1000000ns "a/service#1"
           7 RELEASE gateway.threads r1
           8 LEAVE gateway.proxy t0
           9 END
          10 SPOILT gateway.proxy t0
          11 JUMP >9
          12 RELEASE gateway.threads r1
          13 JUMP >10
      `),
    );
  });

  test('the way between regions is travelled there and back, by failures too', () => {
    const traffic = [
      { ...build.openTraffic(10, { r: 1 }), regions: [{ atNs: 0, shares: { east: 0.5, west: 0.5 } }] },
    ];
    const stations = {
      app: asking([call('db')], { region: 'east', servers: 1 }),
      db: desk({ region: 'west' }),
    };
    const rttNs = { east: { west: 31 } };
    expect(programOf({ stations, traffic, rttNs, requests: { r: request(['app.ask']) } })).toBe(
      listing(`
        r:
           0 TRAVEL app [0, 15]ns
           1 ENTER app.ask t0
           2 PAUSE db 15ns
           3 SERVE db r0 !8 table 0 1000000ns "db/service#1"
           4 PAUSE db 16ns
           5 LEAVE app.ask t0
           6 TRAVEL app [0, 16]ns
           7 END
           8 PAUSE db 16ns
           9 SPOILT app.ask t0
          10 TRAVEL app [0, 16]ns
          11 JUMP >7
      `),
    );
  });

  test('work elsewhere is a visit there with the time of the step', () => {
    const stations = {
      app: asking([serve(constant(5), 'disk')], { replicas: 2 }),
      disk: desk({ replicas: 2 }),
    };
    expect(programOf({ stations, requests: { r: request(['app.ask']) } })).toBe(
      listing(`
        r:
           0 PICK client>app r1 by r0 "client/path(app.ask)#1/replica"
           1 ENTER app.ask t0
           2 PICK app>disk r2 by r1 "app.ask/serve(disk)#1/replica"
           3 SERVE disk r2 !6 table 0 5ns "app.ask/serve(disk)#1"
           4 LEAVE app.ask t0
           5 END
           6 SPOILT app.ask t0
           7 JUMP >5
      `),
    );
  });
});
