/** en-sizing.ts in Chinese. */
import type { SIZING } from './en-sizing.ts';

export const ZH_SIZING: typeof SIZING = {
  title: (rate) => `怎样才能承受计划的 ${rate}`,
  step: (rate, changes, cost) =>
    `要承受计划的 ${rate}：${changes.join('，')}${cost === null ? '' : `；${cost}`}。`,
  change: {
    replicas: (of, before, after) => `${of} 的副本 ${before} → ${after}`,
    threads: (of, before, after) => `${of} 每个副本的线程 ${before} → ${after}`,
    connections: (of, before, after) => `每个调用方到 ${of} 每个副本的连接 ${before} → ${after}`,
    limit: (of, before, after) => `${of} ${before} → ${after}`,
    'limit-each': (of, before, after) => `${of} 每个副本 ${before} → ${after}`,
  },
  cost: (sums, unpriced) =>
    [sums === '' ? '' : `每小时增加 ${sums}`, unpriced.length === 0 ? '' : `${unpriced.join('、')} 没有价格`]
      .filter((part) => part !== '')
      .join('，'),
  then: (target, next) =>
    `按算术，此后不再拒绝请求，各组利用率不超过 ${target}；下一个失守的是 ${next.name}（已用 ${next.used}），在该流量的 ${next.factor}。`,
  tryIt: (options) => `采信之前先模拟：在同一命令后加 ${options}`,
  behindLimits: (limits, full) => `只提高 ${limits} 不够：随后占满的是 ${full}。`,
  uneven: (names) => `这还不够：${names} 最忙的副本分到的过多，增加副本无济于事；请把流量分散。`,
  note: (target, room) =>
    `运行前由算术得出：访问次数 × 服务时间，占用的资源按利特尔定律；不含重试与扰动。资源组按 ${target} 配置，限值按峰值的 ${room} 配置。`,
  simulate: '采信之前先模拟：',
  heads: { name: '会被占满的资源', planned: '计划流量、不拒绝时', after: '改动之后', change: '改动' },
};
