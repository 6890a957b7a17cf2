/** en-gate.ts in Chinese. */
import type { GATE } from './en-gate.ts';

export const ZH_GATE: typeof GATE = {
  outcome: {
    pass: '通过',
    inconclusive: '通过，但不确定',
    regressed: '变差',
    fail: '不通过',
    interrupted: '已停止',
  },
  reason: {
    pass: '必须的预算全部满足，没有一项比基线允许的更差。',
    inconclusive: '有些预算是否满足、是否变差，无法与偶然区分。',
    regressed: '必须的预算全部满足，但有些比基线允许的更差。',
    fail: '有必须的预算未满足，或没有数据。',
    interrupted: '未到终点即被停止：不作判断。',
  },
  passesAlone: '必须的预算全部满足。',
  inconclusiveAlone: '有些预算是否满足，无法与偶然区分。',
  neverEnds: '有队列无止境增长，或扰动结束后站点未恢复：什么都不成立。',
  budgets: '预算',
  counts: ({ broken, worse, warnings, all }) =>
    [
      broken > 0 ? `${broken} 项不通过` : '',
      worse > 0 ? `${worse} 项变差` : '',
      warnings > 0 ? `${warnings} 项警告` : '',
      `${all - broken - worse - warnings} 项通过`,
    ]
      .filter((part) => part !== '')
      .join(' · '),
  replications: (count) => `重复 ${count} 次`,
  seed: (seed) => `种子 ${seed}`,
  against: (kind, name, commit) =>
    kind === 'file' ? `对照 ${name}` : `对照 git:${name}（${(commit ?? '').slice(0, 12)}）`,
  noBaseline: '无基线',
  heads: {
    budget: '预算',
    condition: '条件',
    measured: '测得',
    margin: '裕度',
    base: '基线',
    change: '变化',
    of: '对象',
  },
  worse: '变差',
  change: { accepted: '已接受', new: '新增', unknown: '?' },
  points: (size) => `${size} 个百分点`,
  regressed: (before, after, change, limits) =>
    `比基线差：之前 ${before}，现在 ${after}（${change}）；允许 ${limits}。`,
  limits: (tolerance, floor) => `至多 ${tolerance} 或 ${floor}`,
  unknown: '是否比基线差，无法与偶然区分。',
  acceptedBy: (by, date, reason) => `${date}${by === null ? '' : ` 由 ${by}`} 接受：${reason}`,
  note: {
    'other-version': '基线由另一版本的 hongfeng 得出：变化可能来自工具本身。',
    'other-seeds': '基线的随机数或重复次数不同：无法与偶然区分。',
    'other-span': '基线取的是另一段时间（--until）：无法与偶然区分。',
    'other-slice': '基线模拟的流量份额不同：无法与偶然区分。',
    'ran-away': '基线有队列无止境增长：无从比较。',
    'unreadable-scenario': '此版本无法模拟该提交的场景：改用基线文件。',
  },
  removed: (names) => `基线中有，现已不再判断：${names}`,
  cost: (now) => `每小时 ${now}`,
  costBefore: (before, change) => `（之前 ${before}，${change}）`,
  costHead: '成本',
  nextHead: '下一步',
  why: (id) => `原因：hongfeng explain ${id}`,
  filesHead: '文件',
  moreRows: (count) => `… 另有 ${count} 项，见 check.json`,
  moreProblems: (count) => `另有 ${count} 个问题：见步骤摘要或 check.json`,
  allBudgets: (count) => `预算判断的全部 ${count} 个数值`,
  refused: (file) => `无法模拟 ${file}`,
  left: (count) => `略去 ${count} 行；check.json 有全部`,
};
