import { describe, expect, test } from '@jest/globals'
import type { BenchMeta } from '../../../../../src/checks/docker-bench/dbs/meta.js'
import { readBench } from '../../../../../src/checks/docker-bench/dbs/read.js'
import { problemThrownBy } from '../../../../support/problems.js'
import {
  CONTAINER,
  IMAGE_ID,
  jsonOf,
  logOf,
  type MadeResult,
  metaOf,
  results,
  START,
  SUBJECT,
  stateBefore,
} from '../answers.js'

const good = results(true)
const only = (id: string, part: Partial<MadeResult>) =>
  good.map((one) => (one.id === id ? { ...one, ...part } : one))

interface Answer {
  readonly all?: readonly MadeResult[]
  readonly meta?: BenchMeta | string
  readonly json?: string
  readonly log?: string
}

const read = ({ all = good, meta = metaOf(), json = jsonOf(all), log = logOf(all) }: Answer) =>
  readBench(json, log, typeof meta === 'string' ? meta : JSON.stringify(meta))

const DOUBT = "bench-doubtful: Docker Bench's output cannot be trusted: "
const MORE = 'bench-leaked: Docker Bench examined more than it was asked to: '
const PROOF = 'bench-not-proven: there is no proof of what Docker Bench examined: '
const SHORT = '9e4b171bd259'
const listing = (part: Partial<BenchMeta['before']>) => ({ meta: metaOf({ before: stateBefore(part) }) })
const running = { id: CONTAINER.id, name: CONTAINER.name, hides: false }

