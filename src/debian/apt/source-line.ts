/** The one-line style of sources.list(5). A line may have a megabyte of brackets, so each is read once. */

/** A `#` ends the line, except within the options. */
export function withoutComment(line: string): string {
  let hash = line.indexOf('#')
  for (let open = line.indexOf('['); open !== -1 && open < hash; ) {
    const close = line.indexOf(']', open)
    if (close === -1) {
      break
    }
    hash = hash < close ? line.indexOf('#', close) : hash
    open = line.indexOf('[', close)
  }
  return hash === -1 ? line : line.slice(0, hash)
}

/** `[name=value …]` at the beginning, up to the first word that ends with a bracket, and the rest. */
export function lineOptions(
  text: string,
  bad: (what: string) => Error,
): { options: Map<string, string>; rest: string } {
  const options = new Map<string, string>()
  if (!text.startsWith('[')) {
    return { options, rest: text }
  }
  for (const { 0: whole, index } of text.matchAll(/(?<=^\[|[ \t\v\f\r])[^ \t\v\f\r]+/g)) {
    const isLast = whole.endsWith(']')
    const trimmed = isLast ? whole.slice(0, -1) : whole
    if (trimmed !== '') {
      const equals = trimmed.indexOf('=')
      if (trimmed.length < 2) {
        throw bad('[option] too short')
      }
      if (equals === -1) {
        throw bad('[option] not assignment')
      }
      if (equals === 0) {
        throw bad('[option] no key')
      }
      if (equals === trimmed.length - 1) {
        throw bad('[option] no value')
      }
      options.set(trimmed.slice(0, equals), trimmed.slice(equals + 1).replaceAll(',', ' '))
    }
    if (isLast) {
      return { options, rest: text.slice(index + whole.length) }
    }
  }
  throw bad('[option] unparsable')
}

/** Words between blanks. Text in brackets or quotes is one word: a CD's name may contain blanks. */
export function fieldsWithBrackets(text: string): string[] {
  const fields: string[] = []
  let field = ''
  const unclosed = new Set<string>()
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    const close = ({ '[': ']', '"': '"' } as Record<string, string>)[character]
    const end = close === undefined || unclosed.has(close) ? -1 : text.indexOf(close, at + 1)
    if (end !== -1) {
      field += text.slice(at, end + 1)
      at = end
    } else if (character === '"' || ' \t\v\f\r'.includes(character)) {
      fields.push(field)
      field = ''
    } else {
      field += character
    }
    if (end === -1 && close !== undefined) {
      unclosed.add(close)
    }
  }
  return [...fields, field].filter((one) => one !== '').map(unquote)
}

/** Resolves `%2f` and quotes, as apt's ParseQuoteWord does. */
function unquote(field: string): string {
  return field
    .replaceAll('"', '')
    .replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
