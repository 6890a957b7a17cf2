/** The parts of jStat that tests use as an oracle; it ships no types. Add what you need. */
declare module 'jstat' {
  interface Continuous<Parameters extends number[]> {
    pdf(x: number, ...parameters: Parameters): number;
    cdf(x: number, ...parameters: Parameters): number;
    /** Quantile: the x with cdf(x) = p. */
    inv(p: number, ...parameters: Parameters): number;
  }
  interface Discrete<Parameters extends number[]> {
    pdf(k: number, ...parameters: Parameters): number;
    cdf(k: number, ...parameters: Parameters): number;
  }
  interface JStat {
    normal: Continuous<[mean: number, sd: number]>;
    lognormal: Continuous<[mu: number, sigma: number]>;
    studentt: Continuous<[degreesOfFreedom: number]>;
    chisquare: Continuous<[degreesOfFreedom: number]>;
    centralF: Continuous<[degreesOfFreedom1: number, degreesOfFreedom2: number]>;
    beta: Continuous<[alpha: number, beta: number]>;
    gamma: Continuous<[shape: number, scale: number]>;
    exponential: Continuous<[rate: number]>;
    weibull: Continuous<[scale: number, shape: number]>;
    pareto: Continuous<[scale: number, shape: number]>;
    binomial: Discrete<[trials: number, probability: number]>;
    poisson: Discrete<[mean: number]>;
    gammaln(x: number): number;
    ibeta(x: number, a: number, b: number): number;
    lowRegGamma(a: number, x: number): number;
    erf(x: number): number;
    erfc(x: number): number;
  }
  const jStat: JStat;
  export default jStat;
}
