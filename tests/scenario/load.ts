import { loadScenario, type Loaded } from '../../src/compile/load.ts';
import type { Scenario } from '../../src/scenario/types.ts';
import { CATALOGUE } from './shipped.ts';

const HEAD = 'scenario: site\nclock: { lasts: 10s }\n';
const TRAFFIC = 'traffic: { rate: 100/s }\n';
const DESK = 'stations: { desk: { servers: 1, service: 5ms } }\n';
const VIEW = 'requests: { view: { path: [desk] } }\n';

/** A sound scenario whose sections the given text replaces, by their first word. */
export function siteText(text: string): string {
  const sections = { clock: HEAD, traffic: TRAFFIC, stations: DESK, requests: VIEW };
  const kept = Object.entries(sections).filter(([word]) => !new RegExp(`^${word}:`, 'm').test(text));
  const isLayered = /^layers:/m.test(text);
  const parts = kept.filter(([word]) => word !== 'stations' || !isLayered).map(([, section]) => section);
  const head = text.includes('clock:') ? 'scenario: site\n' : '';
  return head + parts.join('') + text;
}

export function load(text: string, overrides: readonly string[] = []): Loaded {
  return loadScenario({
    file: 'site.yaml',
    text,
    catalogue: CATALOGUE,
    overrides: overrides.map((each) => {
      const at = each.indexOf('=');
      return { path: each.slice(0, at), value: each.slice(at + 1) };
    }),
  });
}

/** `code line:col` of every diagnostic of a site with these sections. */
export function codes(text: string): string[] {
  return load(siteText(text)).diagnostics.map(({ code }) => code);
}

/** The scenario; fails with what is wrong with it. */
export function sound(text: string, overrides: readonly string[] = []): Scenario {
  const { scenario, diagnostics } = load(siteText(text), overrides);
  if (scenario === null)
    throw new Error(diagnostics.map(({ code, line, message }) => `${code} ${line}: ${message}`).join('\n'));
  return scenario;
}
