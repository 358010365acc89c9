import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Report } from '../../src/reports/json/schema.js'
import { osvFolder } from '../live/application-images.js'
import { BENCH_SOURCE } from '../live/docker-bench/bench.js'
import { debianPlace } from '../live/docker-bench/places.js'
import { benchAlone, newFolder, type Ran, reportOf, seaworthy } from '../live/support.js'
import { keys, policyFile } from '../support/policies.js'
import { type Mutation, partsOf, type Subject } from './mutation.js'

type ImageReport = Report['images'][number]

/** `incomplete` is no kill: no answer, and nothing that names what was changed. */
export type Fate = 'killed' | 'incomplete' | 'survived'

export interface Judged {
  readonly fate: Fate
  /** What killed it, or what blocks instead. */
  readonly by: string
}

/** Judges images in one run of the shipped gate, with the default policies and all three checks. */
export async function judge(images: readonly string[], flags: readonly string[] = []): Promise<Ran> {
  return seaworthy([
    ...['scan', ...images, '--checks', 'security-updates,clair,docker-bench'],
    ...[
      '--osv',
      osvFolder(),
      keys({ 'max-data-age': 87600 }),
      '--timeout',
      '3000',
      ...benchFlags(),
      ...flags,
    ],
  ])
}

/**
 * Judges an image as it is run with these options. Options are those of a whole run of the gate, so that each mutation of
 * them takes a run of its own: of Docker Bench alone, which is the only check that reads them.
 */
export async function judgeRun(image: string, options: readonly string[]): Promise<Ran> {
  const dictionary = join(newFolder(), 'dictionary.yml')
  writeFileSync(dictionary, benchAlone())
  return seaworthy([
    ...['scan', image, '--checks', 'docker-bench', policyFile('dictionary', dictionary), ...benchFlags()],
    ...['--run-options', inOneLine(options)],
  ])
}

function benchFlags(): readonly string[] {
  return BENCH_SOURCE === '' ? [] : ['--bench-source', BENCH_SOURCE, '--bench-image', debianPlace()]
}

/** Options as the one line that `--run-options` takes. */
export function inOneLine(options: readonly string[]): string {
  return options.map((one) => `'${one.replaceAll("'", `'\\''`)}'`).join(' ')
}

/** How many results of section 5 are as expected, and whether Docker Bench itself gave them. */
export function asExpectedIn5({ checks }: ImageReport): { readonly count: number; readonly ran: boolean } {
  const bench = checks.find(({ check }) => check === 'docker-bench')?.bench
  const results = bench?.results.filter(({ id }) => id.startsWith('5.')) ?? []
  return { count: results.filter(({ outcome }) => outcome === 'match').length, ran: bench?.ran === true }
}

/** What became of a mutation, by the report of its image. */
export function fateOf(mutation: Mutation, image: ImageReport): Judged {
  const blocking = image.findings.filter(({ blocks }) => blocks)
  const hit = blocking.find((one) => names(one, mutation.subject))
  if (hit !== undefined) {
    return { fate: 'killed', by: `${hit.id} ${hit.package ?? ''}`.trim() }
  }
  const unanswered = image.checks.filter(({ state }) => state === 'unanswered')
  const answer = unanswered.find(({ problem }) => namesText(JSON.stringify(problem), mutation.subject))
  if (answer !== undefined) {
    return { fate: 'killed', by: `${answer.check}: ${answer.problem?.code}` }
  }
  const others = blocking.map(({ id, package: name }) => `${id} ${name ?? ''}`.trim())
  const open = unanswered.map(({ check, problem }) => `${check}: ${problem?.code}`)
  return { fate: open.length > 0 ? 'incomplete' : 'survived', by: [...others, ...open].join(', ') }
}

function names(finding: ImageReport['findings'][number], { package: name, path, id }: Subject): boolean {
  return (
    (name === undefined || finding.package === name || mentions(finding, name)) &&
    (path === undefined || mentions(finding, path)) &&
    (id === undefined || finding.id === id)
  )
}

/** A finding about the package database, or about content that could not be read, has what it is about in its details. */
function mentions(
  { details, binaries, package: name }: ImageReport['findings'][number],
  wholeName: string,
): boolean {
  return namesWhole(JSON.stringify([details, binaries, name]), wholeName)
}

function namesText(text: string, { package: name, path, id }: Subject): boolean {
  return [name, path, id].every((part) => part === undefined || namesWhole(text, part))
}

/** As a whole word: `libc6` is not named by `libc6-dev`. */
function namesWhole(text: string, wholeName: string): boolean {
  const plain = wholeName.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return new RegExp(`(?<![\\w.+-])${plain}(?![\\w+-])`).test(text)
}

export { partsOf, reportOf }
