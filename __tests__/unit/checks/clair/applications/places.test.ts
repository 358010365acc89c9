import { describe, expect, test } from '@jest/globals'
import { OWN_CANARIES } from '../../../../../src/checks/clair/applications/canary.js'
import { updaterOf } from '../../../../../src/checks/clair/applications/ecosystems.js'
import {
  readClairApplications,
  requestDocument,
} from '../../../../../src/checks/clair/applications/indexed.js'
import { judgeApplications } from '../../../../../src/checks/clair/applications/judge.js'
import type { ClairPackage } from '../../../../../src/checks/clair/matches/report.js'
import { NO_RATINGS } from '../../../../../src/feeds/formats/documents.js'
import { readRecord } from '../../../../../src/feeds/formats/osv/record.js'
import type { LayerFacts } from '../../../../../src/model/image/image.js'
import type { ApplicationFile } from '../../../../../src/model/packages/application.js'
import { aLayer, anImage, LAYER, someApplications } from '../../../../support/builders.js'
import { advisoriesOf } from '../../../../support/osv/advisories.js'
import { advisory } from '../../../../support/osv/advisory.js'
import { recordOr } from '../../../../support/osv/records.js'
import { saying } from '../../../../support/osv/shop.js'
import { canaries, files, jar, judgeParts, LOG4J, listed, PLANTED, UPPER } from './clair-lists.js'

const notInstalled: ApplicationFile = {
  md5: null,
  says: [{ kind: 'not-installed', name: 'redis', version: '1.0', inside: null }],
}

