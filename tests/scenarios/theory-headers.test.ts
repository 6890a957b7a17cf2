import { expect, test } from 'vitest';
import type { OpenTraffic, Scenario, Station } from '../../src/scenario/types.ts';
import { expectation, exploreChain, steadyState } from '../../src/theory/ctmc.ts';
import { fixedPatience, fixedPatienceServedWaitQuantileSec } from '../../src/theory/fixed-patience.ts';
import { forkJoin2MeanSec } from '../../src/theory/fork-join.ts';
import { mg1 } from '../../src/theory/mg1.ts';
import { mm1, mm1SojournQuantileSec } from '../../src/theory/mm1.ts';
import { mmc, type Mmc } from '../../src/theory/mmc.ts';
import { mmck } from '../../src/theory/mmck.ts';
import { powerOfDMeanSojournSec, powerOfDSojournQuantileSec } from '../../src/theory/power-of-d.ts';
import { sharedMeanSojournSec } from '../../src/theory/processor-sharing.ts';
import { lognormalMoments } from '../../src/theory/service-moments.ts';
import { transientQueue } from '../../src/theory/transient-queue.ts';
import { meanNsOf } from './arithmetic.ts';
import { scenarioOf, textOf } from './shipped.ts';

const curveOf = (scenario: Scenario) => (scenario.traffic[0] as OpenTraffic).curve;
const rateOf = (scenario: Scenario) => curveOf(scenario)[0]!.ratePerSec;
const serviceMeanSecOf = ({ service }: Station) => meanNsOf(service!) / 1e9;
const queueOf = (scenario: Scenario, name: string): Mmc => {
  const station = scenario.stations[name]!;
  return {
    arrivalRatePerSec: rateOf(scenario),
    serviceRatePerSec: 1 / serviceMeanSecOf(station),
    serverCount: station.servers!,
  };
};
const ms = (sec: number, digits: number) => `${(sec * 1e3).toFixed(digits).replace(/\.0+$/, '')} ms`;

/** Three tiers that hold their thread during the call: a chain of (inside, at tier 2 or below, at tier 3). */
function layeredFigures(scenario: Scenario): string[] {
  const arrivalRatePerSec = rateOf(scenario);
  const tiers = Object.values(scenario.stations).map(({ threads, operations }) => {
    const [own] = Object.values(operations)[0]!;
    return { threads: threads!.count, rate: own?.verb === 'delay' ? 1e9 / meanNsOf(own.time) : NaN };
  });
  const [web, app, database] = [tiers[0]!, tiers[1]!, tiers[2]!];
  const insideMax = 80; // reached with probability 1e-8
  const chain = exploreChain([0, 0, 0], (state) => {
    const [inside, below, lowest] = [state[0]!, state[1]!, state[2]!];
    return [
      { to: [inside + 1, below, lowest], ratePerSec: inside < insideMax ? arrivalRatePerSec : 0 },
      { to: [inside, below + 1, lowest], ratePerSec: (Math.min(inside, web.threads) - below) * web.rate },
      { to: [inside, below, lowest + 1], ratePerSec: (Math.min(below, app.threads) - lowest) * app.rate },
      {
        to: [inside - 1, below - 1, lowest - 1],
        ratePerSec: Math.min(lowest, database.threads) * database.rate,
      },
    ];
  });
  const probabilities = steadyState(chain);
  const mean = (f: (state: readonly number[]) => number) => expectation(chain, probabilities, f);
  const held = tiers.map(({ threads }, i) => mean((state) => Math.min(state[i]!, threads)));
  const waiting = tiers.map(({ threads }, i) => mean((state) => Math.max(state[i]! - threads, 0)));
  const response = `${(mean(([inside]) => inside!) / arrivalRatePerSec).toFixed(5)} s`;
  return [response, ...held.slice(0, 2).map((x) => x.toFixed(5)), ...waiting.map((x) => x.toFixed(5))];
}

