import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Ecosystem } from '../../src/feeds/formats/osv/ecosystem.js'
import type { Report } from '../../src/reports/json/schema.js'
import { detailOf } from '../support/facts.js'
import { jarOf, zipOf } from '../support/hostile-zip.js'
import { advisory } from '../support/osv/advisory.js'
import { keys } from '../support/policies.js'
import { goProgram } from '../support/programs.js'
import { gem, imageWith, osvFolder, removeApplications, wheel } from './application-images.js'
import { newFolder, reportOf, seaworthy } from './support.js'

afterAll(removeApplications)

/** Real advisories, and some about the traps of each order that these do not have. */
const MORE: Readonly<Partial<Record<Ecosystem, readonly object[]>>> = {
  PyPI: [advisory('PYSEC-2023-46', 'PyPI', 'redis', [{ introduced: '4.5.0' }, { fixed: '4.5.4' }])],
  Go: [
    advisory('GO-2021-0238', 'Go', 'golang.org/x/net', [
      { introduced: '0' },
      { fixed: '0.0.0-20210520170846-37e1c6afe023' },
    ]),
    advisory('GO-2099-0001', 'Go', 'golang.org/x/text', [{ introduced: '0' }], {
      ecosystem_specific: { imports: [{ path: 'golang.org/x/text', goos: ['windows'] }] },
    }),
  ],
}

async function scan(images: readonly string[], osv: string): Promise<Report> {
  const cache = join(newFolder(), 'cache')
  // Records of the sample are of years ago.
  const args = ['scan', ...images, keys({ 'max-data-age': 87600 }), '--cache-dir', cache, '--osv', osv]
  return reportOf(await seaworthy(args))
}

const found = ({ images }: Report, index = 0) =>
  (images[index]?.findings ?? [])
    .filter(({ details }) => details.type === 'application-vulnerability')
    .map(({ package: name, version, agreement, ruling, details }) => {
      return `${name} ${version} ${agreement} ${ruling}: ${detailOf({ details }, 'explanation')}`
    })

const stateOf = ({ images }: Report, index = 0) => images[index]?.checks[0]

describe('an image with the traps in which Clair alone is wrong, by files made here', () => {
  let report: Report
  beforeAll(async () => {
    const image = imageWith(
      'traps',
      {
        'a/log4j-core-2.14.1.jar': jarOf('org.apache.logging.log4j', 'log4j-core', '2.14.1'),
        'a/spring-beans-5.3.17.jar': zipOf([
          {
            name: 'META-INF/MANIFEST.MF',
            body: 'Manifest-Version: 1.0\r\nImplementation-Title: spring-beans\r\nImplementation-Version: 5.3.17\r\n\r\n',
          },
        ]),
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
    report = await scan([image], osvFolder(MORE))
  })

  test('then the check is answered, and both say the same of what Clair reads as we do', () => {
    expect(stateOf(report)).toMatchObject({ state: 'answered', problem: null })
    expect(found(report)).toEqual(
      expect.arrayContaining(
        [
          ...['pypi/django 3.2', 'pypi/jupyter-server 2.7.0', 'pypi/torch 1.13.0+cpu'],
          ...['gem/rack 2.2.3', 'golang/golang.org/x/text v0.3.7'],
          // A jar without coordinates: Clair asks for them, and is told.
          'maven/org.springframework/spring-beans 5.3.17',
        ].map((one) => expect.stringContaining(`${one} confirmed `)),
      ),
    )
  })

  test.each([
    ['another copy of it was deleted', /log4j-core 2\.14\.1 missed-by-clair act: Clair discards all copies/],
    [
      'its version is of a candidate',
      /sqlparse 0\.4\.4RC1 missed-by-clair act: Clair sorts pre-release and build versions/,
    ],
    [
      'its fix is a pseudo-version',
      /x\/net v0\.0\.0-\S+ missed-by-clair act: Clair ignores the timestamp and commit in a pseudo-version/,
    ],
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

  test('then what Clair reports of an advisory about Windows is noted', () => {
    expect(found(report)).toContainEqual(
      expect.stringMatching(
        /x\/text v0\.3\.7 refuted noted: the advisory applies only to programs for other operating systems/,
      ),
    )
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
    const report = await scan([first, second], osvFolder(MORE))
    expect([stateOf(report)?.state, stateOf(report, 1)?.state]).toEqual(['answered', 'answered'])
    expect([found(report), found(report, 1)]).toEqual([
      [],
      [
        expect.stringMatching(
          /^pypi\/redis 4\.5\.3 (?:missed-by-clair act: Clair's database has only one row|confirmed act: $)/,
        ),
      ],
    ])
  })
})

describe('an image with packages in places that Clair opens: a plugin, an egg, a program that nobody may execute', () => {
  test('then each is judged, whoever lists it, and each package in Clair’s index is on one side', async () => {
    const plugin = zipOf([
      { name: 'META-INF/MANIFEST.MF', body: 'Manifest-Version: 1.0\r\n\r\n' },
      {
        name: 'WEB-INF/lib/log4j-core-2.14.1.jar',
        body: jarOf('org.apache.logging.log4j', 'log4j-core', '2.14.1'),
      },
    ])
    const image = imageWith('index', {
      'plugins/x.jpi': plugin,
      'python/Django-3.2-py3.11.egg/EGG-INFO/PKG-INFO': 'Metadata-Version: 2.1\nName: Django\nVersion: 3.2\n',
      'lib/plugin.so': goProgram('go1.22.1', [
        'path\texample.com/plugin',
        'mod\texample.com/plugin\t(devel)\t',
        'dep\tgolang.org/x/text\tv0.3.5\th1:x',
      ]),
    })
    const report = await scan([image], osvFolder())
    expect(stateOf(report)).toMatchObject({ state: 'answered', problem: null })
    for (const name of [
      'maven/org.apache.logging.log4j/log4j-core 2.14.1',
      'pypi/django 3.2',
      'golang/golang.org/x/text v0.3.5',
    ]) {
      expect(found(report)).toContainEqual(expect.stringContaining(`${name} confirmed act: `))
    }
    const account = report.images[0]?.applications?.clair
    expect(account?.sides).toMatchObject({ judged: 5, refuted: 0, unexplained: 0 })
    expect(account?.packages).toBe(5 + (account?.sides.debian ?? 0))
  })
})
