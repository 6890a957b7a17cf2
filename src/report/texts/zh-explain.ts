/** en-explain.ts in Chinese. */
import type { EXPLAIN } from './en-explain.ts';

export const ZH_EXPLAIN: typeof EXPLAIN = {
  budgetOf: (id, scenario) => `${scenario} 的预算 ${id}`,
  basis: (samples, interval) => `依据 ${samples} 次观测${interval === null ? '' : `，区间 ${interval}`}。`,
  outOfReach: '系统中没有别的请求时它也不满足：扩容无用，须缩短路径。',
  nothingBroke: (group) => `没有什么达到上限：时间花在路上，而不是在满的队列里。最紧的是 ${group}。`,
};
