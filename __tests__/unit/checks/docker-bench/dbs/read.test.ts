import { describe, expect, test } from '@jest/globals'
import {
  type BenchSubject,
  DOCKER_SETTINGS,
  dbsLimit,
  dockerSettings,
  isHiddenByLabel,
  selection,
} from '../../../../../src/checks/docker-bench/dbs/meta.js'
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

const read = (all: MadeResult[], meta = metaOf(), json = jsonOf(all), log = logOf(all)) =>
  readBench(json, log, JSON.stringify(meta))
const refusal = (...args: Parameters<typeof read>) => {
  const { code, what } = problemThrownBy(() => read(...args))
  return `${code}: ${what}`
}
const only = (id: string, part: Partial<MadeResult>) => (one: MadeResult) =>
  one.id === id ? { ...one, ...part } : one
const good = results(true)

describe('a whole answer', () => {
  test('when nothing is doubtful, then there is a result for each check', () => {
    const read44 = read(good)
    expect(read44).toHaveLength(44)
    expect(read44[0]).toEqual({ id: '4.1', word: 'PASS', title: 'About 4.1', items: [] })
  })

  test('when there is no container, then there are 13', () => {
    expect(read(results(false), metaOf({}, false))).toHaveLength(13)
  })

  test('when results are not in sections, then they are read too', () => {
    expect(read(good, metaOf(), jsonOf(good, { tests: good }))).toHaveLength(44)
  })

  test('when it is numbered as 1.6.0, then ids are those of 1.6.1, whatever version it prints', () => {
    const old = good
      .filter(({ id }) => id !== '5.1')
      .map(
        (one): MadeResult =>
          one.id.startsWith('5.') ? { ...one, id: `5.${Number(one.id.slice(2)) - 1}` } : one,
      )
      .map(only('5.1', { desc: 'AppArmor is used' }))
    const read43 = read(old)
    expect(read43).toHaveLength(43)
    expect(read43.find(({ title }) => title === 'AppArmor is used')?.id).toBe('5.2')
  })

  test('when items name our image and container, then they are taken without brackets, once', () => {
    const all = results(true, (one) => {
      if (one.id === '4.6') {
        return { ...one, result: 'WARN', items: ['[acme/app:1]', '[acme/app:1]'] }
      }
      return one.id === '5.9' ? { ...one, result: 'WARN', items: [`${CONTAINER.name}:8080`] } : one
    })
    const byId = new Map(read(all).map((one) => [one.id, one.items]))
    expect(byId.get('4.6')).toEqual(['acme/app:1'])
    expect(byId.get('5.9')).toEqual([`${CONTAINER.name}:8080`])
  })

  test('when 5.30, which ignores the selection, names others only, then ours passes', () => {
    const named = (...names: string[]) => {
      const items = names.map((name) => `${name === CONTAINER.name ? CONTAINER.id : 'a'.repeat(64)}:${name}`)
      return read(results(true, only('5.30', { result: 'INFO', items }))).find(({ id }) => id === '5.30')
    }
    expect(named('neighbour')).toMatchObject({ word: 'PASS', items: [] })
    expect(named('neighbour', CONTAINER.name)).toMatchObject({ word: 'INFO', items: [CONTAINER.name] })
  })
})

