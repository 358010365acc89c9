import type { LeftOut, TestOutcome } from '../../update/plan/outcome.js'

/** Words of an update that the terminal and the pull request say in the same way. */

export const WHY_LEFT_OUT = {
  build: 'the image cannot be built with it',
  apt: 'apt cannot bring it up with the rest',
  files: 'it cannot be laid over the image',
  test: 'the test fails with it',
  hold: 'it is held back',
} as const satisfies Record<LeftOut['by'], string>

export function few(items: readonly string[], most = 6): string {
  const rest = items.length - most
  return `${items.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

export function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}

/** "passes (exit code 0, 2.1 s)". `esc` is that of the format it is for. */
export function testWords(
  { ok, ended, seconds, attempt }: TestOutcome,
  esc: (text: string) => string,
): string {
  const flaky = ok && attempt > 1 ? `, at attempt ${attempt} only: it fails sometimes` : ''
  return `${ok ? 'passes' : 'fails'} (${esc(ended)}, ${seconds.toFixed(1)} s${flaky})`
}
