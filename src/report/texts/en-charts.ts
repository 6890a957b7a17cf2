/** Titles (what to take away), captions (what is drawn) and legends of the charts. */
export const CHART_TEXTS = {
  /** Over the time that an aborted run did not come to. */
  aborted: 'ABORTED',
  /** Beside the value axes of the picture of the event. */
  panels: ['requests per second', 'latency', 'used'],
  traffic: {
    title: (peak: string, at: string, shed: string | null) =>
      shed === null
        ? `Traffic peaks at ${peak} at ${at}; nothing is shed`
        : `Traffic peaks at ${peak} at ${at}; up to ${shed} are shed`,
    caption: 'Requests per second of the site, by the time they were due to arrive',
    offered: 'offered',
    admitted: 'admitted',
    completed: 'completed',
    shed: 'shed',
    failed: 'failed otherwise',
  },
  latency: {
    title: (metric: string, request: string, value: string, at: string) =>
      `${metric} of ${request} is at worst ${value}, at ${at}`,
    noData: (request: string) => `No window holds enough good requests of ${request} for a percentile`,
    captionWithBand: (request: string, isOpen: boolean) =>
      `Latency of good ${request} requests, by the time they were due, with the interval of the highest` +
      (isOpen ? ', which has no upper end where it is drawn up to the highest value' : '') +
      '; log scale',
    caption: (request: string) =>
      `Latency of good ${request} requests, by the time they were due; log scale; gaps where a window holds too few`,
    unloaded: 'unloaded mean',
    budget: (text: string) => `budget ${text}`,
  },
  latencyByRequest: {
    title: (metric: string, request: string, value: string) =>
      `The slowest class is ${request}: ${metric} up to ${value}`,
    caption: (metric: string) =>
      `${metric} of good requests of each class, by the time they were due; log scale; gaps where a window holds too few`,
  },
  utilization: {
    title: (group: string, used: string, at: string) =>
      `${group} comes nearest to its limit: ${used} used at its peak, from ${at}`,
    caption:
      'Utilization of the busiest group of each layer: busy server-time / available server-time. A peak holds enough jobs to be no accident; single points may lie above it',
    noData: 'Nothing in this site can saturate',
  },
  waiting: {
    title: (group: string, jobs: string, at: string) => `Most jobs wait for ${group}: ${jobs} at ${at}`,
    none: 'No job had to wait',
    caption: 'Waiting jobs, mean of each window, all replicas together',
  },
  headroom: {
    title: (group: string, factor: string) => `${group} reaches its limit first: at ${factor} the peak`,
    full: (group: string) => `${group} has no headroom left`,
    caption:
      'Share of its capacity that the tightest group of each layer uses at its peak; in brackets how far the peak may grow; behind a limiter that sheds of the planned traffic, by arithmetic',
    label: (group: string, factor: string) => `${group} (${factor})`,
    used: (from: string | null) => (from === null ? 'used at the peak' : `from ${from}`),
  },
  anatomy: {
    title: (request: string, layer: string, time: string) =>
      `The slowest 1 % of ${request} lose most in ${layer}: ${time} more than the average`,
    plain: (request: string) => `Where the time of ${request} goes`,
    caption:
      'Mean time of a request by layer: with nobody else in the system, of those around the P50 and the P99, and of the slowest 1 %',
    unloaded: 'unloaded',
    others: 'other layers',
  },
  anatomyKinds: {
    title: (request: string, kind: string, time: string) =>
      `What makes the slowest 1 % of ${request} slow is ${kind}: ${time} more than the average`,
    caption: 'Mean time of a request by what it is spent on',
  },
};