describe('a doubtful answer', () => {
  test.each([
    [
      'it ended with 1',
      metaOf({ exitCode: 1, stderr: 'no daemon' }),
      'bench-failed: Docker Bench exited with code 1; it said: no daemon',
    ],
    [
      'it complained on stderr',
      metaOf({ stderr: 'Error: No such object: x' }),
      'bench-failed: Docker Bench reported errors',
    ],
    ['it was ended by the time limit', metaOf({ exitCode: null }), 'bench-timeout'],
    [
      'it ran at another time',
      metaOf({ started: START + 60, ended: START + 70 }),
      "bench-doubtful: Docker Bench's output cannot be trusted: its JSON is from a different run",
    ],
    [
      'it ended after it was seen to end',
      metaOf({ started: START - 90, ended: START - 60 }),
      'its JSON is from a different run',
    ],
    [
      'the image has a label that hides it',
      metaOf({ subjects: [{ ...SUBJECT, imageHides: true }] }),
      'bench-hidden',
    ],
  ])('when %s, then it is refused', (_, meta, message) => {
    expect(refusal(good, meta)).toContain(message)
  })

  test('when its times are up to 2 seconds beside those of the run, then they are of this run', () => {
    const isRead = (started: number, ended: number, end = START + 2) => {
      try {
        return read(good, metaOf({ started, ended }), jsonOf(good, { end })).length > 0
      } catch {
        return false
      }
    }
    expect([START + 2, START + 3].map((started) => isRead(started, START + 9))).toEqual([true, false])
    expect([START, START - 1].map((ended) => isRead(START - 9, ended))).toEqual([true, false])
    expect([START, START - 1].map((end) => isRead(START, START + 2, end))).toEqual([true, false])
  })

  const json = jsonOf(good)
  test.each([
    ['absent', '', 'it wrote no JSON'],
    ['cut', json.slice(0, -200), 'its JSON is malformed'],
    ['doubled', json + json, 'its JSON is malformed'],
    ['not escaped', json.replace('About 4.6', 'About "4.6"'), 'its JSON is malformed'],
    ['no object', '[]', 'an unexpected structure at the root'],
    ['without an end', jsonOf(good, { end: undefined }), 'an unexpected structure at end'],
    ['with a word that does not exist', json.replace('"PASS"', '"FAIL"'), 'an unexpected structure at tests'],
    [
      'with broken items',
      jsonOf(results(true, only('4.6', { items: [1] as unknown as string[] }))),
      'an unexpected structure at tests',
    ],
    ['with another count', jsonOf(good, { checks: 45 }), 'it reports 45 checks but lists 44 results'],
  ])('when its JSON is %s, then it is refused', (_, text, message) => {
    expect(refusal(good, metaOf(), text)).toContain(message)
  })

  test.each([
    ['an unknown id', [...good, { id: '4.13', desc: 'x', result: 'PASS' }], 'unknown id "4.13"'],
    ['an id of another section', [...good, { id: '2.1', desc: 'x', result: 'PASS' }], 'unknown id "2.1"'],
    ['an id twice', [...good, { id: '4.6', desc: 'x', result: 'PASS' }], 'two results for 4.6'],
    ['a missing id', good.filter(({ id }) => id !== '5.32'), 'no result for 5.32'],
    [
      'a new numbering',
      good.map(only('5.1', { desc: 'Something else' })),
      'its numbering of checks is unknown',
    ],
    [
      'a warning that names nothing',
      good.map(only('5.11', { result: 'WARN' })),
      'check 5.11: WARN, but no image or container is named',
    ],
  ] as [string, MadeResult[], string][])('when it gives %s, then it is refused', (_, all, message) => {
    expect(refusal(all, metaOf(), jsonOf(all, { tests: all }))).toContain(message)
  })

  test.each([
    ['another word', logOf(good.map(only('4.6', { result: 'WARN' })))],
    [
      'a line less',
      logOf(
        good.filter(({ id }) => id !== '4.6'),
        44,
      ),
    ],
    ['a line more', logOf([...good, { id: '4.13', desc: 'x', result: 'PASS' }], 44)],
    ['another count', logOf(good, 43)],
    ['no end', logOf(good).replace(/\[INFO\] Score.*/, '')],
    ['nothing', ''],
  ])('when its log has %s, then it is refused', (_, log) => {
    expect(refusal(good, metaOf(), jsonOf(good), log)).toMatch(/its log and (its JSON|in its JSON) differ/)
  })

  test.each([
    ['4.6', '[other:1]'],
    ['4.6', 'd'],
    ['4.1', 'neighbour'],
    ['5.9', 'neighbour:80'],
    ['5.9', `${CONTAINER.name}x:80`],
  ])('when %s names %s, which is not ours, then the selection leaked', (id, item) => {
    expect(refusal(good.map(only(id, { result: 'WARN', items: [item] })))).toContain('bench-leaked')
  })

  test('when no container was given, then a missing result is missed too', () => {
    for (const missing of ['4.6', '4.12']) {
      const some = results(false).filter(({ id }) => id !== missing)
      expect(refusal(some, metaOf({}, false))).toContain(`no result for ${missing}`)
    }
  })

  test('when no container was given and section 5 has results, then the selection leaked', () => {
    expect(refusal(good, metaOf({}, false))).toContain('bench-leaked')
  })
})

