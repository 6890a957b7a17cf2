import { describe, test } from 'vitest';
import { mmc } from '../../../src/theory/mmc.ts';
import { nonPreemptiveWaitsSec, preemptiveSojournsSec } from '../../../src/theory/priority.ts';
import {
  sharedConditionalSojournSec,
  sharedMeanJobs,
  sharedMeanSojournSec,
  sharedProbabilities,
} from '../../../src/theory/processor-sharing.ts';
import { deterministicMoments, exponentialMoments } from '../../../src/theory/service-moments.ts';
import { expectClose, expectList } from './close.ts';

describe('processor sharing', () => {
  test('S42-mg1ps-det: geometric in ρ whatever the service', () => {
    const station = { arrivalRatePerSec: 0.8, serviceMeanSec: 1, serverCount: 1 };
    const probabilities = sharedProbabilities(station);
    expectClose(sharedMeanSojournSec(station), 5);
    expectClose(sharedMeanJobs(station), 4);
    expectClose(probabilities[0]!, 0.2);
    expectClose(probabilities[3]!, 0.1024);
    expectClose(
      probabilities.slice(10).reduce((sum, p) => sum + p, 0),
      0.10737418,
    );
    expectClose(sharedConditionalSojournSec(station, 3) / 3, 5, 'slowdown');
  });

  test('S45-rps-8-det: eight shared cores', () => {
    const station = { arrivalRatePerSec: 7.2, serviceMeanSec: 1, serverCount: 8 };
    expectClose(sharedMeanSojournSec(station), 1.8769162);
    expectClose(sharedMeanJobs(station), 13.513797);
    expectList(
      sharedProbabilities(station).slice(0, 7),
      [0.00039165949, 0.0028199483, 0.010151814, 0.024364353, 0.043855836, 0.063152404, 0.075782885],
    );
    expectClose(
      sharedMeanJobs(station),
      mmc({ arrivalRatePerSec: 7.2, serviceRatePerSec: 1, serverCount: 8 }).meanJobs,
    );
  });
});

const exponentialClass = ([arrivalRatePerSec, serviceRatePerSec]: readonly [number, number]) => ({
  arrivalRatePerSec,
  service: exponentialMoments(1 / serviceRatePerSec),
});

describe('priorities', () => {
  test('S46-prio-np-ciw', () => {
    const classes = (
      [
        [0.2, 1],
        [0.6, 1],
      ] as const
    ).map(exponentialClass);
    expectList(nonPreemptiveWaitsSec(classes), [1, 5]);
  });

  test('S48-prio-3', () => {
    const classes = (
      [
        [100, 1000],
        [300, 1000],
        [300, 1000],
      ] as const
    ).map(exponentialClass);
    expectList(nonPreemptiveWaitsSec(classes), [0.00077777778, 0.0012962963, 0.0038888889]);
    expectList(preemptiveSojournsSec(classes), [0.0011111111, 0.0018518519, 0.0055555556]);
  });

  test('S49-prio-det: short jobs first', () => {
    const classes = [
      { arrivalRatePerSec: 0.3, service: deterministicMoments(0.5) },
      { arrivalRatePerSec: 0.2, service: deterministicMoments(2) },
    ];
    expectList(nonPreemptiveWaitsSec(classes), [0.51470588, 1.1437908]);
    expectList(preemptiveSojournsSec(classes), [0.54411765, 3.496732]);
  });

  test('conserve the work waiting: Σ ρ_k·W_k does not depend on who goes first', () => {
    const classes = [
      { arrivalRatePerSec: 0.3, service: deterministicMoments(0.5) },
      { arrivalRatePerSec: 0.2, service: exponentialMoments(2) },
    ];
    const work = (order: typeof classes) => {
      const waits = nonPreemptiveWaitsSec(order);
      return order.reduce(
        (sum, { arrivalRatePerSec, service }, k) => sum + arrivalRatePerSec * service.meanSec * waits[k]!,
        0,
      );
    };
    expectClose(work(classes), work(classes.toReversed()), '', 1e-14);
  });
});
