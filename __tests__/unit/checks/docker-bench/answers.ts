import type { BenchMeta, BenchSubject } from '../../../../src/checks/docker-bench/dbs/meta.js'
import type { BenchStatus } from '../../../../src/model/finding/bench.js'

/** Answers in the form of Docker Bench's, made up here: titles are ours. */
export interface MadeResult {
  readonly id: string
  readonly desc: string
  readonly result: BenchStatus
  readonly items?: readonly string[]
}

export const IMAGE_ID = `sha256:${'9e4b171bd259'.padEnd(64, '0')}`
export const CONTAINER = { id: 'c'.repeat(64), name: 'seaworthy-0123456789ab-0-started' }
export const START = 1_795_537_492

const NOTES = ['4.2', '4.3', '4.4', '4.8', '4.10', '4.11', '4.12', '5.23', '5.24']

/** One result for each check, the better word, for an image with or without a container. */
export function results(
  container: boolean,
  change: (one: MadeResult) => MadeResult = (one) => one,
): MadeResult[] {
  const ids = [
    ...Array.from({ length: 12 }, (_, index) => `4.${index + 1}`),
    ...Array.from({ length: container ? 32 : 1 }, (_, index) => `5.${index + 1}`),
  ]
  return ids.map((id): MadeResult => {
    const desc = id === '5.1' ? 'No swarm here' : `About ${id}`
    const status = NOTES.includes(id)
      ? 'NOTE'
      : id === '5.28' || (id === '4.1' && !container)
        ? 'INFO'
        : 'PASS'
    return change({ id, desc, result: status })
  })
}

export function jsonOf(all: readonly MadeResult[], part: object = {}): string {
  const section = (id: string) => ({
    id,
    desc: `Section ${id}`,
    results: all.filter((one) => one.id.startsWith(`${id}.`)),
  })
  return JSON.stringify({
    dockerbenchsecurity: '1.6.0',
    start: START,
    tests: [section('4'), section('5')],
    checks: all.length,
    score: 7,
    end: START + 2,
    ...part,
  })
}

export function logOf(all: readonly MadeResult[], checks = all.length): string {
  const lines = all.flatMap(({ id, desc, result, items = [] }) => [
    `[${result}] ${id} - ${desc}`,
    ...items.map((item) => `[${result}]      * Something: ${item}`),
  ])
  return [
    'Initializing',
    '[INFO] 4 - Section 4',
    ...lines,
    `[INFO] Checks: ${checks}`,
    '[INFO] Score: 7',
    '',
  ].join('\n')
}

const LISTING = {
  images: `REPOSITORY   TAG   IMAGE ID\nother        1     123456789abc\nacme/app     1     9e4b171bd259\n`,
  containers: `CONTAINER ID   NAMES\ncccccccccccc   ${CONTAINER.name}\naaaaaaaaaaaa   neighbour\n`,
  running: [
    { id: CONTAINER.id, name: CONTAINER.name, hides: false },
    { id: 'a'.repeat(64), name: 'neighbour', hides: false },
  ],
  imageIds: [IMAGE_ID],
}

export const SUBJECT: BenchSubject = {
  ...{ imageId: IMAGE_ID, imageNames: ['acme/app:1'], imageHides: false, container: CONTAINER },
}

/** Of a run over one image, with or without a container, or over those that are given. */
export function metaOf(part: Partial<BenchMeta> = {}, container = true): BenchMeta {
  return {
    ...{ exitCode: 0, stderr: '', started: START, ended: START + 2, source: 'folder x', tree: 'sha256:0' },
    ...{ sections: 'all', subjects: [{ ...SUBJECT, container: container ? CONTAINER : null }], subject: 0 },
    ...{ before: LISTING, after: LISTING, ...part },
  }
}

/** One of the two lists of what was there, changed. */
export function stateBefore(part: Partial<BenchMeta['before']>): BenchMeta['before'] {
  return { ...LISTING, ...part }
}
