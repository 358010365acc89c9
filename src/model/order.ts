/** By code units, not localeCompare: the same order on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Without duplicates, in the order of code units. */
export function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort()
}

/** On one line, whatever line breaks a policy file or a tracker had. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
