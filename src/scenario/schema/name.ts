/**
 * Names that users give: letters and digits of any script, `-` and `_`, beginning with a letter. They come here in
 * Unicode's composed form (NFC), so that one name cannot be written in two ways.
 */
import * as z from 'zod';
import { refuse } from './quantity.ts';

/** Characters, not UTF-16 units. */
const LENGTH_MAX = 64;

const LETTER = /^\p{L}$/u;
const LETTER_OR_DIGIT = /^[\p{L}\p{N}]$/u;
const OF_NAME = /^[\p{L}\p{M}\p{N}_-]$/u;
const OF_ID = /^[\p{L}\p{M}\p{N}_.-]$/u;
/** Zero-width characters, bidi controls, fillers, variation selectors. */
const INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Zl}\p{Zp}]$/u;

interface Alphabet {
  /** Those in ASCII: told without the tables of Unicode, which take V8 milliseconds to set up. */
  readonly plain: RegExp;
  readonly first: RegExp;
  readonly later: RegExp;
  readonly rule: string;
}

const NAMES: Alphabet = {
  plain: /^[A-Za-z][\w-]*$/,
  first: LETTER,
  later: OF_NAME,
  rule: 'a name has letters, digits, - and _, and begins with a letter',
};
const IDS: Alphabet = {
  plain: /^[A-Za-z0-9][\w.-]*$/,
  first: LETTER_OR_DIGIT,
  later: OF_ID,
  rule: 'an id has letters, digits, -, _ and ., and begins with a letter or a digit',
};

interface Fault {
  readonly message: string;
  readonly help: string;
}

/** What is wrong with a name, or null. */
function faultOf(text: string, { plain, first, later, rule }: Alphabet): Fault | null {
  if (text.length <= LENGTH_MAX && plain.test(text)) return null;
  const characters = Array.from(text);
  const [start] = characters;
  if (start === undefined) return { message: 'an empty name', help: rule };
  const hidden = characters.find((each) => INVISIBLE.test(each));
  if (hidden !== undefined) {
    const code = (hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return { message: `a name with the invisible character U+${code}`, help: 'type the name anew' };
  }
  if (characters.length > LENGTH_MAX)
    return {
      message: `a name of ${characters.length} characters`,
      help: `a name has at most ${LENGTH_MAX}`,
    };
  const malformed = `malformed name ${JSON.stringify(text)}`;
  if (!first.test(start)) return { message: `${malformed}: it begins with ${JSON.stringify(start)}`, help: rule };
  const stranger = characters.find((each) => !later.test(each));
  if (stranger === undefined) return null;
  const shown = stranger === ' ' ? 'a space' : JSON.stringify(stranger);
  const help = `write ${characters.map((each) => (later.test(each) ? each : '-')).join('')}`;
  return { message: `${malformed}: ${shown} cannot stand in a name`, help };
}

/** A target has a name, or two with a dot between them. */
function faultOfTarget(text: string): Fault | null {
  const parts = text.split('.');
  if (parts.length <= 2) return parts.map((part) => faultOf(part, NAMES)).find((each) => each !== null) ?? null;
  return { message: `malformed target ${JSON.stringify(text)}`, help: 'a target is station or station.operation' };
}

/**
 * The same for JSON Schema. Validators do not agree on `\p`, so it leaves out what is no letter instead of naming
 * what is one: of ASCII, Latin-1, and the spaces and punctuation of CJK. Lengths are counted by `maxLength`.
 */
const NO_LETTERS = String.raw`\u007b-\u00a9\u00ab-\u00b1\u2000-\u206f\u3000-\u3004\u3008-\u3020\uff01-\uff0f\uff1a-\uff20\ufeff`;
const NAME_PATTERN =
  String.raw`[^\u0000-\u0040\u005b-\u0060${NO_LETTERS}]` +
  String.raw`[^\u0000-\u002c\u002e\u002f\u003a-\u0040\u005b-\u005e\u0060${NO_LETTERS}]*`;
const ID_PATTERN =
  String.raw`[^\u0000-\u002f\u003a-\u0040\u005b-\u0060${NO_LETTERS}]` +
  String.raw`[^\u0000-\u002c\u002f\u003a-\u0040\u005b-\u005e\u0060${NO_LETTERS}]*`;

function checked(fault: (text: string) => Fault | null, pattern: string, maxLength: number): z.ZodString {
  return z
    .string()
    .superRefine((text, context) => {
      const found = fault(text);
      if (found !== null) refuse(context, text, { code: 'HF108', ...found });
    })
    .meta({ pattern: `^${pattern}$`, maxLength });
}

const NAME = checked((text) => faultOf(text, NAMES), NAME_PATTERN, LENGTH_MAX);
const ID = checked((text) => faultOf(text, IDS), ID_PATTERN, LENGTH_MAX);
const TARGET = checked(faultOfTarget, String.raw`${NAME_PATTERN}(\.${NAME_PATTERN})?`, 2 * LENGTH_MAX + 1);

const documented = (schema: z.ZodString, description: string, example: string): z.ZodString =>
  schema.meta({ ...schema.meta(), description, $example: example });

/** Name of a station, operation, request class, region, phase. */
export function name(description: string, example: string): z.ZodString {
  return documented(NAME, description, example);
}

/** As a name, but with dots, and digits at the start. */
export function id(description: string, example: string): z.ZodString {
  return documented(ID, description, example);
}

/** `station` or `station.operation`. */
export function target(description: string, example: string): z.ZodString {
  return documented(TARGET, description, example);
}

/** A map whose keys are names of the user's own. */
export function byName<S extends z.ZodType>(value: S): z.ZodRecord<z.ZodString, S> {
  return z.record(NAME, value);
}

/** As byName, with at least one entry. */
export function oneOrMore<S extends z.ZodType>(what: string, value: S): z.ZodRecord<z.ZodString, S> {
  return byName(value).superRefine((map, context) => {
    if (Object.keys(map).length > 0) return;
    refuse(context, map, { code: 'HF105', message: `there is no ${what}`, help: 'a scenario has at least one' });
  });
}