describe('the selection', () => {
  const before = (part: Parameters<typeof stateBefore>[0]) =>
    refusal(good, metaOf({ before: stateBefore(part) }))
  test.each([
    [
      'the column of the id holds a size',
      { images: 'IMAGE   ID   SIZE   ID\nacme/app:1   9e4b171bd259   325MB   9e4b171bd259\n' },
    ],
    ['the size comes last', { images: 'IMAGE   ID   SIZE\nacme/app:1   9e4b171bd259   325MB\n' }],
    ['no image is listed', { images: 'REPOSITORY   TAG   IMAGE ID\n' }],
    [
      'another image has the same 12 digits',
      { imageIds: [IMAGE_ID, `sha256:9e4b171bd259${'1'.repeat(52)}`] },
    ],
    ['the container is not listed', { containers: 'CONTAINER ID   NAMES\naaaaaaaaaaaa   neighbour\n' }],
    ['the container does not run', { running: [] }],
  ])('when %s, then it is not proven', (_, part) => {
    expect(before(part)).toContain('bench-not-proven')
  })

  test('when the container has ended by the end, then it is not proven', () => {
    expect(refusal(good, metaOf({ after: stateBefore({ running: [] }) }))).toContain(
      'the container was not running after the run',
    )
  })

  test('when the name holds nil, or the name of a container that Docker Bench takes for itself, then it is hidden', () => {
    const named = (name: string, other: string | null) => {
      const container = { ...CONTAINER, name }
      const listing = stateBefore({
        containers: `CONTAINER ID   NAMES\ncccccccccccc   ${name}\n`,
        running: [
          { id: container.id, name, hides: false },
          ...(other === null ? [] : [{ id: 'b'.repeat(64), name: other, hides: true }]),
        ],
      })
      const subjects = [{ ...SUBJECT, container }]
      return () => read(good, metaOf({ subjects, before: listing, after: listing }))
    }
    expect(problemThrownBy(named('vanilla', null)).code).toBe('bench-hidden')
    expect(problemThrownBy(named('seaworthy-1', 'sea')).code).toBe('bench-hidden')
    expect(named('seaworthy-1', 'bench')()).toHaveLength(44)
    // Which of both it does depends on what its listing has.
    expect(problemThrownBy(named('vanilla', 'bench')).code).toBe('bench-hidden')
  })

  test('when labels are read, then dots of the name it looks for stand for any letter', () => {
    expect(isHiddenByLabel({ 'docker.bench.security': '' })).toBe(true)
    expect(isHiddenByLabel({ x: 'docker-bench-security' })).toBe(true)
    expect(isHiddenByLabel({ maintainer: 'me' })).toBe(false)
    expect(isHiddenByLabel(null)).toBe(false)
  })

  test('when docker lists what there is, then only ours has columns', () => {
    const subject = (digit: string, container: boolean) => ({
      imageId: `sha256:${digit.repeat(64)}`,
      container: container ? { id: digit.repeat(64), name: `seaworthy-${digit}.x` } : null,
    })
    const one = subject('1', true)
    const images = '{{.Repository}}\t{{.Tag}}\t{{.ID}}'
    const names = '{{.ID}}\t{{.Names}}'
    expect(JSON.parse(DOCKER_SETTINGS)).toEqual({
      imagesFormat: `table ${images}`,
      psFormat: `table ${names}`,
    })
    expect(JSON.parse(dockerSettings([one, one, subject('2', false)]))).toEqual({
      imagesFormat: `table {{if or (eq .ID "111111111111") (eq .ID "222222222222")}}${images}{{end}}`,
      psFormat: `table {{if or (eq .ID "111111111111")}}${names}{{end}}`,
    })
    expect(JSON.parse(dockerSettings([subject('2', false)])).psFormat).toBe('table {{if false}}{{end}}')
    expect(selection([one, one, subject('2', false)])).toBe(' 111111111111$, 222222222222$,^seaworthy-1\\.x$')
    expect([dbsLimit(0), dbsLimit(3)]).toEqual([60_000, 66_000])
  })

  test('when the expression is made, then it fits our row only', () => {
    const pattern = new RegExp(selection([SUBJECT]).replace(',', '|'))
    expect(pattern.test('acme/app   1   9e4b171bd259')).toBe(true)
    expect(pattern.test('9e4b171bd259   1   123456789abc')).toBe(false)
    expect(pattern.test(CONTAINER.name)).toBe(true)
    expect(pattern.test(`${CONTAINER.name}2`)).toBe(false)
  })
})

