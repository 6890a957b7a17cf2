/** A strict reader of the XML that a document without declarations may be: throws where it is not well-formed. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

// What XML 1.0 cannot hold at all.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/u;

export function readXml(xml: string): Element {
  if (FORBIDDEN.test(xml)) throw new Error('a character that XML cannot hold');
  const prolog = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!xml.startsWith(prolog)) throw new Error('no prolog');
  const reader = { at: prolog.length };
  const root = readElement(xml, reader);
  if (xml.slice(reader.at).trim() !== '') throw new Error('something behind the root');
  return root;
}

function readElement(xml: string, reader: { at: number }): Element {
  const open = /<([a-z-]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>/y;
  open.lastIndex = reader.at;
  const [whole, name = '', list = '', empty] = open.exec(xml) ?? fail(xml, reader);
  reader.at += whole.length;
  const attributes: Record<string, string> = {};
  for (const [, key = '', value = ''] of list.matchAll(/([a-z]+)="([^"]*)"/g)) {
    if (key in attributes) throw new Error(`${key} twice`);
    attributes[key] = decode(value);
  }
  const children: Element[] = [];
  let text = '';
  if (empty === '/') return { name, attributes, children, text };
  for (;;) {
    const next = xml.indexOf('<', reader.at);
    if (next < 0) fail(xml, reader);
    text += decode(xml.slice(reader.at, next));
    reader.at = next;
    const close = `</${name}>`;
    if (xml.startsWith(close, next)) {
      reader.at += close.length;
      return { name, attributes, children, text };
    }
    children.push(readElement(xml, reader));
  }
}

function decode(text: string): string {
  return text.replace(/&[^;]*;?/g, (entity) => {
    const char = ENTITIES[entity];
    if (char === undefined) throw new Error(`unknown entity ${entity}`);
    return char;
  });
}

function fail(xml: string, { at }: { at: number }): never {
  throw new Error(`not well-formed at ${xml.slice(at, at + 80)}`);
}
