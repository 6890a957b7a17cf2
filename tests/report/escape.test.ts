import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeHtml, escapeScript, escapeScriptJson, escapeTerminal } from '../../src/report/escape.ts';
import { html, trusted } from '../../src/report/html/markup.ts';
import { HOSTILE } from './example-findings.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

test('HTML text and attributes hold no markup', () => {
  expect(escapeHtml(`<a href="x">'&`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;');
  fc.assert(
    fc.property(anyText, (text) => {
      expect(escapeHtml(text)).not.toMatch(/[<>"']/);
    }),
  );
});

test('a terminal gets no control characters and no reversed text', () => {
  expect(escapeTerminal('a\u001b[31mb\r\n\u0007\u009b\u202e')).toBe('a\\x1b[31mb\\x0d\\x0a\\x07\\x9b\\u202e');
  expect(escapeTerminal('双十一 café –')).toBe('双十一 café –');
  fc.assert(
    fc.property(anyText, (text) => {
      expect(escapeTerminal(text)).not.toMatch(/\p{Cc}/u);
    }),
  );
});

test('JSON in a script element cannot end it and reads as before', () => {
  const json = JSON.stringify({ name: HOSTILE, other: '<!-- \u2028 &' });
  const escaped = escapeScriptJson(json);
  expect(escaped).not.toMatch(/[<>&\u2028]/);
  expect(JSON.parse(escaped)).toEqual(JSON.parse(json));
});

test('script text cannot end its element', () => {
  expect(escapeScript('a="</script><!--"')).toBe('a="<\\/script><\\!--"');
});

test('a template escapes what is put into it, lists too, but not other templates', () => {
  const item = (name: string) => html`<li title="${name}">${name}</li>`;
  expect(html`${['<b>', '"'].map(item)}${null}${0}${trusted('<hr>')}`.text).toBe(
    '<li title="&lt;b&gt;">&lt;b&gt;</li><li title="&quot;">&quot;</li>0<hr>',
  );
});