describe('one run over several images', () => {
  const other = (at: number, part: Partial<BenchSubject> = {}): BenchSubject => ({
    ...{ imageId: `sha256:${String(at).repeat(64)}`, imageNames: [`acme/other-${at}:1`], imageHides: false },
    container: { id: String(at).repeat(64), name: `seaworthy-0123456789ab-${at}-waiter` },
    ...part,
  })
  const over = (
    subjects: readonly BenchSubject[],
    all: MadeResult[],
    sections: 'images' | 'all' = 'images',
  ) => {
    const listing = stateBefore({
      images: `REPOSITORY TAG IMAGE ID\n${subjects.map(({ imageId }) => `x   1   ${imageId.slice(7, 19)}`).join('\n')}\n`,
      containers: `ID NAMES\n${subjects.map(({ container }) => `c   ${container?.name}`).join('\n')}\n`,
      running: subjects.flatMap(({ container }) => (container ? [{ ...container, hides: false }] : [])),
      imageIds: [...new Set(subjects.map(({ imageId }) => imageId))],
    })
    const meta = { sections, subjects: [...subjects], before: listing, after: listing }
    return subjects.map((_, subject) => {
      const statuses = read(all, metaOf({ ...meta, subject }))
      return new Map(statuses.map((one) => [one.id, `${one.word} ${one.items}`.trim()]))
    })
  }
  const section4 = (...parts: Parameters<typeof only>[]) =>
    parts.reduce(
      (all, [id, part]) => all.map(only(id, part)),
      results(true).filter(({ id }) => id.startsWith('4.')),
    )

  test('when one of them is named, then the word is its own, and the other one passes', () => {
    const [one, two] = [other(1), other(2)]
    const all = section4(
      ['4.1', { result: 'WARN', items: [two.container?.name ?? ''] }],
      ['4.6', { result: 'WARN', items: ['[acme/other-1:1]'] }],
      ['4.9', { result: 'INFO', items: ['[acme/other-1:1]', '[acme/other-2:1]'] }],
    )
    const [first, second] = over([one, two], all)
    expect([first?.get('4.1'), first?.get('4.6'), first?.get('4.9')]).toEqual([
      ...['PASS', 'WARN acme/other-1:1', 'INFO acme/other-1:1'],
    ])
    expect([second?.get('4.1'), second?.get('4.6'), second?.get('4.9')]).toEqual([
      ...[`WARN ${two.container?.name}`, 'PASS', 'INFO acme/other-2:1'],
    ])
    // Nobody looked at section 5.
    expect([...(first?.keys() ?? [])].filter((id) => id.startsWith('5.'))).toEqual([])
  })

  test('when one has no tag, then what names by tags says nothing of it, unless it passes all', () => {
    const [one, two] = [other(1), other(2, { imageNames: [] })]
    const all = section4(
      ['4.6', { result: 'WARN', items: ['222222222222'] }],
      ['4.7', { result: 'INFO', items: ['[acme/other-1:1]'] }],
    )
    const [first, second] = over([one, two], all)
    expect([first?.get('4.6'), first?.get('4.7'), first?.get('4.9')]).toEqual([
      ...['PASS', 'INFO acme/other-1:1', 'PASS'],
    ])
    expect([second?.get('4.6'), second?.get('4.7'), second?.get('4.9')]).toEqual([
      ...['WARN 222222222222', undefined, 'PASS'],
    ])
  })

  test('when one has no container, then what is said of containers is not said of it', () => {
    const [one, two] = [other(1), other(2, { container: null })]
    const [first, second] = over([one, two], good, 'all')
    expect([first?.get('4.1'), first?.get('5.5')]).toEqual(['PASS', 'PASS'])
    expect([second?.get('4.1'), second?.get('5.5'), second?.get('4.6')]).toEqual([
      undefined,
      undefined,
      'PASS',
    ])
  })

  test('when a third one is named, then the selection leaked; when all of them hide, then that is reported', () => {
    const leak = section4(['4.6', { result: 'WARN', items: ['[acme/other-3:1]'] }])
    expect(problemThrownBy(() => over([other(1), other(2)], leak)).code).toBe('bench-leaked')
    const hidden = [other(1), other(2, { imageHides: true })]
    expect(problemThrownBy(() => over(hidden, section4())).code).toBe('bench-hidden')
  })

  test('when two names are of the same image, then each has the word of that image', () => {
    const all = section4(['4.1', { result: 'INFO' }], ['4.7', { result: 'INFO', items: [] }])
    const nameless = [1, 1].map((at) => other(at, { imageNames: [], container: null }))
    expect(over(nameless, all).map((one) => one.get('4.7'))).toEqual(['INFO', 'INFO'])
  })

  test('when a section 5 comes that nobody asked for, then it is not believed', () => {
    expect(problemThrownBy(() => over([other(1)], good)).code).toBe('bench-leaked')
  })
})
