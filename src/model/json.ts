export type Json = Readonly<Record<string, unknown>>

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `undefined` if the text is not JSON. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Like `jsonIn`, for a text that may begin with a byte order mark, which may be ignored (RFC 8259, 8.1). */
export function jsonInFile(text: string): unknown {
  return jsonIn(text.replace(/^\uFEFF/, ''))
}