describe('an answer that is refused', () => {
  test.each<[string, Answer]>([
    [`${DOUBT}the data recorded about its run is invalid`, { meta: '{}' }],
    [`${DOUBT}the data recorded about its run is invalid`, { meta: metaOf({ subject: 1 }) }],
    [
      'bench-timeout: Docker Bench did not finish within its time limit',
      { meta: metaOf({ exitCode: null }) },
    ],
    ['bench-failed: Docker Bench exited with code 2', { meta: metaOf({ exitCode: 2 }) }],
    [
      'bench-failed: Docker Bench exited with code 2; it said: a b',
      { meta: metaOf({ exitCode: 2, stderr: 'a\nb\n' }) },
    ],
    [
      `bench-failed: Docker Bench reported errors; it said: ${'a'.repeat(300)}`,
      { meta: metaOf({ stderr: 'a'.repeat(301) }) },
    ],
    [`${DOUBT}it wrote no JSON`, { json: ' ' }],
    [`${DOUBT}its JSON is malformed`, { json: '{' }],
    [`${DOUBT}its JSON has an unexpected structure at the root`, { json: '[]' }],
    [`${DOUBT}its JSON has an unexpected structure at checks`, { json: jsonOf(good, { checks: 'x' }) }],
    [`${DOUBT}it reports 43 checks but lists 44 results`, { json: jsonOf(good, { checks: 43 }) }],
    [
      `${DOUBT}its numbering of checks is unknown: its check 5.1 is about neither swarm mode nor AppArmor`,
      { all: only('5.1', { desc: 'Swarmed' }) },
    ],
    [
      `${DOUBT}it has a result with the unknown id "4.13"`,
      { json: jsonOf(good, { tests: [...good, { id: '4.13', desc: 'x', result: 'PASS' }], checks: 45 }) },
    ],
    [
      `${DOUBT}it has two results for 4.6`,
      { json: jsonOf(good, { tests: [...good, { id: '4.6', desc: 'x', result: 'PASS' }], checks: 45 }) },
    ],
    [
      `${DOUBT}it has no result for 4.12, 5.32`,
      { all: good.filter(({ id }) => id !== '4.12' && id !== '5.32') },
    ],
    [`${DOUBT}its log and its JSON differ at 4.6`, { log: logOf(only('4.6', { result: 'WARN' })) }],
    [`${DOUBT}its log and its JSON differ at 4.6`, { log: logOf(only('4.6', { desc: 'Else' })) }],
    [
      `${DOUBT}its log and its JSON differ at the end`,
      { log: logOf([...good, { id: '5.33', desc: 'x', result: 'PASS' }], 44) },
    ],
    [`${DOUBT}the totals in its log and in its JSON differ`, { log: logOf(good, 43) }],
    [`${DOUBT}the totals in its log and in its JSON differ`, { json: jsonOf(good, { score: 8 }) }],
    [
      `${DOUBT}check 5.11: WARN, but no image or container is named (${'x'.repeat(60)})`,
      { all: only('5.11', { result: 'WARN', desc: 'x'.repeat(61) }) },
    ],
    [
      `${DOUBT}check 4.9: INFO, but no image or container is named (About 4.9)`,
      { all: only('4.9', { result: 'INFO' }) },
    ],
    [
      `${MORE}check 5.9 names ${JSON.stringify('x'.repeat(80))}, which is not part of this run`,
      { all: only('5.9', { result: 'WARN', items: ['x'.repeat(81)] }) },
    ],
    [
      `${MORE}it judged a container, although no container was passed to it`,
      { all: good, meta: metaOf({}, false) },
    ],
    [
      'bench-hidden: a label of the image contains docker.bench.security, so Docker Bench mistakes the image for its own and skips it',
      { meta: metaOf({ subjects: [{ ...SUBJECT, imageHides: true }] }) },
    ],
    [
      'bench-hidden: Docker Bench did not examine the container: it skips containers whose name contains "worth"',
      listing({ running: [running, { id: 'b', name: 'worth', hides: true }] }),
    ],
    [
      `${PROOF}the image list (taken before the run) does not show ${SHORT} in the column where Docker Bench reads the id`,
      listing({ images: 'A B C\n' }),
    ],
    // The first line is the header.
    [
      `${PROOF}the image list (taken before the run) does not show ${SHORT} in the column where Docker Bench reads the id`,
      listing({ images: `acme/app     1     ${SHORT}\n` }),
    ],
    [
      `${PROOF}the image list (taken before the run) does not show ${SHORT} in the column where Docker Bench reads the id`,
      listing({ images: `A B C\nacme/app 1 ${SHORT}\nacme/app 1 2 ${SHORT}\n` }),
    ],
    [
      `${PROOF}the image list (taken before the run) contains 2 images whose id begins with ${SHORT}`,
      listing({ imageIds: [IMAGE_ID, `sha256:${SHORT}${'1'.repeat(52)}`, `sha256:${'1'.repeat(64)}`] }),
    ],
    [
      `${PROOF}the image list (taken before the run) contains 1 image whose id begins with ${SHORT}`,
      listing({ imageIds: [`sha256:${SHORT}${'1'.repeat(52)}`] }),
    ],
    [`${PROOF}the container was not running before the run`, listing({ running: [{ ...running, id: 'x' }] })],
    [
      `${PROOF}the container was not running before the run`,
      listing({ running: [{ ...running, name: 'x' }] }),
    ],
    [
      `${PROOF}the container list (taken before the run) does not show the container exactly once`,
      listing({ containers: `ID NAMES\nc ${CONTAINER.name}\nd ${CONTAINER.name}\n` }),
    ],
    [
      `${PROOF}the container list (taken before the run) does not show the container exactly once`,
      listing({ containers: `c ${CONTAINER.name}\n` }),
    ],
  ])('when it is, then the problem says: %s', (text, answer) => {
    const { code, what, where, todo } = problemThrownBy(() => read(answer))
    expect(`${code}: ${what}`).toBe(text)
    expect([where, todo]).toEqual([
      'Docker Bench',
      `see docs/troubleshooting.md#${code}, or use bench-engine: builtin`,
    ])
  })

  test.each([
    [-2, 2, true],
    [-3, 2, false],
    [0, 4, true],
    [0, 5, false],
    [2, 1, false],
    [2, 2, true],
  ])(
    'when its JSON says that it ran from second %d to %d of a run of two, then that is believed: %s',
    (start, end, isBelieved) => {
      const json = jsonOf(good, { start: START + start, end: START + end })
      const answer = () => read({ json })
      if (isBelieved) {
        expect(answer()).toHaveLength(44)
      } else {
        expect(problemThrownBy(answer).what).toContain('its JSON is from a different run')
      }
    },
  )
})

test('when 4.1 of Docker Bench sees no container, then its INFO names nothing', () => {
  const all = results(false)
  expect(read({ all, meta: metaOf({}, false) }).find(({ id }) => id === '4.1')).toMatchObject({
    ...{ word: 'INFO', items: [] },
  })
})

test('when a result about the engine or left to people is a warning, then it names nothing', () => {
  for (const id of ['4.5', '5.1', '5.23', '5.24', '5.28']) {
    expect(read({ all: only(id, { result: 'WARN' }) }).find((one) => one.id === id)?.word).toBe('WARN')
  }
})

test('when an image has no name, then a check that names by tags need not name it', () => {
  const meta = metaOf({ subjects: [{ ...SUBJECT, imageNames: [] }] })
  const statusOf = (id: string, items: readonly string[]) =>
    read({ all: only(id, { result: 'INFO', items }), meta }).find((one) => one.id === id)?.word
  expect([statusOf('4.7', []), statusOf('4.9', []), statusOf('4.6', [SHORT])]).toEqual([
    'INFO',
    'INFO',
    'INFO',
  ])
  expect(() => statusOf('4.6', [])).toThrow('no image or container is named')
})
