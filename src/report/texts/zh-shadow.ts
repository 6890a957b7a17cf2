/** en-shadow.ts in Chinese. */
import type { SHADOW, START_UP } from './en-shadow.ts';

export const ZH_START_UP: typeof START_UP = {
  refusal: {
    'inputs-vary': '没有模拟预热，且流量或服务台的速度随时间变化：没有规则能说明哪一部分是启动过程。',
    'cut-short': '没有模拟预热，且运行没有到达终点：无法判断启动过程。',
    'few-windows': '没有模拟预热，且时间窗太少或太空，说不出启动过程到哪里结束。',
    saturated: '没有模拟预热，且有队列一直增长到终点：运行从未进入常态。',
  },
  notTrusted: () => '没有模拟预热，且 MSER-5 在前一半中找不到启动过程的终点：请延长模拟。',
  none: '没有模拟预热，且 MSER-5 没有发现需要截去的启动过程。',
  cut: (time, biases) => `没有模拟预热：MSER-5 会截去最初的 ${time}；它使${biases.join('、')}。`,
  pilot: {
    notTrusted: (warmUp) =>
      `单独的试运行太短，说不出启动过程到哪里结束（MSER-5）；${warmUp} 的预热是猜测：请给出 clock.warmUp，或延长模拟。`,
    saturated: (warmUp) =>
      `试运行中有队列一直增长到终点，没有规则能说明启动过程到哪里结束；${warmUp} 的预热是默认值。`,
    none: '按单独的试运行，没有需要截去的启动过程（MSER-5），因此没有模拟预热。',
    cut: (time, biases) =>
      `${time} 的预热是 MSER-5 在单独的试运行中截去的长度；没有它，启动过程会使${biases.join('、')}。`,
  },
  response: '平均响应时间',
  utilization: (group) => ` ${group} 的利用率`,
  bias: (what, relative, error) => `${what}变化 ${relative}${error === null ? '' : `（标准误 ${error}）`}`,
};

export const ZH_SHADOW: typeof SHADOW = {
  head: '理论',
  quantity: {
    utilizationRatio: '利用率',
    busyServers: '忙碌的服务台',
    waitNsMean: '平均等待',
    waitNsP95: '等待 P95',
    waitNsP99: '等待 P99',
    waitedRatio: '等待的占比',
    rejectedRatio: '拒绝的占比',
  },
  reason: {
    'not-visited': () => '没有请求到这里来',
    'traffic-not-open': (of) => `${of} 来自封闭用户群或跟踪记录`,
    'rate-varies': (of) => `${of} 的速率、构成或地区在此期间变化`,
    disturbed: (of) => `${of} 的扰动波及这里`,
    noise: (of) => `${of} 的流量带有噪声`,
    'process-not-poisson': (of) => `${of} 不是泊松到达`,
    'may-fail': (of) => `${of} 的途中有步骤会随机失败`,
    'visited-again': (of) => `${of} 可能来不止一次`,
    'behind-a-join': () => '位于可能等待的并行分支的汇合之后',
    'copies-meet': (of) => `同一个 ${of} 的副本可能在这里或途中相遇`,
    'behind-a-queue': (of) => `离开 ${of} 的流不一定是泊松流`,
    feedback: (of) => `请求经由 ${of} 返回`,
    balancer: () => '均衡器不是独立地选择副本',
    'background-visits': () => '此切片中背景访问随自身的访问而来',
    'cut-short': () => '运行没有到达这段时间的终点',
    'waited-on-the-way': (of) => `请求在途中等待过 ${of}`,
    'lost-on-the-way': (of) => `有作业在 ${of} 被拒绝或放弃`,
    shed: (of) => `${of} 在前面拒绝了请求`,
    'call-repeated': (of) => `调用 ${of} 有超时、失败或重复`,
    saturated: () => '到达量达到或超过容量：没有稳态',
    'not-settled': () => '太短，来不及忘记起始状态',
    'no-formula': () => '对这样的服务台和服务时间没有已知的闭式解',
  },
  summary: (checked, waits, groups) =>
    checked === 0
      ? `${groups} 个服务站都不能用闭式解核对`
      : `${groups} 个服务站中 ${checked} 个可用闭式解核对，其中 ${waits} 个连同等待时间`,
  largest: (size, group, quantity, during) =>
    `最大差异 ${size} 个标准误（${[group, quantity, during].filter((part) => part !== null).join('，')}）`,
  noError: '时间窗太少，算不出标准误',
  alarm: (count, group, quantity, size) =>
    `${count} 个模拟值与理论相差过大，不可能是偶然（${group}：${quantity}相差 ${size} 个标准误）。` +
    '闭式解与模拟不可能都对：请报告此问题。',
  title: (rows) => `理论与模拟对照：${rows} 个值`,
  more: (count) => `… 另有 ${count} 个差异更小的值，见 result.json。`,
  note: (replications) =>
    (replications > 1
      ? '模拟值是各次重复的平均，标准误是该平均的标准误。'
      : '标准误是模拟值的标准误，用批均值法；单次运行的百分位没有标准误。') +
    'G/G/c 只用利用率定律：无论到达次序如何，带来的工作等于完成的工作。',
  heads: {
    group: '服务站',
    phase: '时段',
    formula: '闭式解',
    quantity: '量',
    theory: '理论',
    simulated: '模拟',
    error: '标准误',
    batches: (replications) => (replications > 1 ? '重复次数' : '批数'),
    difference: '相差的标准误数',
  },
  suspicious: '不可能是偶然',
  whyNot: (count) => `没有闭式解的等待时间：${count}`,
  whyNotHeads: { group: '服务站', phase: '时段', reason: '原因' },
};
