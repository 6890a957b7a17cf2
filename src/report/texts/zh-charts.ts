/** en-charts.ts in Chinese. */
import type { CHART_TEXTS } from './en-charts.ts';

export const ZH_CHARTS: typeof CHART_TEXTS = {
  aborted: '已中止',
  panels: ['每秒请求', '延迟', '已用'],
  traffic: {
    title: (peak, at, shed) =>
      shed === null
        ? `流量在 ${at} 达到峰值 ${peak}；没有请求被拒绝`
        : `流量在 ${at} 达到峰值 ${peak}；最多拒绝 ${shed}`,
    caption: '全站每秒请求，按应到达的时间',
    offered: '到达',
    admitted: '放行',
    completed: '完成',
    shed: '限流拒绝',
    failed: '其他失败',
  },
  latency: {
    title: (metric, request, value, at) => `${request} 的 ${metric} 最差为 ${value}，在 ${at}`,
    noData: (request) => `没有哪个时间窗有足够的 ${request} 有效请求来给出百分位`,
    captionWithBand: (request, isOpen) =>
      `${request} 有效请求的延迟，按应到达的时间，附最高者的区间` +
      (isOpen ? '（画到最高值处的区间没有上限）' : '') +
      '；对数刻度',
    caption: (request) => `${request} 有效请求的延迟，按应到达的时间；对数刻度；样本太少的时间窗留空`,
    unloaded: '空载均值',
    budget: (text) => `预算 ${text}`,
  },
  latencyByRequest: {
    title: (metric, request, value) => `最慢的类别是 ${request}：${metric} 最高 ${value}`,
    caption: (metric) => `各类有效请求的 ${metric}，按应到达的时间；对数刻度；样本太少的时间窗留空`,
  },
  utilization: {
    title: (group, used, at) => `${group} 离极限最近：峰值已用 ${used}，自 ${at}`,
    caption:
      '各层最忙的资源组的利用率：忙碌的服务台时间 / 可用的服务台时间。峰值含有足够的作业，不是偶然；单个点可能高于它',
    noData: '本系统没有会饱和的部分',
  },
  waiting: {
    title: (group, jobs, at) => `${group} 排队的作业最多：${at} 时 ${jobs}`,
    none: '没有作业需要等待',
    caption: '等待的作业，每个时间窗的平均，所有副本合计',
  },
  headroom: {
    title: (group, factor) => `${group} 最先饱和：在峰值的 ${factor}`,
    full: (group) => `${group} 没有余量`,
    caption:
      '各层最紧的资源组在峰值时所用的容量比例；括号内是峰值可增长到的倍数，拒绝请求的限流器之后按计划流量由算术计',
    label: (group, factor) => `${group}（${factor}）`,
    used: (from) => (from === null ? '峰值已用' : `自 ${from}`),
  },
  anatomy: {
    title: (request, layer, time) => `${request} 最慢的 1 % 多耗在 ${layer}：比平均多 ${time}`,
    plain: (request) => `${request} 的时间花在哪里`,
    caption: '一个请求在各层的平均时间：系统中没有其他请求时、P50 与 P99 附近，以及最慢的 1 %',
    unloaded: '空载',
    others: '其他层',
  },
  anatomyKinds: {
    title: (request, kind, time) => `${request} 最慢的 1 % 慢在${kind}：比平均多 ${time}`,
    caption: '一个请求按用途划分的平均时间',
  },
};
