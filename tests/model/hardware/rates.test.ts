import { describe, expect, test } from 'vitest';
import { logicalCpus, smtRate, totalRates, uslRate } from '../../../src/model/hardware/rates.ts';

const SMT = { cores: 32, smt: 2, smtYield: 1.25, usl: null };

describe('total rates F-2', () => {
  test('without SMT n threads are n cores, exactly', () => {
    const rates = totalRates({ cores: 8, smt: 1, smtYield: 1.25, usl: null });
    expect(rates).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('with SMT the second thread of a core adds the yield, and all of them together are θ cores each', () => {
    const rates = totalRates(SMT);
    expect(rates).toHaveLength(logicalCpus(SMT));
    expect(rates[31]).toBe(32);
    expect(rates[63]).toBe(40);
    // p = (2u − 1)/u of n = 48 threads run at θ/2.
    const p = (2 * 0.75 - 1) / 0.75;
    expect(rates[47]).toBeCloseTo(48 * (1 - p + (p * 1.25) / 2), 12);
  });

  test('agrees with n / K_smt of F-2 where that is exact: up to half and with all threads busy', () => {
    expect(smtRate(64, SMT)).toBeCloseTo(64 / (2 / 1.25), 12);
    expect(smtRate(20, SMT)).toBe(20);
  });

  test('never falls as threads are added, even when they add nothing', () => {
    for (const smtYield of [1, 1.1, 1.3]) {
      const rates = totalRates({ ...SMT, smtYield });
      rates.forEach((rate, index) => {
        expect(rate).toBeGreaterThanOrEqual(rates[index - 1] ?? 0);
      });
    }
  });

  test('USL: one thread is one core, and MySQL of the literature peaks between 35 and 36 threads', () => {
    const usl = { sigma: 0.02672, kappa: 0.000769 };
    expect(uslRate(1, usl)).toBe(1);
    const rates = totalRates({ cores: 64, smt: 1, smtYield: 1, usl });
    const peak = rates.indexOf(Math.max(...rates)) + 1;
    expect(Math.abs(peak - Math.sqrt((1 - usl.sigma) / usl.kappa))).toBeLessThan(1);
    // 995.65/s per thread make 12,341/s at the peak (Schwartz, Practical Scalability Analysis).
    // σ and κ are printed with four digits: hence the last one of the product.
    expect(Math.abs(995.65 * rates[34]! - 12341)).toBeLessThan(2);
  });
});
