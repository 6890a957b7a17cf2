/** Every code a scenario can be answered with: what it means, and whether the scenario may run all the same. */
import type { Severity } from '../base/diagnostics.ts';

interface Meaning {
  readonly severity: Severity;
  readonly title: string;
}

const error = (title: string): Meaning => ({ severity: 'error', title });
const warning = (title: string): Meaning => ({ severity: 'warning', title });

export const CODES = {
  // Files and YAML.
  HF001: error('the file is empty'),
  HF002: error('the file is not UTF-8 text'),
  HF003: error('the file is too large'),
  HF004: error('the YAML cannot be read'),
  HF005: error('the same key twice'),
  HF006: error('too many nodes after aliases are followed, or nested too deeply'),
  HF007: error('a tag or directive that scenarios do not use'),
  HF008: error('a key that is no plain name'),
  HF009: error('an override (PATH=VALUE) that leads nowhere'),
  HF010: warning('more mistakes than are listed'),
  // Shape.
  HF101: error('unknown key'),
  HF102: error('missing key'),
  HF103: error('wrong kind of value'),
  HF104: error('value not among the allowed ones'),
  HF105: error('a list, map or text that is too short or too long'),
  HF106: error('none of the possible forms'),
  HF107: error('not supported yet'),
  HF108: error('malformed name'),
  // Quantities.
  HF201: error('malformed quantity, or one without a unit'),
  HF202: error('quantity out of bounds'),
  HF203: error('values that contradict each other'),
  HF204: warning('value outside the plausible range'),
  HF205: error('malformed budget expression'),
  // References.
  HF301: error('unknown target of a call or path'),
  HF302: error('calls in a circle'),
  HF303: warning('nothing ever reaches it'),
  HF304: error('the same id twice'),
  HF305: error('shares that do not sum to 100 %'),
  HF306: error('unknown request class'),
  HF307: error('unknown host type'),
  HF308: error('unknown region'),
  HF309: error('unknown target of a budget'),
  HF310: error('unknown phase'),
  HF311: error('a metric its target does not have'),
  HF312: error('a step that has nothing to run on'),
  HF313: warning('a setting without effect'),
  HF314: warning('a request class that never arrives'),
  HF315: error('calls nested too deeply, or a request of too many steps'),
  HF316: error('a time line of too many windows'),
  HF317: error('a reserved name'),
  HF318: error('unknown target of a disturbance'),
  HF319: error('a disturbance of what has no servers'),
  HF320: error('two disturbances of one station at once'),
  HF321: error('a stretch of time that is no whole windows of the time line'),
  HF322: error('a measure that is not kept for this stretch of time'),
  HF323: error('a cost without prices in its currency, or without orders'),
  HF324: error('a stretch of time that the run does not have'),
  // Catalogue.
  HF401: error('unknown kind of layer'),
  HF402: error('a preset without a value it needs'),
  HF403: error('a fault in the catalogue itself'),
} as const satisfies Record<string, Meaning>;

export type Code = keyof typeof CODES;
