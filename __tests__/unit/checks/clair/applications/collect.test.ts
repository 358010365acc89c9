import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  type LookupContext,
  lookUpAdvisories as lookUp,
  withAdvisories,
} from '../../../../../src/checks/clair/applications/collect.js'
import { readOsvDocuments } from '../../../../../src/checks/clair/applications/documents.js'
import type { ListedPackage } from '../../../../../src/checks/clair/applications/indexed.js'
import { judgeApplications } from '../../../../../src/checks/clair/applications/judge.js'
import { NO_RATINGS } from '../../../../../src/feeds/formats/documents.js'
import type { Ecosystem } from '../../../../../src/feeds/formats/osv/ecosystem.js'
import type { Image } from '../../../../../src/model/image/image.js'
import type { OpeningImage } from '../../../../../src/model/image/opening.js'
import type { ForeignPackage } from '../../../../../src/model/provenance/origin.js'
import {
  aLayer,
  anEvidence,
  anImage,
  aProblem,
  LAYER,
  someApplications,
} from '../../../../support/builders.js'
import { publishedRecords } from '../../../../support/osv/records.js'
import { saying, shopImage } from '../../../../support/osv/shop.js'
import { isPending } from '../../../../support/waiting.js'
import { makeZip } from '../../../../support/zip.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'advisories-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** A folder in the bucket's layout with the real records of these ecosystems. */
function bucketOf(...ecosystems: readonly Ecosystem[]) {
  for (const ecosystem of ecosystems) {
    const files = publishedRecords(ecosystem).map((record, at) => ({
      name: `${at}.json`,
      bytes: JSON.stringify(record),
    }))
    mkdirSync(join(folder, ecosystem))
    writeFileSync(join(folder, ecosystem, 'all.zip'), makeZip(files))
  }
  return { osv: [{ base: folder, form: 'bucket' as const }], osvDays: 100_000, offline: false }
}

const LOG4J = 'org.apache.logging.log4j:log4j-core'

const opening = (image: Promise<Image>) => ({ image }) as unknown as OpeningImage
const opened = (image: Image) => opening(Promise.resolve(image))

function run(foreign: readonly ForeignPackage[] = [], progress: string[] = []): LookupContext {
  return {
    signal: new AbortController().signal,
    progress: (text) => void progress.push(text),
    trustedCacheDir: null,
    origins: () => Promise.resolve({ foreign, trackerRows: [] }),
  }
}

/** With these indexes of Clair's, one for each image. */
function lookUpAdvisories(
  images: readonly OpeningImage[],
  sources: Parameters<typeof lookUp>[1],
  context: LookupContext,
  indexes: readonly (readonly ListedPackage[])[] = [],
) {
  const { evidence, addIndex } = lookUp(images, sources, context)
  for (const at of images.keys()) {
    addIndex(at, indexes[at] ?? [])
  }
  return evidence
}

const known = (documents: Readonly<Record<string, string>> = {}) => readOsvDocuments(documents)

