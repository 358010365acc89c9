import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ECOSYSTEMS, type Ecosystem } from '../../src/osv/ecosystem.js'
import type { Report } from '../../src/reports/json/schema.js'
import { jarOf } from '../support/hostile-zip.js'
import { advisory } from '../support/osv/advisory.js'
import { publishedRecords } from '../support/osv/records.js'
import { goProgram } from '../support/programs.js'
import { makeZip } from '../support/zip.js'
import { BASES, docker, newFolder, reportOf, seaworthy } from './support.js'

type Files = Readonly<Record<string, string | Buffer>>

const made: string[] = []
afterAll(() => {
  for (const image of made.splice(0).reverse()) {
    docker('rmi', '-f', image)
  }
})

/** On bookworm, a layer for each of these: files below /srv, or what a command does. */
function imageWith(name: string, ...layers: readonly (Files | string)[]): string {
  const context = join(newFolder(), 'context')
  const lines = layers.map((layer, at) => {
    if (typeof layer === 'string') {
      return `RUN ${layer}`
    }
    for (const [path, body] of Object.entries(layer)) {
      const file = join(context, String(at), path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, body)
      chmodSync(file, path.startsWith('bin/') ? 0o755 : 0o644)
    }
    return `COPY ${at} /srv`
  })
  writeFileSync(join(context, 'Dockerfile'), [`FROM ${BASES.bookworm}`, ...lines, ''].join('\n'))
  const tag = `seaworthy-test/clair-eyes-${name}-${process.pid}:1`
  docker('build', '-q', '-t', tag, context)
  made.push(tag)
  return tag
}

function wheel(name: string, version: string): Files {
  const text = `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`
  return { [`python/${name}-${version}.dist-info/METADATA`]: text }
}

function gem(name: string, version: string): Files {
  const text = `Gem::Specification.new do |s|\n  s.name = "${name}"\n  s.version = "${version}"\nend\n`
  return { [`gems/specifications/${name}-${version}.gemspec`]: text }
}

/** Real advisories, and some about the traps of each order that these do not have. */
const MORE: Readonly<Partial<Record<Ecosystem, readonly object[]>>> = {
  PyPI: [advisory('PYSEC-2023-46', 'PyPI', 'redis', [{ introduced: '4.5.0' }, { fixed: '4.5.4' }])],
  Go: [
    advisory('GO-2021-0238', 'Go', 'golang.org/x/net', [
      { introduced: '0' },
      { fixed: '0.0.0-20210520170846-37e1c6afe023' },
    ]),
  ],
}

function osvFolder(more: Readonly<Partial<Record<Ecosystem, readonly object[]>>> = MORE): string {
  const folder = join(newFolder(), 'osv')
  for (const ecosystem of ECOSYSTEMS) {
    mkdirSync(join(folder, ecosystem), { recursive: true })
    const records = [...publishedRecords(ecosystem), ...(more[ecosystem] ?? [])]
    const files = records.map((record, at) => ({ name: `${at}.json`, bytes: JSON.stringify(record) }))
    writeFileSync(join(folder, ecosystem, 'all.zip'), makeZip(files))
  }
  return folder
}

async function scan(images: readonly string[], osv: string): Promise<Report> {
  const cache = join(newFolder(), 'cache')
  // Records of the sample are of years ago.
  const args = ['scan', ...images, '--max-data-age', '87600', '--cache-dir', cache, '--osv', osv]
  return reportOf(await seaworthy(args))
}

const found = ({ images }: Report, index = 0) =>
  (images[index]?.findings ?? [])
    .filter(({ application }) => application !== null)
    .map(({ package: name, version, agreement, ruling, facts }) => {
      return `${name} ${version} ${agreement} ${ruling}: ${facts.explanation ?? ''}`
    })

const stateOf = ({ images }: Report, index = 0) => images[index]?.checks[0]