describe('a place at which Clair lists a package', () => {
  const REDIS = { PyPI: ['redis'] }
  const record = recordOr(readRecord(advisory('X-1', 'PyPI', 'redis', [{ introduced: '0' }]), 'PyPI'))
  const documents = advisoriesOf(REDIS, { more: [record] })
  const METADATA = 'redis-1.0.dist-info/METADATA'
  const debians = {
    ...aLayer({
      applications: someApplications({
        files: { [`usr/lib/python3/dist-packages/${METADATA}`]: saying('pypi', 'redis', '1.0') },
        owned: { 'info/python3-redis.list': { [`usr/lib/python3/dist-packages/${METADATA}`]: null } },
      }),
      records: {
        holds: ['info/python3-redis.list'],
        hides: [],
        sums: {},
        programs: {},
        changelogs: {},
        outdated: {},
      },
    }),
  }
  const known = {
    installed: [
      {
        ...{ name: 'python3-redis', version: '1', architecture: 'all', source: 'redis', sourceVersion: '1' },
        ...{ want: 'install', flag: 'ok', state: 'installed', database: 'var/lib/dpkg/status' },
      },
    ],
    foreign: [],
  }
  const answerFor = (packages: readonly ClairPackage[], layers: readonly LayerFacts[]) => {
    const documentsOfRequest = requestDocument({
      kind: 'own',
      canaries: { PyPI: OWN_CANARIES.PyPI },
      shared: [],
    })
    const clair = readClairApplications(
      documentsOfRequest,
      { packages: [...canaries('own', ['PyPI']), ...packages] },
      PLANTED,
    )
    return judgeApplications(documents, anImage({ layers }), known, NO_RATINGS, clair)
  }
  const at = (database: string, ids: readonly string[] = []) =>
    listed('redis', '1.0', database, ids, { updater: updaterOf('PyPI') })

  test('when a Debian package owns the file there, then it is refuted, and so is what Clair reports', () => {
    const answer = answerFor([at('python:usr/lib/python3/dist-packages', ['X-1', 'X-2'])], [debians])
    expect(answer?.clair?.listed).toMatchObject([
      { side: 'refuted', reason: expect.stringContaining('belongs to the Debian package python3-redis') },
    ])
    expect(answer?.findings.map(({ id, agreement }) => [id, agreement])).toEqual([
      ['X-1', 'refuted'],
      ['X-2', 'refuted'],
    ])
    expect(answer?.problem).toBeNull()
  })

  test('when Clair reports one of two known vulnerabilities of what Debian owns, then only that one is refuted', () => {
    const answer = answerFor([at('python:usr/lib/python3/dist-packages', ['X-2'])], [debians])
    expect(answer?.findings.map(({ id, agreement }) => [id, agreement])).toEqual([['X-2', 'refuted']])
  })

  test('when it is another one than that of the Debian package, then it is judged', () => {
    const answer = answerFor([at('python:opt/app', ['X-1'])], [debians])
    expect(answer?.findings).toMatchObject([{ id: 'X-1', agreement: 'confirmed', paths: ['opt/app'] }])
  })

  test('when one of two is another one, then that one is judged', () => {
    const both = at('python:usr/lib/python3/dist-packages', ['X-1'])
    const places = [...both.places, ...at('python:opt/app').places]
    expect(answerFor([{ ...both, places }], [debians])?.findings).toMatchObject([{ paths: ['opt/app'] }])
  })

  test('when a later layer writes a file there that Seaworthy cannot read, then the deleted one explains nothing', () => {
    const layers = [
      files({ 'opt/a.jar': saying('maven', LOG4J, '2.14.1') }),
      aLayer({ diffId: UPPER, removed: ['opt/a.jar'], applications: someApplications({}) }),
    ]
    const upper = { database: 'maven:opt/a.jar', layer: UPPER, distribution: null }
    const judged = judgeParts({ packages: [{ ...jar(), places: [upper] }], layers })
    expect(judged.clair.sides.judged).toBe(1)
    const gone = judgeParts({ packages: [{ ...jar(), places: [{ ...upper, layer: LAYER }] }], layers })
    expect(gone.clair.listed).toMatchObject([
      { side: 'refuted', reason: 'opt/a.jar was deleted or replaced by a later layer' },
    ])
  })

  test.each(['opt', 'opt/app'])('when a later layer deletes %s, then nothing below it is left', (removed) => {
    const layers = [
      aLayer({ applications: someApplications({}) }),
      aLayer({ diffId: UPPER, removed: [removed], applications: someApplications({}) }),
    ]
    expect(answerFor([at('python:opt/app')], layers)?.clair?.sides.refuted).toBe(1)
  })

  const LEFT = 'opt/app/~edis-1.0.dist-info/METADATA'
  test('when pip left only this behind there, then it is refuted, and so is what Clair reports', () => {
    const answer = answerFor([at('python:opt/app', ['X-1'])], [files({ [LEFT]: notInstalled })])
    expect(answer?.clair?.listed).toMatchObject([
      { side: 'refuted', reason: `${LEFT} was left behind by pip when it removed the package` },
    ])
    expect(answer?.findings).toMatchObject([{ id: 'X-1', agreement: 'refuted' }])
    expect(answer?.problem).toBeNull()
  })

  test('when the package is installed next to what pip left behind, then it is judged', () => {
    const both = {
      [LEFT]: notInstalled,
      [`opt/app/${METADATA}`]: saying('pypi', 'redis', '1.0'),
    }
    const answer = answerFor([at('python:opt/app', ['X-1'])], [files(both)])
    expect(answer?.findings).toMatchObject([{ id: 'X-1', agreement: 'confirmed' }])
    expect(answer?.clair?.sides).toMatchObject({ judged: 1, refuted: 0 })
  })

  test('when only another version is installed where pip left it behind, then it is refuted', () => {
    const both = {
      [LEFT]: notInstalled,
      'opt/app/redis-2.0.dist-info/METADATA': saying('pypi', 'redis', '2.0'),
    }
    const answer = answerFor([at('python:opt/app', ['X-1'])], [files(both)])
    expect(answer?.clair?.sides).toMatchObject({ judged: 0, refuted: 1 })
  })

  test.each<[string, string, string]>([
    ['an archive', 'maven:opt/a.war:WEB-INF/lib/b.jar', 'opt/a.war'],
    ['an archive with a colon in its name', 'maven:opt/a:b.jar:c.jar', 'opt/a:b.jar'],
  ])('when %s was deleted by a later layer, then the jars in it are refuted', (_, database, path) => {
    const layers = [
      files({ 'opt/a:b.jar': saying('maven', 'g:other', '1') }),
      aLayer({ diffId: UPPER, removed: [path], applications: someApplications({}) }),
    ]
    const place = { database, layer: LAYER, distribution: null }
    const answer = judgeParts({ packages: [{ ...jar(), places: [place] }], layers })
    expect(answer.clair.listed).toMatchObject([
      { side: 'refuted', reason: `${path} was deleted or replaced by a later layer` },
    ])
  })

  test('when the path of a jar begins with a colon, then nothing is known about it, and it is judged', () => {
    const place = { database: 'maven::a.jar', layer: LAYER, distribution: null }
    expect(judgeParts({ packages: [{ ...jar(), places: [place] }] }).clair.sides.judged).toBe(1)
  })

  test('when a wheel that is not installed has its name, then that refutes nothing', () => {
    const wheel = {
      'opt/app/virtualenv/seed/wheels/embed/redis-1.0-py3-none-any.whl': notInstalled,
    }
    expect(answerFor([at('python:opt/app', ['X-1'])], [files(wheel)])?.clair?.sides.judged).toBe(1)
  })

  test('when it is in a layer that the image does not have, then nothing explains it', () => {
    const [place] = at('python:usr/lib/python3/dist-packages').places
    const one = {
      ...at(''),
      places: place === undefined ? [] : [{ ...place, layer: `sha256:${'9'.repeat(64)}` }],
    }
    expect(answerFor([one], [debians])?.clair?.sides.judged).toBe(1)
  })
})
