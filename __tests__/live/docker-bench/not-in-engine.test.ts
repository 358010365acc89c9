import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { readRunOptions } from '../../../src/model/run/options.js'
import { isEveryCase } from '../../support/runs.js'
import { docker, leftovers, newFolder } from '../support.js'
import { BENCH_SOURCE, benchFolder, type Collected, collectAll, findings, notes, runOf } from './bench.js'
import { build, removeBuilt } from './images.js'
import { busyboxPlace, removePlaces, smallBase } from './places.js'
import { standIn } from './stand-in.js'
import { IMAGES } from './verdicts-table.js'

// Of an image that no engine has, Docker Bench gets the configuration and the history, without the files: section 4 says
// the same of it as of the image itself, and so does what judges declared run options.

const source = BENCH_SOURCE === '' ? standIn() : benchFolder
const NAMES = [
  'good',
  'plain',
  'root-daemon',
  'by-name',
  'by-group',
  'health-none',
  'early-update',
  'update-install',
  'added',
  'secrets',
  'setuid',
  'unverified',
  'hidden',
]
afterAll(removeBuilt)
afterAll(removePlaces)

/** Everything that is said of each id; names of the image are left out. */
function resultsOf(collected: Collected, reference: string) {
  const own = runOf(collected).imageNames
  const texts = [...findings(collected)].map(([id, { compared }]) => [id, JSON.stringify(compared)] as const)
  const plain = (text: string) =>
    [...own, reference].reduce((rest, name) => rest.replaceAll(name, 'the image'), text)
  return Object.fromEntries(texts.map(([id, text]) => [id, JSON.parse(plain(text))]))
}

// Options change what is said of section 5, which reads no image: three will do, but for `script/long`.
test.each([
  ['all', 'without run options', NAMES, null],
  [
    isEveryCase ? 'all' : 'three',
    'with run options',
    isEveryCase ? NAMES : ['good', 'root-daemon', 'hidden'],
    '--read-only --cap-drop ALL --pids-limit 50 -p 8080:8080',
  ],
] as const)(
  `when %s of thirteen images are archives, then Docker Bench says of them %s what it says of those in the engine`,
  async (_, _options, names, options) => {
    const files: Readonly<Record<string, string>> = { file: 'x' }
    const images = names.map((name) =>
      build(`apart-${name}`, `FROM ${smallBase()}\nCMD ["true"]\n${IMAGES[name]?.lines ?? ''}`, files),
    )
    const folder = newFolder()
    const archives = images.map((image, at) => {
      const archive = join(folder, `${at}.tar`)
      docker('save', '-o', archive, image)
      return archive
    })
    const part = {
      ...{ source, benchImage: busyboxPlace() },
      spec: options === null ? null : readRunOptions(options),
    }
    const [inEngine, apart] = [await collectAll(images, part), await collectAll(archives, part)]
    for (const [at, name] of names.entries()) {
      const [one, other] = [inEngine[at], apart[at]]
      if (one === undefined || other === undefined) {
        throw new Error(name)
      }
      expect([name, one.evidence.problem, other.evidence.problem]).toEqual([name, null, null])
      expect([name, resultsOf(other, archives[at] ?? '')]).toEqual([name, resultsOf(one, images[at] ?? '')])
      expect([name, runOf(other).notAsked]).toEqual([name, runOf(one).notAsked])
      // Its label keeps Docker Bench away from either.
      const isHidden = name === 'hidden'
      expect([name, runOf(other).isStandIn, runOf(other).withoutDbs !== null]).toEqual([name, true, isHidden])
      expect(
        notes(other).includes(
          'Docker Bench judged the configuration and the history of the image, without its files',
        ),
      ).toBe(!isHidden)
    }
    expect(leftovers()).toEqual([])
  },
  600_000,
)