/** The figures in a scenario's header, worked out from the scenario itself. */
const figures: Record<string, (scenario: Scenario) => string[]> = {
  mm1: (scenario) => {
    const queue = queueOf(scenario, 'desk');
    const { meanSojournSec, meanWaitSec } = mm1(queue);
    const p99Sec = mm1SojournQuantileSec(queue, 0.99);
    return [ms(meanSojournSec, 2), ms(meanWaitSec, 2), ms(p99Sec, 2)];
  },
  mmc: (scenario) => {
    const { waitProbability, meanWaitSec, meanSojournSec } = mmc(queueOf(scenario, 'desk'));
    return [waitProbability.toFixed(5), ms(meanWaitSec, 4), ms(meanSojournSec, 4)];
  },
  mg1: (scenario) => {
    const law = scenario.stations['desk']!.service!;
    const scv = law.family === 'lognormal' ? law.cv ** 2 : NaN;
    const service = lognormalMoments({ meanSec: meanNsOf(law) / 1e9, scv });
    const { meanWaitSec, meanSojournSec } = mg1({ arrivalRatePerSec: rateOf(scenario), service });
    return [ms(meanWaitSec, 4), ms(meanSojournSec, 4)];
  },
  mmck: (scenario) => {
    const queue = queueOf(scenario, 'desk');
    const jobsMax = queue.serverCount + scenario.stations['desk']!.waitingRoomMax;
    const means = mmck({ ...queue, jobsMax });
    const { lossProbability, throughputPerSec, utilization, acceptedMeanSojournSec } = means;
    const rates = [`${throughputPerSec.toFixed(3)}/s`, utilization.toFixed(6)];
    return [`K = ${String(jobsMax)}`, lossProbability.toFixed(6), ...rates, ms(acceptedMeanSojournSec, 4)];
  },
  'mmc-pool-timeout': (scenario) => {
    const { pool } = scenario.stations['database']!;
    const queue = { ...queueOf(scenario, 'database'), serverCount: pool!.perCaller };
    const patienceSec = pool!.acquireTimeoutNs! / 1e9;
    const { abandonProbability } = fixedPatience(queue, patienceSec);
    const p99Sec = fixedPatienceServedWaitQuantileSec(queue, patienceSec, 0.99);
    return [`${(abandonProbability * 100).toFixed(4)} %`, ms(p99Sec, 2)];
  },
  ps: (scenario) => {
    const serviceMeanSec = serviceMeanSecOf(scenario.stations['core']!);
    return [
      ms(sharedMeanSojournSec({ arrivalRatePerSec: rateOf(scenario), serviceMeanSec, serverCount: 1 }), 0),
    ];
  },
  tandem: (scenario) => {
    const sojournsSec = ['web', 'order', 'stock'].map((name) => mmc(queueOf(scenario, name)).meanSojournSec);
    const totalSec = sojournsSec.reduce((sum, each) => sum + each);
    return [...sojournsSec, totalSec].map((sec) => ms(sec, 4));
  },
  'fork-join': (scenario) => [ms(forkJoin2MeanSec(queueOf(scenario, 'left')), 4)],
  layered: layeredFigures,
  jsq2: (scenario) => {
    const { serviceRatePerSec, arrivalRatePerSec } = queueOf(scenario, 'desk');
    const { replicas, balance } = scenario.stations['desk']!;
    const utilization = arrivalRatePerSec / replicas / serviceRatePerSec;
    const model = { utilization, serviceRatePerSec, choices: balance.choices };
    const quantile = (p: number) => ms(powerOfDSojournQuantileSec(model, p), 2);
    return [ms(powerOfDMeanSojournSec(model), 3), quantile(0.95), quantile(0.99)];
  },
  mtmc: (scenario) => {
    const { serviceRatePerSec, serverCount } = queueOf(scenario, 'desk');
    const [first, ...rest] = curveOf(scenario);
    // From empty, so long before that only the initial rate is left of it.
    const settleSec = 30;
    const pieces = [first!, ...rest.slice(0, -1)].map(({ ratePerSec }, i) => ({
      untilSec: settleSec + rest[i]!.atNs / 1e9,
      arrivalRatePerSecAt: () => ratePerSec,
    }));
    const jobsMax = serverCount + scenario.stations['desk']!.waitingRoomMax;
    const queue = { pieces, serviceRatePerSec, serverCount, jobsMax, stepSec: 0.002 };
    const states = transientQueue(
      queue,
      [20, 21, 22, 23, 30, 31, 32, 35].map((sec) => settleSec + sec),
    );
    return states
      .flatMap((each) => [each.meanJobs, each.meanWaitingJobs, each.lostJobs])
      .map((x) => x.toFixed(2));
  },
};

test.each(Object.entries(figures))(
  'the figures above scenarios/theory/%s.yaml follow from it',
  (id, compute) => {
    const path = `theory/${id}.yaml`;
    const header = textOf(path).split('\nscenario:')[0]!;
    const missing = compute(scenarioOf(path)).filter((figure) => !header.includes(figure));
    expect(missing).toEqual([]);
  },
);
