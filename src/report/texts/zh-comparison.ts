/** en-comparison.ts in Chinese. */
import type { COMPARISON } from './en-comparison.ts';

export const ZH_COMPARISON: typeof COMPARISON = {
  before: '之前',
  after: '之后',
  replications: (done, seeds) => `两侧各重复 ${done} 次，使用相同的随机数：种子 ${seeds}`,
  replicationsApart: (before, after) => `之前重复 ${before} 次，之后重复 ${after} 次`,
  how: (slice, isSampled) => {
    const requests = slice === 1 ? '每一个请求' : `每 ${slice} 个请求中的一个`;
    return isSampled ? `模拟两侧相同的若干时段，其中${requests}` : `模拟${requests}`;
  },
  unpaired: {
    because: (reasons) =>
      `两侧不能配对：${reasons}。每一侧只能凭自身的离散程度与偶然区分，因此看不出小的变化。`,
    version: (before, after) => `分别由 hongfeng ${before} 与 ${after} 模拟，差异可能来自版本`,
    seeds: (before, after) => `随机数不同，种子 ${before} 与 ${after}`,
    until: (before, after) => `--until ${before} 与 ${after}`,
    warmUp: '预热不同',
    mode: (before, after) => `之前${before}，之后${after}`,
  },
  clocks: (differences) => `时钟不同：${differences}。`,
  clockDiffers: (name, before, after) => `${name} ${before} 与 ${after}`,
  clock: { from: '起点', lastsNs: '时长', warmUpNs: '预热', windowNs: '时间窗' },
  unset: '未设置',
  seedsBetween: (first, last) => `${first} … ${last}`,
  changed: (overrides) => `两侧均设 ${overrides}`,
  until: (until) => `两侧均到 ${until}`,
  stopped: (done, asked) => `已停止：${asked} 次重复中两侧都完成的有 ${done} 次。`,
  tooFew: '一次重复没有区间：无法区分差异与偶然。',
  runaway: (side, group, count, of, file) =>
    `${side}：${of} 次重复中有 ${count} 次 ${group} 的队列无止境增长。对这样的运行取平均没有意义，因此不作比较。` +
    `hongfeng run ${file} 可看到发生了什么。`,
  differences: '差异',
  counts: (significant, noise, equal, unknown) =>
    [
      `${significant} 项显著`,
      noise > 0 ? `${noise} 项在噪声之内（≈）` : '',
      unknown > 0 ? `${unknown} 项数据不足（?）` : '',
      `${equal} 项完全相同`,
    ]
      .filter((part) => part !== '')
      .join(' · '),
  allEqual: (count) => `比较了 ${count} 项指标：全部完全相同。`,
  nothing: '两侧没有共同的指标。',
  heads: { of: '对象', measure: '指标', phase: '阶段', change: '变化', spread: '±' },
  more: (count) => `… 另有 ${count} 项；--json 给出全部`,
  points: (count) => `${count} 个百分点`,
  worst: (span) => `最差：运行中最差的 ${span}`,
  note: (count, level) =>
    `显著：把全部 ${count} 项检验一并考虑（Holm），配对 t 检验在 ${level} 水平上成立；相同的不作检验。` +
    `± 是单项变化的 ${level} 区间，与变化的单位相同。`,
  noteApart: (count, level) =>
    `显著：把全部 ${count} 项检验一并考虑（Holm），Welch t 检验在 ${level} 水平上成立；相同的不作检验。` +
    `± 是单项变化的 ${level} 区间，与变化的单位相同。`,
  below: (count, share) => `${count} 项小于 ${share} 的变化未列出。`,
  inputs: {
    head: '输入',
    none: '两个场景内容相同',
    counts: (count) => `${count} 处不同`,
    heads: ['', '输入', '之前', '之后', '位置'],
    budgets: '预算改变的是判定，不改变运行。',
  },
  attribution: {
    head: '各项改动的作用',
    nothingMoved: '没有显著变化',
    share: (share, name) => `${share} ${name}`,
    unknown: (name) => `未知：${name}`,
    others: (count) => `另有 ${count} 项`,
    together: (share) => `${share} 仅在共同作用时出现`,
    note: '每项改动都以相同的随机数单独模拟。份额是它单独造成的差异占总差异的比例；若每项改动都已模拟，不足 100 % 的部分仅在共同作用时出现。',
    leftOut: (names) => `未单独模拟：${names}。`,
  },
  only: (side, names) => `仅${side}有：${names}`,
  metric: {
    mean: '均值',
    p50: 'P50',
    p95: 'P95',
    p99: 'P99',
    'p99.9': 'P99.9',
    availability: '可用率',
    good: '有效速率',
    'worst.p50': '最差 P50',
    'worst.p95': '最差 P95',
    'worst.p99': '最差 P99',
    'worst.p99.9': '最差 P99.9',
    'worst.availability': '最差可用率',
    util: '利用率',
    'wait.mean': '平均等待',
    'wait.p99': '等待 P99',
    'sojourn.p99': '逗留 P99',
    headroom: '余量',
  },
};
