import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { CLAIR_ECOSYSTEMS } from '../../../../../src/checks/clair/applications/ecosystems.js'
import { indexedPackages, MAX_PACKAGES } from '../../../../../src/checks/clair/applications/indexed.js'
import type { ClairPackage } from '../../../../../src/checks/clair/matches/report.js'
import { CLAIR_SIDES, MAX_LISTED } from '../../../../../src/model/packages/application.js'
import { aLayer, LAYER, someApplications } from '../../../../support/builders.js'
import { cpuMs } from '../../../../support/cpu.js'
import { advisoriesOf } from '../../../../support/osv/advisories.js'
import { saying } from '../../../../support/osv/shop.js'
import { problemThrownBy } from '../../../../support/problems.js'
import { files, judgeParts, LOG4J, listed, PLANTED, UPPER } from './clair-lists.js'

describe('the account of Clair’s index', () => {
  const text = fc.oneof(
    fc.constantFrom('redis', 'rack', 'log4j-core', LOG4J, 'stdlib', '', '__proto__', 'a\u0000b'),
    fc.string({ maxLength: 8 }),
  )
  const version = fc.oneof(
    fc.constantFrom('1.0', '2.14.1', '(devel)', '', 'x y'),
    fc.string({ maxLength: 5 }),
  )
  const database = fc.oneof(
    fc.constantFrom('var/lib/dpkg/status', 'var/lib/dpkg/status.d/libc6', 'lib/apk/db/installed', 'nodejs:a'),
    fc.constantFrom('python:srv', 'maven:srv/a.jar', 'maven:srv/a.war:b.jar', 'jar:x.jar', 'ruby:a', 'go:a'),
  )
  const layer = fc.constantFrom(LAYER, UPPER, `sha256:${'9'.repeat(64)}`)
  const updater = fc.constantFrom('osv/pypi', 'osv/maven', 'debian/updater', 'other')
  const clairs = fc.record({
    name: text,
    version,
    places: fc.uniqueArray(fc.record({ database, layer, distribution: fc.constant(null) }), {
      minLength: 1,
      maxLength: 3,
      selector: ({ database: path }) => path,
    }),
    reported: fc.uniqueArray(fc.tuple(fc.constantFrom('GHSA-jfh8-c2jp-5v3q', 'X-1', 'X-2'), updater), {
      maxLength: 2,
      selector: ([id]) => id,
    }),
  })
  const own = fc.dictionary(
    fc.constantFrom('srv/a.jar', 'srv/redis-1.0.dist-info/METADATA', 'a', 'x.jar'),
    fc.constantFrom(
      saying('maven', LOG4J, '2.14.1'),
      saying('maven', 'log4j-core', '2.14.1'),
      saying('pypi', 'redis', '1.0'),
      saying('golang', 'stdlib', null),
    ),
  )

  test('when an index and an image are made up, then each package is on one side, and nothing reported is lost', () => {
    const documents = advisoriesOf({ Maven: [LOG4J, ':log4j-core'], PyPI: ['redis'] })
    fc.assert(
      fc.property(
        fc.array(clairs, { maxLength: 12 }),
        own,
        fc.constantFrom('own' as const, 'other' as const),
        fc.constantFrom([], ['srv'], ['srv/a.jar']),
        (all, ours, kind, removed) => {
          const packages = all.map(({ reported, ...one }): ClairPackage => {
            const [first] = reported.map(([id, by]) => listed(one.name, '', '', [id], { updater: by }))
            const vulnerabilities = reported.flatMap(
              ([id, by]) => listed(one.name, '', '', [id], { updater: by }).vulnerabilities,
            )
            return { ...(first ?? listed('', '', '')), ...one, vulnerabilities }
          })
          const layers = [files(ours), aLayer({ diffId: UPPER, removed, applications: someApplications({}) })]
          const answer = judgeParts({ kind, requested: CLAIR_ECOSYSTEMS, packages, documents, layers })
          const { clair, findings, open, problem } = answer
          // One for each ecosystem that Clair found it in, and one for all package managers together.
          const kinds = packages.map(({ places }) => {
            const beginnings = places.map(
              ({ database: path }) => /^(python|maven|jar|ruby|go):/.exec(path)?.[1] ?? '',
            )
            return new Set(beginnings.map((one) => (one === 'jar' ? 'maven' : one))).size
          })
          expect(clair.packages).toBe(kinds.reduce((sum, one) => sum + one, 0))
          expect(CLAIR_SIDES.reduce((sum, side) => sum + clair.sides[side], 0)).toBe(clair.packages)
          expect(clair.listed).toHaveLength(clair.packages - clair.sides.debian - clair.sides.judged)
          // What no package manager reports is a finding, or a package whose version is left open.
          for (const one of packages.filter(({ places }) =>
            places.every(({ database: path }) => /^(?:python|maven|jar|ruby|go):/.test(path)),
          )) {
            for (const { id } of one.vulnerabilities) {
              // Go's `(devel)` is no version; of other ecosystems it would be one.
              const isOpen = open.some(({ version }) => version === null || version === one.version)
              expect(findings.some(({ ids }) => ids.includes(id)) || isOpen).toBe(true)
            }
          }
          if (kind === 'own' && clair.sides.unexplained > 0) {
            expect(problem).not.toBeNull()
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  test('when the canaries’ layer holds a package, then it is not the image’s', () => {
    const planted = { database: 'go:var/lib/seaworthy-canary/canary', layer: PLANTED, distribution: null }
    const answer = judgeParts({ packages: [{ ...listed('stdlib', 'devel', ''), places: [planted] }] })
    expect(answer).toMatchObject({ problem: null, clair: { packages: 0 } })
  })

  test('when there are more than are accepted, then that is reported, and no answer is given', () => {
    const packages = Array.from({ length: 100_000 }, (_, at) => listed(`p${at}`, '1', 'python:srv'))
    const { code, what } = problemThrownBy(() => judgeParts({ packages }))
    expect(code).toBe('clair-report-malformed')
    expect(what).toBe("Clair's report lists 100001 application packages, and at most 50000 are accepted")
  })

  test('when there are as many as are accepted, then each is judged in seconds, and the list has an end', () => {
    const packages = Array.from({ length: MAX_PACKAGES - 1 }, (_, at) =>
      listed(at % 2 === 0 ? `p${at}` : `p\u0000${at}`, '1', 'python:srv'),
    )
    const start = cpuMs()
    const { clair, problem } = judgeParts({ packages })
    expect(cpuMs() - start).toBeLessThan(20_000)
    expect(clair.packages).toBe(packages.length)
    expect(clair.listed).toHaveLength(MAX_LISTED)
    expect(problem?.what).toMatch(/; and 24,?99\d more/)
  })
})

describe('an index report', () => {
  const INDEX = JSON.stringify({
    packages: { 1: { name: 'redis', version: '4.5.3' } },
    environments: { 1: [{ package_db: 'python:srv', introduced_in: LAYER }] },
  })

  test.each<[string, string]>([
    ['cut in the middle', INDEX.slice(0, INDEX.length / 2)],
    ['empty', ''],
    ['a page', '<html>'],
    ['without packages', '{"packages":null,"environments":{}}'],
    ['with a package that is a number', '{"packages":{"1":7},"environments":{}}'],
  ])('when it is %s, then it is an error that says so', (_, text) => {
    const problem = problemThrownBy(() => indexedPackages(text, PLANTED))
    expect(problem).toMatchObject({ code: 'clair-index-failed', where: 'Clair' })
    expect(problem.what).toContain("Clair's index report can't be read: ")
    expect(problem.todo).not.toBe('')
  })

  test('when it is whole, then it has the places of each package, and not what was planted', () => {
    expect(indexedPackages(INDEX, PLANTED)).toMatchObject([
      { ecosystem: 'PyPI', name: 'redis', places: [{ database: 'python:srv', layer: LAYER }] },
    ])
    expect(indexedPackages(INDEX, LAYER)).toEqual([])
  })
})
