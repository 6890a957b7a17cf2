/** en-terminal.ts in Chinese. */
import type { NEXT, TERMINAL } from './en-terminal.ts';

export const ZH_TERMINAL: typeof TERMINAL = {
  budgets: '预算',
  budgetCounts: (fail, warn, noData, unclear, pass) =>
    [
      fail > 0 ? `${fail} 项不通过` : '',
      noData > 0 ? `${noData} 项无数据` : '',
      unclear > 0 ? `${unclear} 项不确定` : '',
      warn > 0 ? `${warn} 项警告` : '',
      `${pass} 项通过`,
    ]
      .filter((part) => part !== '')
      .join(' · '),
  more: (count) => `… 另有 ${count} 项，见 report.html`,
  alike: (count, tightest) => (tightest === null ? `${count} 个对象` : `${tightest} 及另外 ${count - 1} 个`),
  tightestShown: '同类对象只列出最紧的一个；report.html 列出全部。',
  inconclusive: '?：不确定，区间跨过限值；所示结论依据测得值。',
  budgetHeads: ['', '预算', '条件', '测得', '裕度', '对象'],
  withinModeError: (budgets) => `与限值之差小于抽稀或抽样的误差：${budgets}；--mode exact 可以分辨。`,
  breaksFirst: '最先失守',
  atOffered: (rate) => `到达 ${rate}`,
  requests: '请求',
  requestsNote: '整个运行；有效请求的延迟',
  requestHeads: ['类别', '到达', '有效', '可用率', '均值', 'P50', 'P95', 'P99', '空载'],
  good: '有效',
  mean: '均值',
  p99: 'P99',
  spread: '±',
  inSome: (count, of) => `${of} 次运行中有 ${count} 次`,
  fewSamples: '– (n)：n 个样本不足以给出该百分位；须有十个样本在它之上。',
  open: '+∞：区间没有上端；P99 之上的样本太少，无法说明它可能有多高。',
  lost: '损失',
  lostNote: '占到达的比例，按原因；整个运行',
  lostHeads: ['类别', '原因', '占比', '±'],
  layers: '各层',
  layersNote: '各层最忙的资源组；整个运行',
  layerHeads: ['层', '最忙的组', '峰值', '平均', '等待 P99', '排队', '拒绝'],
  cost: '成本',
  costLine: (perHour, duringRun) => `每小时 ${perHour}；本次运行 ${duringRun}`,
  costWithout: (names) => `不含：${names}（没有给出价格）`,
  costOrders: (per10k, orders) => `每万单 ${per10k}（${orders} 单）`,
  mode: '方法',
  next: '下一步',
  files: '文件',
};

export const ZH_NEXT: typeof NEXT = {
  raiseLimit: (limiter, capacity, asked) =>
    `提高 ${limiter} 的限值或增加副本：它放行 ${capacity}，峰值需要 ${asked}。`,
  addServers: (group, layer, used) =>
    `为 ${group}（${layer} 层）增加容量，或减少它的工作：饱和时已用 ${used}。`,
  letItRun: (warmUp) => `让运行越过 ${warmUp} 的预热，或缩短 clock.warmUp。`,
  relieve: (group) => `为 ${group} 增加容量，或减少它的工作：仅预热的流量已经过多。`,
  enlargePool: (group) => `扩大 ${group}，或缩短占用连接的时间。`,
  enlargeRoom: (group) => `加快 ${group} 的服务；更大的等候队列只会转移等待。`,
  lookBehind: (call) => `查明 ${call} 在等什么：见“最先失守”的后续各行，以及最慢的 1 %。`,
  outOfReach: (id, text, most) =>
    `${id}：系统中没有其他请求时 ${text} 也不满足。扩容无济于事：请缩短路径` +
    (most === null ? '。' : `；其中最多的是 ${most.layer}，平均 ${most.of} 中占 ${most.time}。`),
  bringTraffic: (count) => `让请求到达 ${count} 项预算所指的对象：那里没有发生任何事件。`,
  moreSamples: (count) => `延长模拟，或降低 minSamples：${count} 项预算样本太少。`,
  answerRequests: (count) => `增加容量，或查明什么拖住或中断了请求：得不到应答，${count} 项预算就无法判定。`,
  withoutAbort: (count, id) => `去掉 ${id} 的 abort 以查看其余部分：${count} 项预算至今没有数据。`,
  runToEnd: (count) => `让运行到达终点：${count} 项预算至今没有数据。`,
  declareBudgets: '在场景中声明预算，运行才能判定是否扛得住。',
  measure: (count) => `测量仅为假设的输入（${count} 项）：报告的假设台账把它们列在最前。`,
  growth: (group, factor) => `流量增长到本次峰值的 ${factor} 之前，请扩大 ${group}。`,
};
