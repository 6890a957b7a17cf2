/** Names come from files that anyone may have written: each output has its own way of making them harmless. */

const HTML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For HTML text and quoted attribute values. */
export function escapeHtml(text: string): string {
  return visibleControls(text).replace(/[&<>"']/g, (char) => HTML_ENTITIES[char] ?? '');
}

/**
 * For XML text and quoted attribute values: what XML 1.0 cannot hold at all becomes U+FFFD, and what GitHub Actions would
 * take for a command (see `escapeCommand`) an entity.
 */
export function escapeXml(text: string): string {
  return escapeHtml(text.replace(/[\ud800-\udfff\ufffe\uffff]/gu, '\ufffd'))
    .replaceAll('##[', '#&#35;[')
    .replace(/^(\s*):(?=:)/gm, '$1&#58;');
}

/**
 * A code span of Markdown: the one place where GitHub and GitLab read no markup, no HTML, no `@name`, no `#1` and no link.
 * Outside of tables a bar is a bar.
 */
export function codeSpan(text: string): string {
  const shown = visibleControls(text);
  const longest = Math.max(0, ...Array.from(shown.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || shown.trim() === '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** A code span in a cell of a table, which ends at a bar even there unless that is escaped. */
export function cellSpan(text: string): string {
  return codeSpan(text).replaceAll('|', '\\|');
}

/** The message of a GitHub workflow command: neither its end nor another command, which `##[` begins anywhere in a line. */
export function escapeCommand(text: string): string {
  return text
    .replaceAll('##[', '# #[')
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A');
}

/** A property of a GitHub workflow command, such as its title. */
export function escapeCommandProperty(text: string): string {
  return escapeCommand(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A label of OpenMetrics. */
export function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}

/** JSON inside a <script> element: no end tag, no comment, no line end that old engines mind. */
export function escapeScriptJson(json: string): string {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Trusted script text (Chart.js) inside a <script> element. */
export function escapeScript(text: string): string {
  return text.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');
}

/** For a terminal and for one line: control characters (escape sequences too) and bidi overrides become visible. */
export function escapeTerminal(text: string): string {
  return visibleControls(text);
}

/** C0, DEL, C1, and the marks that turn text round; each as its code, e.g. `\x1b`. */
function visibleControls(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (char) => {
    const code = char.charCodeAt(0);
    return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
  });
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
