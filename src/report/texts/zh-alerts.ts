/** en-alerts.ts in Chinese. */
import type { ALERTS } from './en-alerts.ts';

export const ZH_ALERTS: typeof ALERTS = {
  head: '告警',
  title: '告警',
  caption: '监控规则在模拟的时间线上何时触发',
  heads: { alert: '告警', severity: '级别', fires: '触发', when: '条件', of: '对象', why: '原因' },
  rule: (when, over, held) => `${over} 内 ${when}${held === null ? '' : `，持续 ${held}`}`,
  and: ' 与 ',
  never: '从不',
  fired: (at) => at,
  inSome: (at, count, of) => `${at}，${of} 次运行中有 ${count} 次`,
  times: (count) => `${count} 次`,
  pending: (at) => `自 ${at} 成立`,
  resolved: (at) => `至 ${at}`,
  lasting: '直到结束',
};
