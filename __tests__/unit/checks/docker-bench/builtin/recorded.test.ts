import { describe, expect, test } from '@jest/globals'
import { knownWrong } from '../../../../../src/checks/docker-bench/builtin/known-wrong.js'
import { BENCH_STATUSES, type BenchStatus, isStricter } from '../../../../../src/model/finding/bench.js'
import { strict } from './builders.js'
import {
  RECORDED,
  RECORDED_RESULTS,
  type RecordedResult,
  recordedContainerNamed,
  recordedImageNamed,
} from './recorded.js'

// What Docker Bench itself said of 16 containers and 11 images, and what the engine answered about them.

/** 4.5 and 5.1 are about the machine, 5.28 is left to people, and 5.30 names containers of others. */
const APART = ['4.5', '5.1', '5.28', '5.30']
const OF_IMAGE = ['4.6', '4.7', '4.9']

const isStatus = (text: string): text is BenchStatus => (BENCH_STATUSES as readonly string[]).includes(text)

/** Its word for one of them: it names those to which the worse word applies. */
function statusOf({ result, items = [] }: RecordedResult, names: readonly string[]): BenchStatus {
  const named = items.map((item) => item.replace(/^\[|\]$/g, ''))
  const isNamed = named.some((item) => names.some((name) => item === name || item.startsWith(`${name}:`)))
  return isNamed ? (result as BenchStatus) : 'PASS'
}

/** Each id of each image and each container: what Docker Bench says of it, and what is right. */
function pairs() {
  const root = recordedImageNamed('dbs-root:1').id
  const running = RECORDED.containers.filter(({ inspect }) =>
    JSON.stringify(inspect?.State).includes('"Running":true'),
  )
  const images = RECORDED.images.map(({ id, repoTags }) => ({
    imageId: id,
    containerId: null,
    names: repoTags,
  }))
  const containers = running.map(({ id, name }) => ({ imageId: root, containerId: id, names: [name] }))
  return [...images, ...containers].flatMap(({ names, ...subject }) => {
    const image = RECORDED.images.find(({ id }) => id === subject.imageId)
    const container = RECORDED.containers.find(({ id }) => id === subject.containerId)?.inspect ?? null
    if (image === undefined) {
      throw new Error('it is not in the recorded state')
    }
    const results = strict(RECORDED, subject)
    return RECORDED_RESULTS.flatMap((theirs) => {
      const { id } = theirs
      const isAbout = OF_IMAGE.includes(id) ? container === null : id.startsWith('5.') && container !== null
      if (!isAbout || theirs.result === 'NOTE' || APART.includes(id)) {
        return []
      }
      const { word = null, state = 'not-evaluated' } = results.find((one) => one.id === id) ?? {}
      const recorded = statusOf(theirs, names)
      const right = word ?? state
      const wrong = knownWrong(id, recorded, right, { info: RECORDED.info, image, container })
      return [{ id, name: names[0] ?? '', says: recorded, right, isKnown: wrong !== null }]
    })
  })
}

describe('the recorded state: 16 containers, 11 images', () => {
  const differing = pairs().filter(({ says, right }) => says !== right)

  test('when all of it is judged, then Docker Bench and the built-in rules have much to compare', () => {
    expect([RECORDED.containers.length, RECORDED.images.length, RECORDED_RESULTS.length]).toEqual([
      16, 11, 43,
    ])
    expect(pairs().length).toBeGreaterThan(350)
  })

  test('when the two differ, then Docker Bench is known to be wrong', () => {
    const unknown = differing.filter(({ isKnown }) => !isKnown)
    expect(unknown.map(({ id, name, says, right }) => `${id} ${name}: ${says}, not ${right}`)).toEqual([])
  })

  test('when Docker Bench is the stricter one, then what was recorded shows its mistake', () => {
    const stricter = differing.filter(({ says, right }) =>
      isStatus(right) ? isStricter(says, right) : isStricter(says, 'NOTE'),
    )
    const kinds = Object.groupBy(stricter, ({ id, says, right }) => `${id} ${says} ${right}`)
    expect(
      Object.entries(kinds)
        .map(([kind, all]) => `${kind}: ${all?.length}`)
        .sort(),
    ).toEqual([
      ...['4.7 INFO PASS: 2', '4.9 INFO PASS: 1', '5.2 WARN not-applicable: 16'],
      ...['5.3 WARN not-applicable: 14', '5.6 WARN INFO: 1', '5.6 WARN PASS: 1'],
    ])
    expect(stricter.filter(({ isKnown }) => !isKnown)).toEqual([])
  })
})

describe('the recorded objects that show wrong verdicts', () => {
  test.each([
    ['dbs-latest:latest', null, '4.1', 'WARN', ['dbs-latest:latest']],
    ['dbs-weird:1', null, '4.1', 'WARN', ['dbs-weird:1']],
    ['dbs-latest:latest', null, '4.6', 'WARN', ['dbs-latest:latest']],
    [
      'dbs-root:1',
      null,
      '4.7',
      'INFO',
      ['RUN set -eux; export DEBIAN_FRONTEND=noninteractive LC_ALL=C; apt-get update'],
    ],
    ['dbs-good:1', null, '4.7', 'PASS', []],
    [
      'dbs-x2:1',
      null,
      '4.9',
      'INFO',
      ['ADD file:1110e7017900c2f3f6920c83cf99c1de78f970621478c7bf492e9ceae16ddc0f in /'],
    ],
    ['dbs-latest:latest', null, '4.9', 'PASS', []],
    ['dbs-add:1', null, '4.10', 'NOTE', ['ENV DB_PASSWORD', 'ENV AWS_SECRET_ACCESS_KEY']],
    ['dbs-root:1', 'dbs-c-nnpfalse', '5.26', 'WARN', ['dbs-c-nnpfalse']],
    ['dbs-root:1', 'dbs-c-mixed', '5.6', 'INFO', ['dbs-c-mixed:/etc']],
    ['dbs-root:1', 'dbs-c-voldest', '5.6', 'PASS', []],
    ['dbs-root:1', 'dbs-c-always', '5.15', 'WARN', ['dbs-c-always']],
    ['dbs-root:1', 'dbs-c-seccomp', '5.3', 'not-applicable', []],
    ['dbs-root:1', 'dbs-c-sock', '5.32', 'WARN', ['dbs-c-sock']],
  ])('when %s (%s) is judged for %s, then it is %s', (tag, container, id, right, names) => {
    const imageId = recordedImageNamed(tag).id
    const containerId = container === null ? null : recordedContainerNamed(container).id
    const { word, state, items } =
      strict(RECORDED, { imageId, containerId }).find((one) => one.id === id) ?? {}
    expect({ right: word ?? state, items }).toEqual({ right, items: names })
  })
})
