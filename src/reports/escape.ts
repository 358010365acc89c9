/**
 * The only way for text from outside (package names, versions, references, policy texts, Debian's words) into a
 * report. Every renderer passes it through the function of its format, and nothing else does.
 */

/** How many characters (code points) of one text from outside a report shows by default. */
export const DEFAULT_LENGTH = 300

/** Like `DEFAULT_LENGTH`, for what to do, and why: several things that are missing can be one task. */
export const TASK_LENGTH = 1000

/**
 * Characters that are invisible or that move others: controls (Cc), format characters such as bidi overrides,
 * zero-width ones and tags (Cf), lone surrogates (Cs), private use (Co), line and paragraph separators (Zl, Zp), and
 * those that Unicode lets fonts omit (Default_Ignorable_Code_Point: fillers, variation selectors).
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * The text on one line with invisible characters made visible (`\n`, `\u{202e}`), other spaces as spaces, and cut at
 * `length` code points with `…`. Unicode Technical Report 36 (bidirectional text spoofing) explains why.
 */
export function visible(text: string, length = DEFAULT_LENGTH): string {
  const points = [...text.slice(0, length * 2 + 2)]
  const shortened =
    points.length > length ? `${points.slice(0, Math.max(0, length - 1)).join('')}…` : points.join('')
  return shortened
    .replace(INVISIBLE, (char) => NAMED[char] ?? `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)
    .replace(/\p{Zs}/gu, ' ')
}

/**
 * For a terminal, and for the runner's log, which reads commands from it: `::name::` at the start of a line and
 * `##[name]` anywhere in it (actions/runner, ActionCommand.cs), so both are broken up. Escape sequences (ECMA-48) all
 * begin with a control character, and those are made visible.
 */
export function escapeTerminal(text: string, length = DEFAULT_LENGTH): string {
  return visible(text, length)
    .replaceAll('##[', '## [')
    .replace(/(?<=^| ):{2,}/g, (colons) => [...colons].join(' '))
}

/** For HTML text and attribute values in quotes (HTML Living Standard, 13.1.2.3 and 13.3). */
export function escapeHtml(text: string, length = DEFAULT_LENGTH): string {
  return visible(text, length).replace(/[&<>"']/g, entity)
}

/**
 * For a line of Markdown as GitHub reads it: text in a table cell, a list item, a heading, or in HTML such as
 * `<summary>`. Numeric references have no meaning for the structure (CommonMark 0.31, 2.5; a reference does not split
 * a table cell either), unlike `\|`, about which parsers disagree after a backslash. GitHub turns @name, #123,
 * GH-123, URLs and :emoji: into links and pictures in the text of the finished page, in which a reference is a plain
 * character again: there a zero-width space breaks them up.
 */
export function escapeMarkdown(text: string, length = DEFAULT_LENGTH): string {
  return visible(text, length)
    .trim()
    .replace(/@|#(?=\d)|:(?=\/\/|[\w+-]+:)|(?<![A-Za-z0-9])(?:www(?=\.)|GH-(?=\d))/gi, '$&\u200b')
    .replace(/(?<=^\d+)[.)](?= |$)|^[-+=:]|[&<>\\`*_[\]|~$^#\u200b]/g, entity)
}

/**
 * For the text after `::error …::`. The runner undoes %0D, %0A and then %25 (actions/runner, ActionCommand.cs,
 * `_escapeDataMappings`), so `%` comes first here. Line breaks arrive as line breaks.
 */
export function escapeWorkflowData(text: string): string {
  return text
    .replace(INVISIBLE, (char) => (/[\r\n]/.test(char) ? char : visible(char)))
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A')
}

/** For the value of a property such as `title=`; `:` and `,` would end it (`_escapePropertyMappings`). */
export function escapeWorkflowProperty(text: string): string {
  return escapeWorkflowData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/**
 * For a plain text message of SARIF 2.1.0: `[text](1)` would be a link (3.11.6), and `{0}` a placeholder (3.11.5);
 * both are broken up.
 */
export function escapeSarif(text: string, length = DEFAULT_LENGTH): string {
  return visible(text, length)
    .replace(/\](?=\()/g, '] ')
    .replace(/\{(?=\d)/g, '{ ')
}

function entity(char: string): string {
  return `&#${char.codePointAt(0) ?? 0};`
}