describe('looking up the packages of images', () => {
  test('when an image has four ecosystems, then these are asked, and the evidence judges it again', async () => {
    const progress: string[] = []
    const sources = bucketOf('npm', 'PyPI', 'Maven', 'Go')
    const [looked] = await lookUpAdvisories([opened(shopImage())], sources, run([], progress))
    const { documents = {}, sources: from = [] } = looked ?? {}
    expect(JSON.parse(documents['osv.json'] ?? '').ecosystems.Go).toEqual({ state: 'read', why: '' })
    expect(Object.keys(documents).sort()).toEqual([
      'osv-go.json',
      'osv-maven.json',
      'osv-npm.json',
      'osv-pypi.json',
      'osv.json',
    ])
    expect(from.map(({ name, rows }) => [name, rows !== null]).sort()).toEqual([
      ['osv-Go', true],
      ['osv-Maven', true],
      ['osv-PyPI', true],
      ['osv-npm', true],
    ])
    expect(progress).toHaveLength(1)
    const answer = judgeApplications(documents, shopImage(), { installed: [], foreign: [] }, NO_RATINGS)
    expect(answer?.problem).toBeNull()
    expect(answer?.findings.map(({ id }) => id)).toContain('CVE-2021-44228')
    // Records about other packages are no evidence of this image.
    expect(documents['osv-npm.json']).not.toContain('ua-parser-js')
  })

  test('when an image has nothing of its own, then nobody is asked', async () => {
    const progress: string[] = []
    const sources = { osv: [{ base: '/nowhere', form: 'bucket' as const }], osvDays: 30, offline: false }
    const [looked] = await lookUpAdvisories([opened(anImage())], sources, run([], progress))
    expect([progress, looked?.sources, [...(known(looked?.documents) ?? [])]]).toEqual([[], [], []])
  })

  test('when an ecosystem gives nothing, then it has a problem, and the others have records', async () => {
    const sources = bucketOf('npm', 'PyPI', 'Maven')
    const [looked] = await lookUpAdvisories([opened(shopImage())], sources, run())
    const got = known(looked?.documents)
    expect(got?.get('Go')).toMatchObject({ problem: { code: 'feed-unreachable' } })
    expect(got?.get('npm')).toMatchObject({ names: ['lodash'] })
  })

  test('when a third party’s package brought it, then it is asked for once that is known', async () => {
    const path = 'usr/lib/node_modules/lodash/package.json'
    const image = anImage({
      layers: [
        aLayer({
          files: {
            'etc/os-release': 'ID=debian\nVERSION_CODENAME=bookworm\nVERSION_ID="12"\n',
            'var/lib/dpkg/status':
              'Package: nodejs\nStatus: install ok installed\nVersion: 22.3.0-1\nArchitecture: amd64\n\n',
          },
          applications: someApplications({
            files: { [path]: saying('npm', 'lodash', '4.17.4') },
            owned: { 'info/nodejs.list': { [path]: null } },
          }),
          records: {
            holds: ['info/nodejs.list'],
            hides: [],
            sums: {},
            programs: {},
            changelogs: {},
            outdated: {},
          },
        }),
      ],
    })
    const sources = bucketOf('npm')
    const nodesource = { name: 'nodejs', origin: 'third-party' } as ForeignPackage
    const [theirs] = await lookUpAdvisories([opened(image)], sources, run([nodesource]))
    expect(known(theirs?.documents)?.get('npm')).toMatchObject({ names: ['lodash'] })
    const [debians] = await lookUpAdvisories([opened(image)], sources, run())
    expect([...(known(debians?.documents) ?? [])]).toEqual([])
  })

  test('when one of two images cannot be read, then the other is looked up', async () => {
    const broken = opening(Promise.reject(new Error('cut')))
    const looked = await lookUpAdvisories([broken, opened(shopImage())], bucketOf('npm'), run())
    expect(known(looked[0]?.documents)).toEqual(new Map())
    expect(known(looked[1]?.documents)?.get('npm')).toMatchObject({ names: ['lodash'] })
  })

  test('when only Clair lists a package, then it is looked up too, unless its place is explained', async () => {
    const place = (database: string, layer = LAYER) => ({ database, layer })
    const listed: readonly ListedPackage[] = [
      { ecosystem: 'Maven', name: LOG4J, version: '2.14.1', places: [place('maven:x.jpi:a.jar')] },
      { ecosystem: 'Maven', name: 'spring-beans', version: '5.3.17', places: [place('jar:y.jpi:b.jar')] },
      { ecosystem: 'PyPI', name: 'django', version: '3.2', places: [place('python:gone')] },
    ]
    const layers = [
      aLayer({ applications: someApplications({}) }),
      aLayer({ diffId: `sha256:${'f'.repeat(64)}`, removed: ['gone'], applications: someApplications({}) }),
    ]
    const images = [opened(anImage({ layers }))]
    const [looked] = await lookUpAdvisories(images, bucketOf('Maven'), run(), [listed])
    const got = known(looked?.documents)
    expect([...(got?.keys() ?? [])]).toEqual(['Maven'])
    expect(got?.get('Maven')).toMatchObject({ names: [':spring-beans', LOG4J] })
  })

  test('when Clair is still indexing, then what it asks about jars is answered, and advisories are not', async () => {
    const { evidence, jars, addIndex } = lookUp([opened(shopImage())], bucketOf('Maven'), run())
    expect(await jars).toEqual([new Map()])
    expect(await isPending(evidence)).toBe(true)
    addIndex(0, [])
    addIndex(0, [{ ecosystem: 'Maven', name: 'later:one', version: '1', places: [] }])
    expect(known((await evidence)[0]?.documents)?.get('Maven')).toMatchObject({ names: [LOG4J] })
  })

  test('when nobody wants advisories, then the evidence says so', async () => {
    const none = { osv: [], osvDays: 30, offline: false }
    const [looked] = await lookUpAdvisories([opened(shopImage())], none, run())
    expect(looked?.documents['osv.json']).toContain('"off"')
    expect(known(looked?.documents)).toBeNull()
  })
})

describe('putting it next to the evidence', () => {
  test('when Clair has failed, then it is put there too, and the problem stays', async () => {
    const failed = anEvidence({ problem: aProblem(), sources: [] })
    const looked = [{ documents: { 'osv.json': '{}' }, sources: [], advisories: null }]
    expect(await withAdvisories([failed], Promise.resolve(looked))).toMatchObject([
      { problem: aProblem(), documents: { 'osv.json': '{}' } },
    ])
  })

  test('when looking up broke off, then the check has no answer', async () => {
    const [one] = await withAdvisories([anEvidence()], Promise.reject(new Error('aborted')))
    expect(one?.problem?.what).toBe('aborted')
  })
})
