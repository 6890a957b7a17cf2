/** en-stability.ts in Chinese. */
import type { RecoveryFinding } from '../../analysis/findings.ts';
import type { RecoveryPhrase, STABILITY } from './en-stability.ts';

const BECAUSE: Readonly<Record<NonNullable<RecoveryFinding['because']>, string>> = {
  'nothing-before': '之前没有平静的时段可供比较',
  'bad-before': '之前的状况也不好',
  'too-short': '之后剩下的运行太短',
  'cut-short': '运行被停止',
};

function outcome(
  { status, because, judgedBy }: Pick<RecoveryFinding, 'status' | 'because' | 'judgedBy'>,
  phrase: RecoveryPhrase,
): string {
  const again = judgedBy === 'budgets' ? '预算重新得到满足' : '一切恢复如前';
  const good = `结束时有效 ${phrase.goodAfter}，之前 ${phrase.goodBefore}`;
  const load = `到达 ${phrase.offeredAfter}，之前 ${phrase.offeredBefore}`;
  switch (status) {
    case 'recovered':
      return phrase.after === null
        ? `一结束${again}。`
        : `${phrase.others === null ? '结束' : '最后一个结束'}后 ${phrase.after}（${phrase.known}）${again}。`;
    case 'recovering':
      return phrase.drain === null
        ? `到终点尚未恢复，但在好转（${good}）。`
        : `到终点尚未恢复；按现在的速度，队列还需 ${phrase.drain}。`;
    case 'metastable':
      return `再未恢复（${good}），尽管负载已回到原来的水平（${load}）：亚稳态，故障自我维持。`;
    case 'overloaded':
      return `再未恢复（${good}）；负载（${load}）或之前的队列可以解释。`;
    case 'unknown':
      return `说不出是否恢复：${because === null ? '' : BECAUSE[because]}。`;
  }
}

const LOAD: (typeof STABILITY)['load'] = {
  safe: '不受重试之害',
  vulnerable: '脆弱，重试可使过载持续',
  overloaded: '没有重试也过载',
};

export const ZH_STABILITY: typeof STABILITY = {
  title: '稳定与恢复',
  short: '稳定性',
  question: '跟得上吗？出事之后恢复得了吗？',
  run: ({ verdict }, since, drained) => {
    switch (verdict) {
      case 'stable':
        return '每个队列都跟得上。';
      case 'backlogged':
        return drained === null
          ? `队列从 ${since} 起增长，到终点仍在排空。`
          : `队列从 ${since} 起增长，到 ${drained} 排空。`;
      case 'overloaded':
        return `从 ${since} 起过载，直到终点。`;
      case 'metastable':
        return `自 ${since} 的扰动起再未恢复，尽管扰动已经过去。`;
    }
  },
  recovery: (finding, phrase) =>
    `${phrase.name}（${phrase.from} 起 ${phrase.length}，${phrase.stations} 只剩 ${phrase.left}）：${phrase.others === null ? '' : `连同 ${phrase.others}，`}${outcome(finding, phrase)}`,
  windows: (length) => `时间窗 ${length}`,
  retryLoad: ({ status }, phrase) =>
    `${phrase.group}：隐藏容量 ${phrase.hidden}（${phrase.capacity} ÷ ${phrase.attempts} 次尝试），峰值 ${phrase.offered}：${LOAD[status]}。`,
  inSome: (count, of) => `（${of} 次重复中有 ${count} 次如此，取其最差。）`,
  loadsTitle: '重试下的隐藏容量',
  loadHeads: {
    group: '资源组',
    layer: '层',
    attempts: '尝试次数',
    capacity: '容量',
    hidden: '隐藏容量',
    offered: '峰值时的首次尝试',
    status: '因此',
  },
  load: LOAD,
  boundRetries: (group, hidden) => `给到达 ${group} 的调用设重试预算，或使其负载低于 ${hidden}。`,
};
