/** en-sensitivity.ts in Chinese. */
import type { SENSITIVITY } from './en-sensitivity.ts';

export const ZH_SENSITIVITY: typeof SENSITIVITY = {
  how: (replications, step) =>
    `每个假设输入各减少和增加 ${step}，每个重复 ${replications} 次，使用相同的随机数`,
  base: (requests, factor, group) =>
    `原值：P99 ${requests}${factor === null ? '' : `；余量 ${factor}（${group ?? ''}）`}`,
  stopped: '在模拟完全部输入之前被停止。',
  head: '哪个假设最重要',
  headNote: '影响最大者在前',
  nothing: '没有仅凭假设的输入，或其中没有可缩放的',
  heads: ['输入', '原值', 'P99 −', 'P99 +', '余量 −', '余量 +'],
  note: '−：减少该输入；+：增加。P99：变化最大的请求类，占原值的份额。≈：偶然即可造成；=：完全相同；–：该值无效或未模拟。',
  leftOut: '未模拟',
};
