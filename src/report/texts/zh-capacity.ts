/** en-capacity.ts in Chinese. */
import type { CAPACITY } from './en-capacity.ts';

export const ZH_CAPACITY: typeof CAPACITY = {
  kind: {
    bound: (at) => `流量至 ${at} 仍达标`,
    'still-holding': (at) => `流量 ${at} 时仍达标`,
    infeasible: (at) => `流量 ${at} 时不达标`,
    'cannot-say': (at) => `无法判定（${at}）`,
  },
  noLoad: '没有任何负载',
  how: (replications, loads, from, to) =>
    `模拟了从 ${from} 到 ${to} 的 ${loads} 个负载，每个重复 ${replications} 次，使用相同的随机数`,
  mode: (slice, isSampled) => {
    const requests = slice === 1 ? '每一个请求' : `每 ${slice} 个请求中的一个`;
    return isSampled ? `若干时段，其中${requests}` : requests;
  },
  peak: (peak, planned) => `即峰值 ${peak}；计划峰值为 ${planned}。`,
  interval: (lower, upper) =>
    lower !== null && upper !== null
      ? `按预算的区间，真实上限在 ${lower} 与 ${upper} 之间。`
      : lower !== null
        ? `按预算的区间，上限至少为 ${lower}；直到最高负载都没有确定超出的。`
        : upper !== null
          ? `按预算的区间，上限小于 ${upper}；直到最低负载都没有确定达标的。`
          : '预算的区间在每个负载上都跨过限值：请增加 --reps。',
  noInterval: '一次重复没有区间：用 --reps 5 可知偶然能使上限移动多少。',
  breaks: (at, phrase) =>
    `${at} 时超出 ${phrase.id}：${phrase.target} 的${phrase.measure}为 ${phrase.value ?? '未知（没有任何应答）'}，要求 ${phrase.op} ${phrase.limit}。`,
  closest: (phrase) =>
    `最接近限值的是 ${phrase.id}：${phrase.target} 的${phrase.measure}为 ${phrase.value ?? '未知'}，要求 ${phrase.op} ${phrase.limit}。`,
  unstable: (at) => `${at} 时有队列无止境增长。`,
  saturated: (group, layer, used) =>
    `此时最接近上限：${group}${group.startsWith(layer) ? '' : `（${layer}）`}，最忙时已用 ${used}。`,
  firstBreak: (name, what, at) => `最先到达上限：${name}（${what}），${at}。`,
  searchOn: (to) => `用 --to ${to} 继续向上寻找。`,
  searchBelow: (from) => `用 --from ${from} 向下寻找，或放宽预算。`,
  outOfReach: (ids) => `未计入：${ids}。系统空闲时已超出，再小的负载也无济于事；--budgets 可将其计入。`,
  held: (duration) => `每个负载在计划峰值的相应倍数上保持 ${duration}，不重放曲线。`,
  scaled: (classes) => `仅放大 ${classes} 的流量，其余流量按计划。`,
  notHeld: (ids) => `未判定：${ids}，它针对其他阶段或曲线上的某段时间。`,
  notMonotone:
    '并非单向：某个更低的负载不达标而更高的达标，或相反。可能是限值附近的偶然，也可能系统本就如此；上限取最低的超出之处。',
  stopped: '在寻找结束之前被停止。',
  knee: '拐点曲线',
  kneeNote: (request, phase, busiest) =>
    `${phase === null ? '' : `${phase} 阶段 `}${request} 的 P99；失败：占${busiest === null ? '' : `${busiest} 阶段`}全部请求`,
  kneeHeads: ['', '负载', '峰值', 'P99', '±', '失败', '最紧张', '已用', '预算'],
  pointVerdict: { holds: '达标', broken: '不达标', 'cannot-say': '无数据' },
  unsure: '有 ? 处区间跨过限值，或没有区间：偶然就可能改变该结论。',
  fewer: (loads) =>
    `${loads} 个负载的重复次数较少：每次的事件极多，或两次之后已毫无疑问地不成立；--reps 5 会全部模拟。`,
  grows: '队列增长',
  without: '减去之后',
  withoutNote: (total) => `如同从未有过它们；完整系统：${total}`,
  withoutHeads: ['', '减去', '计划流量', '上限', '区间', '超出'],
  orMore: (at) => `${at} 或更高`,
  tooManyEvents: (events) => `未模拟：其副本无法等分，模拟每一个请求则每次重复需 ${events} 个事件`,
  files: '文件',
};
