/**
 * All text that a reader of a report sees, in English: constants, and functions of numbers and names. A second
 * language is one more object of type `Texts`.
 */
import { ADVICE_TEXT } from './en-advice.ts';
import { ALERTS } from './en-alerts.ts';
import { BUDGETS } from './en-budgets.ts';
import { CAPACITY } from './en-capacity.ts';
import { CHART_TEXTS } from './en-charts.ts';
import { COMPARISON } from './en-comparison.ts';
import { EXPLAIN } from './en-explain.ts';
import { GATE } from './en-gate.ts';
import { GLOSSARY } from './en-glossary.ts';
import { PAGE } from './en-page.ts';
import { REVIEW } from './en-review.ts';
import { STABILITY } from './en-stability.ts';
import { NEXT, TERMINAL } from './en-terminal.ts';
import { MODE, VERDICT } from './en-verdict.ts';
import { SENSITIVITY } from './en-sensitivity.ts';
import { SIZING } from './en-sizing.ts';
import { SHADOW, START_UP } from './en-shadow.ts';
import { metricName, WORDS } from './en-words.ts';

export const EN = {
  language: 'en',
  words: WORDS,
  metricName,
  advice: ADVICE_TEXT,
  alerts: ALERTS,
  budgets: BUDGETS,
  verdict: VERDICT,
  mode: MODE,
  review: REVIEW,
  stability: STABILITY,
  sizing: SIZING,
  next: NEXT,
  terminal: TERMINAL,
  comparison: COMPARISON,
  explain: EXPLAIN,
  gate: GATE,
  capacity: CAPACITY,
  sensitivity: SENSITIVITY,
  charts: CHART_TEXTS,
  page: PAGE,
  shadow: SHADOW,
  startUp: START_UP,
  glossary: GLOSSARY,
};

export type Texts = typeof EN;