describe('an image with the traps in which Clair alone is wrong, by files made here', () => {
  let report: Report
  beforeAll(async () => {
    const image = imageWith(
      'traps',
      {
        'a/log4j-core-2.14.1.jar': jarOf('org.apache.logging.log4j', 'log4j-core', '2.14.1'),
        ...wheel('Django', '3.2'),
        ...wheel('jupyter_server', '2.7.0'),
        ...wheel('torch', '1.13.0+cpu'),
        ...wheel('sqlparse', '0.4.4RC1'),
        ...wheel('Jinja2', '2.10'),
        ...wheel('PyYAML', '5.3'),
        ...gem('rack', '2.2.3'),
        // Clair's report would be a status 500 if it were told of an advisory about this one.
        ...gem('rexml', '3.2.5+x'),
        'bin/old': goProgram('go1.22.1', [
          'path\texample.com/old',
          'mod\texample.com/old\t(devel)\t',
          'dep\tgolang.org/x/net\tv0.0.0-20210226172049-e18ecbb43110\th1:x',
          'dep\tgolang.org/x/text\tv0.3.7\th1:x',
        ]),
      },
      { 'b/log4j-core-2.14.1.jar': jarOf('org.apache.logging.log4j', 'log4j-core', '2.14.1') },
      'rm /srv/b/log4j-core-2.14.1.jar',
      // As pip does when it updates. Of several that are deleted in one layer Clair takes note of one.
      'cd /srv/python && mv Jinja2-2.10.dist-info Jinja2-99.dist-info && mv PyYAML-5.3.dist-info PyYAML-99.dist-info && sed -i "s/^Version.*/Version: 99/" *-99.dist-info/METADATA',
    )
    report = await scan([image], osvFolder())
  }, 300_000)

  test('then the check is answered, and both say the same of what Clair reads as we do', () => {
    expect(stateOf(report)).toMatchObject({ state: 'answered', problem: null })
    expect(found(report)).toEqual(
      expect.arrayContaining(
        [
          ...['pypi/django 3.2', 'pypi/jupyter-server 2.7.0', 'pypi/torch 1.13.0+cpu'],
          ...['gem/rack 2.2.3', 'golang/golang.org/x/text v0.3.7'],
        ].map((one) => expect.stringContaining(`${one} confirmed `)),
      ),
    )
  })

  test.each([
    ['another copy of it was deleted', /log4j-core 2\.14\.1 missed-by-clair act: Clair forgets all copies/],
    ['its version is of a candidate', /sqlparse 0\.4\.4RC1 missed-by-clair act: Clair orders pre-releases/],
    ['its fix is a pseudo-version', /x\/net v0\.0\.0-\S+ missed-by-clair act: Clair reads a pseudo-version/],
  ])('then what Clair misses because %s is a finding, and the reason is said', (_, finding) => {
    expect(found(report)).toContainEqual(expect.stringMatching(finding))
  })

  test('then what Clair reports of files that a later layer deleted is noted', () => {
    const gone = found(report).filter((one) => /jinja2|pyyaml/.test(one))
    expect(gone.length).toBeGreaterThan(0)
    for (const one of gone) {
      expect(one).toMatch(/ refuted noted: srv\/python\/\S+ was deleted or replaced by a later layer$/)
    }
  })

  test('then a version that nobody can compare is not examined, and Debian’s part has its answer', () => {
    expect(report.images[0]?.applications?.notExamined).toEqual([
      expect.objectContaining({ kind: 'undecided', count: 1 }),
    ])
    expect(report.images[0]?.findings.some(({ binaries }) => binaries.length > 0)).toBe(true)
  })
})

describe('two images on one Clair, a gem in the first and a wheel of its name and version in the second', () => {
  test('then what Clair misses for its shared database is a finding, and the reason is said', async () => {
    const first = imageWith('gem', gem('redis', '4.5.3'))
    const second = imageWith('wheel', wheel('redis', '4.5.3'))
    const report = await scan([first, second], osvFolder())
    expect([stateOf(report)?.state, stateOf(report, 1)?.state]).toEqual(['answered', 'answered'])
    expect([found(report), found(report, 1)]).toEqual([
      [],
      [
        expect.stringMatching(
          /^pypi\/redis 4\.5\.3 (?:missed-by-clair act: Clair keeps one row|confirmed act: $)/,
        ),
      ],
    ])
  }, 300_000)
})
