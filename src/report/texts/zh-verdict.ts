/** en-verdict.ts in Chinese. */
import type { ModeFinding } from '../../analysis/findings.ts';
import type { BudgetPhrase, MODE, VERDICT } from './en-verdict.ts';
import { ZH_BUDGETS } from './zh-budgets.ts';
import { ZH_WORDS, zhMetricName } from './zh-words.ts';

function subjectOf({ metric, target, window }: BudgetPhrase): string {
  const of = target === '*' ? '全部请求' : ` ${target} `;
  return `${ZH_BUDGETS.during(window)}${of}的 ${zhMetricName(metric)}`.replace(/的 (?=[一-鿿])/, '的');
}

const margin: (typeof VERDICT)['margin'] = ({ margin: size, isBroken, isUpperLimit, lossUsed }) => {
  if (size === null) return '';
  if (!isBroken) return lossUsed === null ? `裕度 ${size}` : `允许损失的部分还剩 ${size}`;
  if (lossUsed !== null) return `是允许损失的 ${lossUsed}`;
  return isUpperLimit ? `超出 ${size}` : `差 ${size}`;
};

export const ZH_VERDICT: typeof VERDICT = {
  budget: (phrase) => {
    const { value, op, limit, doubt } = phrase;
    const distance = phrase.margin === null ? '' : `（${margin(phrase)}）`;
    const unsure = doubt === null ? '' : `；${ZH_BUDGETS.doubt(doubt)}`;
    return `${subjectOf(phrase)}为 ${value}，限值 ${op} ${limit}${distance}${unsure}。`;
  },
  margin,
  broke: ({ kind, name, at, offered, value, shed, admits }) => {
    switch (kind) {
      case 'shedding':
        return (
          `${name} 从 ${at} 起拒绝请求，当时到达 ${offered}` +
          (admits === null ? '' : `（它放行 ${admits}，突发额度用到此时）`) +
          (shed === null ? '' : `；${shed.phase === null ? '共' : `${shed.phase} 期间`}拒绝 ${shed.share}`)
        );
      case 'saturated':
        return `${name} 在 ${at} 饱和，当时到达 ${offered}（已用 ${value}）`;
      case 'pool-exhausted':
        return `${name} 从 ${at} 起没有空闲连接，当时到达 ${offered}`;
      case 'room-full':
        return `${name} 的等候队列从 ${at} 起已满，当时到达 ${offered}`;
      case 'timing-out':
        return `对 ${name} 的调用从 ${at} 起超时，当时到达 ${offered}`;
    }
  },
  reason: {
    holds: (count) => `${count} 项必须满足的预算全部满足。`,
    'thin-margin': (count) => `${count} 项必须满足的预算全部满足，但余地很小。`,
    'does-not-hold': (count) => `${count} 项必须满足的预算被突破。`,
    'cannot-say': () => '运行的数据不足以判定每一项必须满足的预算。',
    'no-budgets': () => '场景没有声明预算，因此“扛得住”没有定义。',
  },
  runawayHolds: '有队列无止境增长，因此什么都扛不住。',
  metastableHolds: '扰动已经过去，系统却没有恢复（亚稳态），因此什么都扛不住。',
  metastable: '扰动已经过去，负载也已回落，系统却没有恢复：亚稳态。',
  stoppedEarly: '运行提前停止，不能断言预算得到满足。',
  deciding: (status, sentence) =>
    status === 'does-not-hold' || status === 'cannot-say' ? sentence : `离限值最近：${sentence}`,
  noData: (phrase, because, { samples, needed, hasValue }) => {
    const subject = subjectOf(phrase);
    switch (because) {
      case 'no-samples':
        return `${subject}没有值：那里没有发生任何事件。`;
      case 'few-samples':
        return hasValue
          ? `${subject}为 ${phrase.value}，但 ${samples} 个样本不足以判定，需要 ${needed} 个。`
          : `${subject}没有值：只有 ${samples} 个样本，需要 ${needed} 个。`;
      case 'still-inside':
        return `按已结束的请求，${subject}为 ${phrase.value}，但仍在系统内的请求足以突破它。`;
      case 'none-completed':
        return `${subject}为 ${phrase.value}，但没有任何请求得到应答。`;
      case 'aborted':
        return `${subject}无法得知：运行在此之前已中止。`;
    }
  },
  firstBreak: (sentence, inSome) => `最先失守：${sentence}${inSome === null ? '' : `（${inSome}）`}。`,
  nothingBroke: '没有任何部分达到极限。',
  tightest: (group, used, factor) =>
    `流量若增长，${group} 最先饱和：在本次峰值的 ${factor}（现已用 ${used}）。`,
  alreadyFull: (group, used) => `${group} 在峰值时没有余量：已用 ${used}。`,
  good: (offered, share, runs) =>
    `${offered} 个请求${runs === 1 ? '' : '（各次重复的均值）'}中 ${share} 得到有效应答。`,
  noRequests: '没有请求到达。',
  truncated: (reason, at) => `不是完整的运行：${at} ${ZH_WORDS.stop[reason]}。以下内容不涉及此后的时间。`,
  aborted: (phrase, at, isShare) =>
    `运行在 ${at} 因预算 ${phrase.id} 中止：${subjectOf(phrase)}当时在第一次重复中已达 ${phrase.value}${isShare ? '（即使系统内的请求全部成功）' : ''}，限值 ${phrase.op} ${phrase.limit}。`,
  upToThere: '以下内容不涉及此后的时间。',
  drainLimit: (censored) => `结束时仍有 ${censored} 个请求在系统内，按无效计。`,
  stoppedInWarmUp: (reason) => `在预热阶段停止：${ZH_WORDS.stop[reason]}。没有测得任何数据。`,
  nothingMeasured: '运行在预热阶段停止，还没有测得任何数据。',
  runaway: (group, since, waiting) =>
    `${group} 的队列从 ${since ?? '预热阶段'} 起无止境增长；停止时有 ${waiting} 个作业在等待。`,
  brokenLaws: (count) =>
    `本次运行有 ${count} 项自检未通过。这是模拟器的缺陷：请不要依赖这些数字，并请附上场景和种子报告问题。`,
};

