/** en-budgets.ts in Chinese. */
import type { BUDGETS } from './en-budgets.ts';

const ofPhase = (within: string | null): string => (within === null ? '' : `${within} 期间`);

export const ZH_BUDGETS: typeof BUDGETS = {
  label: (window) => {
    switch (window.kind) {
      case 'all':
        return null;
      case 'phase':
        return window.phase;
      case 'after':
        return `${window.phase} 之后`;
      case 'range':
        return `${window.from} 至 ${window.to}`;
      case 'worst':
        return `${ofPhase(window.within)}最差的 ${window.length}`;
      case 'slices':
        return `${ofPhase(window.within)}${window.length} 时间片的 ${window.good}`;
    }
  },
  during: (window) => {
    switch (window.kind) {
      case 'all':
        return '整个运行中';
      case 'phase':
        return `${window.phase} 期间`;
      case 'after':
        return `${window.phase} 之后`;
      case 'range':
        return `${window.from} 至 ${window.to} `;
      case 'worst':
        return `${ofPhase(window.within)}最差的 ${window.length} 内`;
      case 'slices':
        return `${ofPhase(window.within)}以 ${window.length} 为时间片，`;
    }
  },
  countsAs: { pass: '按通过计', fail: '按不通过计', warn: '按警告计' },
  doubt: (interval) => `区间 ${interval} 跨过限值`,
  withinModeError: (error) => `与限值之差小于抽稀或抽样的误差（±${error}）：--mode exact 可以分辨`,
  burn: {
    head: '错误预算',
    title: '错误预算',
    caption: '本次活动对允许损失的请求的消耗，按应到达的时间',
    heads: {
      burnt: '已消耗',
      budget: '预算',
      condition: '条件',
      lost: '损失',
      allowed: '允许损失',
      half: '耗去一半于',
      all: '耗尽于',
      of: '对象',
    },
    burnt: (burnt, half, all) =>
      `已消耗 ${burnt}${half === null ? '' : `，${half} 耗去一半`}${all === null ? '' : `，${all} 耗尽`}`,
    sentence: (burnt, half, all) =>
      `错误预算已消耗 ${burnt}${half === null ? '' : `，${half} 耗去一半`}${all === null ? '' : `，${all} 耗尽`}。`,
  },
  owner: (owner) => `负责人：${owner}。`,
  runbook: (runbook) => `处置手册：${runbook}`,
};
