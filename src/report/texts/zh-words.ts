/** en-words.ts in Chinese. */
import type { metricName, WORDS } from './en-words.ts';

export const ZH_WORDS: typeof WORDS = {
  between: { sentences: '', clauses: '；', stop: '。' },
  status: {
    holds: '扛得住',
    'thin-margin': '扛得住，但裕度很小',
    'does-not-hold': '扛不住',
    'cannot-say': '无法判定',
    'no-budgets': '未作判定',
  },
  verdict: { pass: '通过', fail: '不通过', warn: '警告', inconclusive: '不确定', 'no-data': '无数据' },
  noData: {
    'no-samples': '没有发生任何事件',
    'few-samples': '样本太少',
    'still-inside': '结束时仍在系统内的请求太多',
    'none-completed': '没有任何请求得到应答',
    aborted: '此前已中止',
  },
  fewSamples: (samples, needed) => `样本太少：${samples} 个，需要 ${needed} 个`,
  breakKind: {
    shedding: '限流器拒绝请求',
    saturated: '饱和',
    'pool-exhausted': '连接池耗尽',
    'room-full': '等候队列已满',
    'timing-out': '调用超时',
  },
  cause: {
    shed: '限流拒绝',
    rejected: '队满拒绝',
    abandoned: '放弃等待',
    timedOut: '超时',
    failed: '失败',
  },
  role: { servers: '服务台', threads: '线程', pool: '连接' },
  state: { stable: '稳定', backlogged: '积压', overloaded: '过载' },
  anatomyOf: { mean: '平均', p50: 'P50 附近', p99: 'P99 附近', slowest: '最慢的 1 %' },
  anatomyPart: { waitNs: '等待', serviceNs: '服务', delayNs: '固定延迟', retryNs: '重试与超时' },
  severity: { error: '错误', warning: '警告', info: '提示' },
  confidence: { assumed: '假设', cited: '引用', measured: '实测' },
  law: {
    'flow-balance': '流量平衡',
    'utilization-law': '利用率定律',
    'littles-law': 'Little 定律',
    'no-negative-stock': '存量不为负',
    'every-request-ended': '每个请求都已结束',
    'time-adds-up': '时间之和相符',
  },
  stop: {
    completed: '运行已完成',
    'drain-limit': '运行结束时仍有请求没有离开',
    runaway: '队列无止境增长，运行被停止',
    aborted: '必须满足的预算被突破，运行被中止',
    interrupted: '运行被中断',
    'time-limit': '运行达到时间限制而停止',
  },
};

const METRIC_NAMES: Readonly<Record<string, string>> = {
  mean: '平均延迟',
  max: '最长延迟',
  errors: '错误占比',
  availability: '可用率',
  shed: '限流拒绝占比',
  timeouts: '超时占比',
  util: '利用率',
  'errors.shed': '限流拒绝占比',
  'errors.rejected': '队满拒绝占比',
  'errors.abandoned': '放弃等待占比',
  'errors.timedOut': '超时占比',
  'errors.failed': '失败占比',
  'errors.perSec': '每秒错误数',
  'queue.max': '最长队列',
  'queue.mean': '平均队列',
  'wait.mean': '平均等待',
  'wait.max': '最长等待',
  'retries.amplification': '每次调用的尝试次数',
  'cost.perHour': '每小时成本',
  'cost.per10k': '每万单成本',
  'slices.good': '达标时间片占比',
};

/** `p99.9` → `P99.9`, `wait.p99` → `等待 P99`; other metrics by name, unknown ones as written. */
export const zhMetricName: typeof metricName = (metric) => {
  const wait = /^wait\.(p[\d.]+)$/.exec(metric)?.[1];
  if (wait !== undefined) return `等待 ${wait.toUpperCase()}`;
  return /^p[\d.]+$/.test(metric) ? metric.toUpperCase() : (METRIC_NAMES[metric] ?? metric);
};