const CHOICE: Readonly<Record<ModeFinding['choice'], string>> = {
  auto: '（按预计的事件数选定）。',
  asked: '（按要求）。',
  'nothing-to-leave-out': '（要求按时间抽样，但没有哪一分钟允许这样做）。',
};

export const ZH_MODE: typeof MODE = {
  line: (mode, slice, choice) =>
    (mode === 'exact'
      ? '精确：模拟了每一个请求'
      : mode === 'sampled'
        ? `按时间抽样${slice === '1' ? '' : `，并取 1/${slice} 切片`}`
        : `1/${slice} 切片：每个模拟的请求代表 ${slice} 个`) + CHOICE[choice],
  predicted: (exact, target) => `模拟每一个请求预计需要 ${exact} 个事件；超过 ${target} 个时稀释流量。`,
  obstacle: (slice, reason) => `不能稀释到 1/${slice}（诊断：${reason}）。`,
  error: (p50, p95, p99) =>
    `这种切片的误差（测得或估计，最坏情况）：P50 ${p50}，P95 ${p95}，P99 ${p99}；与精确运行的对照见 docs/modes.md。`,
  noError: '这种切片没有测得的误差。',
  sampled: (measured, period, weight, ratio, contiguous) =>
    `平稳时段每 ${period} 测量 ${measured}，按 ${weight} 倍计；总时间的 ${ratio} 被测量，其中 ${contiguous} 是连续的。` +
    '图中未测量之处留空。',
  samplingError: (p50, p95, p99) =>
    `这种抽样测得的分钟级百分位误差（中位数）：P50 ${p50}，P95 ${p95}，P99 ${p99}（docs/modes.md）。`,
  extended: (count, unseen, replications) =>
    replications === 1
      ? `未预见的积压使测量延长了 ${count} 次；此前的 ${unseen} 没有代表。`
      : `未预见的积压使测量在每次重复中平均延长 ${count} 次；其中此前的 ${unseen} 没有代表。`,
  doubtful: (minutes, spans, more) =>
    `${minutes} 分钟的百分位不可靠（部分抽样，或慢请求约占 1 %）：${spans}${more === 0 ? '' : `，另有 ${more} 段`}。`,
  oneRun: '只用一个种子运行了一次，没有置信区间；用 --reps 5 可得到。',
  replications: (count, level) => `独立重复 ${count} 次，种子各不相同；区间以 ${level} 的置信度包含真值。`,
  fewer: {
    interrupted: (done, asked) =>
      done >= asked ? '运行被中断。' : `运行被中断：完成 ${done} / ${asked} 次重复。`,
    'time-limit': (done, asked) =>
      done >= asked ? '达到了时间限制。' : `达到了时间限制：完成 ${done} / ${asked} 次重复。`,
  },
  ranAway: ({ count, of }) =>
    `${of} 次重复中有 ${count} 次失控：队列无止境增长。` +
    (count === 1 ? '只显示这一次。' : '只显示其中第一次。'),
  nothingToMeasure: '没有测得响应时间，因此谈不上精度。',
  precise: (target, widest, width) =>
    `所判定的响应时间都精确到 ±${target}，最宽的（${widest}）为 ±${width}。`,
  noMoreAllowed: (replicationsMax) => `受重复次数限制：至多 ${replicationsMax} 次（--max-reps）。`,
  noMemoryForMore: (replicationsMax) =>
    `受内存限制：内存只容得下此场景的 ${replicationsMax} 次重复。加长时间窗（clock.window）可容纳更多。`,
  imprecise: (target, count, of, { measure, width }) =>
    `未达到要求的精度：${of} 个响应时间中有 ${count} 个没有精确到 ±${target}；最宽的（${measure}）` +
    (width === null ? '没有区间，或区间没有上限。' : `为 ±${width}。`),
};
