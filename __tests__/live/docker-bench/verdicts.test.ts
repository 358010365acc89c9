import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { connectEngine, type Engine } from '../../../src/io/engine/engine.js'
import { type BenchFinding, resultThatCounts } from '../../../src/model/finding/bench.js'
import { readRunOptions } from '../../../src/model/run/options.js'
import { NO_OPTIONS } from '../../../src/model/run/spec.js'
import { isEveryCase } from '../../support/runs.js'
import { docker, leftovers } from '../support.js'
import { type AloneResult, benchAlone } from './alone.js'
import {
  BENCH_SOURCE,
  benchFolder,
  type Collected,
  collect,
  collectAll,
  findings,
  NEEDS,
  withBench,
} from './bench.js'
import { build, removeBuilt, shellless } from './images.js'
import { busyboxPlace, removePlaces, smallBase } from './places.js'
import { standIn } from './stand-in.js'
import { IMAGES, type MadeImage, SUBJECTS, type Subject } from './verdicts-table.js'

const WITH = BENCH_SOURCE === '' ? 'a stand-in of Docker Bench' : 'Docker Bench itself'
const subjects = Object.entries(SUBJECTS)
const tags = new Map<string, string>()

function make(name: string, { lines = '', program, from }: MadeImage): string {
  if (program !== undefined) {
    return shellless(`verdict-${name}`, [`ENTRYPOINT ["/${program}"]`, 'USER 10001'], program)
  }
  const base = from === undefined ? smallBase() : (tags.get(from) ?? from)
  return build(`verdict-${name}`, `FROM ${base}\n${lines}`, { file: name })
}
const tagOf = ({ image }: Subject) => tags.get(image) ?? ''

beforeAll(() => {
  expect(subjects.length).toBeGreaterThan(30)
  for (const [name, image] of Object.entries(IMAGES)) {
    tags.set(name, make(name, image))
  }
})
afterAll(removeBuilt)
afterAll(removePlaces)

describe(`what counts next to ${WITH}`, () => {
  const found = new Map<string, ReadonlyMap<string, BenchFinding>>()

  beforeAll(async () => {
    const source = BENCH_SOURCE === '' ? standIn() : benchFolder
    const part = { source, benchImage: busyboxPlace() }
    const images = subjects.filter(([, { options }]) => options === null)
    const collected = await collectAll(
      images.map(([, subject]) => tagOf(subject)),
      part,
    )
    const containers = subjects.filter(([, { options }]) => options !== null)
    const worth = worthAsking()
    // Two at a time: each starts a container, and Docker Bench takes a core.
    const runs = await Promise.all(
      [0, 1].map(async (lane) => {
        const done: [string, Collected][] = []
        for (const [name, subject] of containers.filter((_, index) => index % 2 === lane)) {
          const options = worth.has(name) ? { ...part, start: true } : {}
          done.push([name, await collect(tagOf(subject), { ...asRun(subject), ...options })])
        }
        return done
      }),
    )
    const ofImages = images.flatMap(([name], index) => {
      const one = collected[index]
      return one === undefined ? [] : [[name, one] as const]
    })
    for (const [name, one] of [...ofImages, ...runs.flat()]) {
      found.set(name, findings(one))
    }
  }, 1_200_000)

  test.each(subjects)('when it is %s, then the result that counts is right', (name, { verdicts, called }) => {
    for (const [id, [right, alone, why, names]] of Object.entries(verdicts)) {
      const finding = found.get(name)?.get(id)
      if (!finding) {
        throw new Error(`${id} has no result`)
      }
      const counts = resultThatCounts(finding)
      const status = finding.state === 'evaluated' ? counts?.word : finding.state
      expect({ id, told: status, why }).toEqual({ id, told: right, why })
      if (names !== undefined) {
        expect(counts?.items).toEqual(names.length === 0 ? [] : expect.arrayContaining([...names]))
      }
      // What Docker Bench said of it here is what is written down; the gate gives containers names of its own.
      if (finding.dbs?.word && alone !== 'either' && called === undefined) {
        expect({ id, dbs: finding.dbs.word }).toEqual({ id, dbs: alone })
      }
    }
  })

  test('when all have been judged, then nothing is left', () => {
    expect(leftovers()).toEqual([])
  })
})

/** As the gate is told to run it. Its health is looked at soon, which no rule judges. */
function asRun(subject: Subject): { readonly spec: ReturnType<typeof readRunOptions> } {
  const { config, hostConfig } = subject.options ? readRunOptions(subject.options) : NO_OPTIONS
  const started = { Healthcheck: { Interval: 1_000_000_000 }, Cmd: programOf(subject) }
  return { spec: { config: { ...started, ...config }, hostConfig } }
}

/** What it is started with; an image that holds one program starts that. */
function programOf({ image }: Subject): readonly string[] {
  return IMAGES[image]?.program === undefined ? ['sleep', '600'] : []
}

