/** All text that a reader of a report sees, in Chinese. Terms as in docs/glossary.md. */
import type { Texts } from './en.ts';
import { ZH_ADVICE_TEXT } from './zh-advice.ts';
import { ZH_ALERTS } from './zh-alerts.ts';
import { ZH_BUDGETS } from './zh-budgets.ts';
import { ZH_CAPACITY } from './zh-capacity.ts';
import { ZH_CHARTS } from './zh-charts.ts';
import { ZH_COMPARISON } from './zh-comparison.ts';
import { ZH_EXPLAIN } from './zh-explain.ts';
import { ZH_GATE } from './zh-gate.ts';
import { ZH_GLOSSARY } from './zh-glossary.ts';
import { ZH_PAGE } from './zh-page.ts';
import { ZH_REVIEW } from './zh-review.ts';
import { ZH_SENSITIVITY } from './zh-sensitivity.ts';
import { ZH_SIZING } from './zh-sizing.ts';
import { ZH_SHADOW, ZH_START_UP } from './zh-shadow.ts';
import { ZH_STABILITY } from './zh-stability.ts';
import { ZH_NEXT, ZH_TERMINAL } from './zh-terminal.ts';
import { ZH_MODE, ZH_VERDICT } from './zh-verdict.ts';
import { ZH_WORDS, zhMetricName } from './zh-words.ts';

export const ZH: Texts = {
  language: 'zh',
  words: ZH_WORDS,
  metricName: zhMetricName,
  advice: ZH_ADVICE_TEXT,
  alerts: ZH_ALERTS,
  budgets: ZH_BUDGETS,
  verdict: ZH_VERDICT,
  mode: ZH_MODE,
  review: ZH_REVIEW,
  stability: ZH_STABILITY,
  sizing: ZH_SIZING,
  next: ZH_NEXT,
  terminal: ZH_TERMINAL,
  comparison: ZH_COMPARISON,
  explain: ZH_EXPLAIN,
  gate: ZH_GATE,
  capacity: ZH_CAPACITY,
  sensitivity: ZH_SENSITIVITY,
  charts: ZH_CHARTS,
  page: ZH_PAGE,
  shadow: ZH_SHADOW,
  startUp: ZH_START_UP,
  glossary: ZH_GLOSSARY,
};