/**
 * Names of those that are started and asked about, which takes seconds for each: one for each id that Docker Bench gets
 * wrong. `script/long` asks about each that it gets wrong, and Docker Bench itself about all.
 */
function worthAsking(): ReadonlySet<string> {
  const ids = new Set<string>()
  const worth = subjects.filter(([, { met, options, verdicts }]) => {
    const wrong = Object.entries(verdicts).flatMap(([id, [right, alone]]) => (right === alone ? [] : [id]))
    const isNew = isEveryCase ? wrong.length > 0 : wrong.some((id) => !ids.has(id))
    const isWorth = options !== null && met !== 'created' && ((isEveryCase && BENCH_SOURCE !== '') || isNew)
    for (const id of isWorth ? wrong : []) {
      ids.add(id)
    }
    return isWorth
  })
  return new Set(worth.map(([name]) => name))
}

// Of a commit that is pinned, this does not change: `script/long` asks again. Those that a label hides are asked each time.
describe('Docker Bench alone', () => {
  // What it takes for itself changes what it leaves out beside: those that are hidden so are looked at apart.
  const isHidden = ({ image }: Subject) => image === 'hidden'
  const chosen = subjects.filter(([, subject]) => isEveryCase || isHidden(subject))
  // Each check of section 5 looks at each container: those of which only section 4 is asked are apart, too.
  const isOfImages = ({ verdicts }: Subject) => Object.keys(verdicts).every((id) => id.startsWith('4.'))
  const kindOf = (subject: Subject) =>
    isHidden(subject) ? 'hidden' : isOfImages(subject) ? 'section 4' : 'section 5'
  const groups = Object.values(Object.groupBy(chosen, ([, subject]) => kindOf(subject)))

  withBench(
    `when it judges ${isEveryCase ? 'all of them' : 'those that a label hides'}, then it is wrong where that is written down${NEEDS}`,
    async () => {
      expect(chosen.length).toBeGreaterThan(0)
      const engine = await connectEngine()
      expect(groups.flatMap((group) => judgedAlone(engine, group))).toEqual([])
    },
    1_200_000,
  )
})

/** Where it says something else than what is written down, in words. */
function judgedAlone(engine: Engine, group: readonly (readonly [string, Subject])[]): readonly string[] {
  const prefix = `seaworthy-test-alone-${process.pid}-`
  const ids: string[] = []
  try {
    const names = group.map(([, subject], index) => {
      const name = `${prefix}${index}-${subject.called ?? ''}`
      ids.push(...start(name, subject))
      return name
    })
    const images = [...new Set(group.map(([, subject]) => tagOf(subject)))]
    const imageIds = images.map((tag) => docker('image', 'inspect', '-f', '{{.Id}}', tag).trim())
    const checkIds = [...new Set(group.flatMap(([, { verdicts }]) => Object.keys(verdicts)))]
    const { results } = benchAlone(engine, imageIds, prefix, checkIds)
    return group.flatMap(([name, subject], index) =>
      Object.entries(subject.verdicts).flatMap(([id, [, alone]]) => {
        const theirs = statusOf(id, results.get(id), [tagOf(subject), names[index] ?? ''])
        return alone === 'either' || theirs === alone ? [] : [`${name}, ${id}: ${theirs}, not ${alone}`]
      }),
    )
  } finally {
    for (const id of ids) {
      docker('rm', '-f', '-v', id)
    }
  }
}

/** As someone would run it by hand. None of `FROM scratch`: there is nothing in it that could run. */
function start(name: string, subject: Subject): readonly string[] {
  if (IMAGES[subject.image]?.from === 'scratch') {
    return []
  }
  const quotedOptions = [...(subject.options ?? '').matchAll(/'([^']*)'|(\S+)/g)]
  const options = quotedOptions.map(([, quoted, bare]) => quoted ?? bare ?? '')
  // A network takes an address and an interface from all that run at the time.
  const isAboutNetwork = options.some((one) => /^(?:-p|--publish|--net)/.test(one))
  const args = ['--name', name, ...(isAboutNetwork ? [] : ['--network', 'none']), ...options]
  const id = docker('create', ...args, tagOf(subject), ...programOf(subject)).trim()
  if (subject.met !== 'created') {
    docker('start', id)
  }
  if (subject.met === 'paused') {
    docker('pause', id)
  }
  return [id]
}

/** One word is for all, the worst: what it does not name passes. */
function statusOf(
  id: string,
  theirs: AloneResult | undefined,
  [tag, container]: readonly [string, string],
): string {
  if (theirs === undefined) {
    return 'nothing'
  }
  const ofImage = ['4.6', '4.7', '4.9'].includes(id)
  const isNamed = theirs.items
    .map((item) => item.replace(/^\[|\]$/g, ''))
    .some((item) => (ofImage ? item === tag : item === container || item.startsWith(`${container}:`)))
  return isNamed || theirs.word === 'NOTE' ? theirs.word : 'PASS'
}
