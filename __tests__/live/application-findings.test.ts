import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ECOSYSTEMS } from '../../src/feeds/formats/osv/ecosystem.js'
import type { Report } from '../../src/reports/json/schema.js'
import { jarOf } from '../support/hostile-zip.js'
import { publishedRecords } from '../support/osv/records.js'
import { keys } from '../support/policies.js'
import { goProgram } from '../support/programs.js'
import { makeZip } from '../support/zip.js'
import { docker, newFolder, type Ran, reportOf, SMALL, start } from './support.js'

/** The files that say what lies there, as pip, npm, Maven and Go write them; nothing of it is run. */
const FILES: Readonly<Record<string, string | Buffer>> = {
  'lib/log4j-core-2.14.1.jar': jarOf('org.apache.logging.log4j', 'log4j-core', '2.14.1'),
  'python/Django-3.2.dist-info/METADATA': 'Metadata-Version: 2.1\nName: Django\nVersion: 3.2\n',
  'npm/node_modules/lodash/package.json': JSON.stringify({ name: 'lodash', version: '4.17.4' }),
  'bin/shop': goProgram('go1.22.1', [
    'path\texample.com/shop',
    'mod\texample.com/shop\t(devel)\t',
    'dep\tgolang.org/x/text\tv0.3.7\th1:olpwvP2KacW1ZWvsR7uQhoyTYvKAupfQrRGBFM352Gk=',
  ]),
}
const IMAGE = `seaworthy-test/application-findings-${process.pid}:1`

let [context, osv] = ['', '']

beforeAll(() => {
  context = join(newFolder(), 'context')
  for (const [path, body] of Object.entries(FILES)) {
    mkdirSync(dirname(join(context, path)), { recursive: true })
    writeFileSync(join(context, path), body)
  }
  chmodSync(join(context, 'bin/shop'), 0o755)
  writeFileSync(
    join(context, 'Dockerfile'),
    `FROM ${SMALL}\nCOPY lib /opt/app/lib\nCOPY python /opt/python\nCOPY npm /srv/app\nCOPY bin /usr/local/bin\n`,
  )
  docker('build', '-q', '-t', IMAGE, context)
  osv = join(newFolder(), 'osv')
  for (const ecosystem of ECOSYSTEMS) {
    mkdirSync(join(osv, ecosystem), { recursive: true })
    const files = publishedRecords(ecosystem).map((record, at) => {
      return { name: `${at}.json`, bytes: JSON.stringify(record) }
    })
    writeFileSync(join(osv, ecosystem, 'all.zip'), makeZip(files))
  }
})

afterAll(() => {
  docker('rmi', '-f', IMAGE)
})

/** In the folder with the Dockerfile, as a workflow does. Records of the sample are of years ago. */
function scan(...more: readonly string[]): Promise<Ran> {
  const args = [
    'scan',
    IMAGE,
    keys({ 'max-data-age': 87600 }),
    '--cache-dir',
    join(newFolder(), 'cache'),
    ...more,
  ]
  return start(more.includes('--osv') ? args : [...args, '--osv', osv], {}, ['env', '-C', context]).ended
}

const blocking = ({ images }: Report) =>
  (images[0]?.findings ?? [])
    .filter(({ blocks, details }) => blocks && details.type === 'application-vulnerability')
    .map(({ package: name, id, line }) => `${name} ${id} ${line?.line}`)

describe('an image with log4j-core 2.14.1, Django 3.2, lodash 4.17.4 and x/text 0.3.7, by files made here', () => {
  test('when it is scanned, then it fails with the four named, each at its COPY line', async () => {
    const ran = await scan()
    const report = reportOf(ran)
    expect([ran.code, report.images[0]?.checks[0]?.state]).toEqual([1, 'answered'])
    expect(blocking(report)).toEqual(
      expect.arrayContaining([
        'maven/org.apache.logging.log4j/log4j-core CVE-2021-44228 2',
        'pypi/django CVE-2021-35042 3',
        'npm/lodash CVE-2019-10744 4',
        'golang/golang.org/x/text CVE-2022-32149 5',
      ]),
    )
    expect(report.images[0]?.applications?.words).toBe(
      '1 PyPI, 1 Maven, 3 Go packages judged by Clair and OSV; 1 npm package judged by OSV',
    )
    expect(ran.stdout).toContain('Change requirements.txt: pypi/django 3.2')
  })

  test('when application is off, then the head says that nobody looks', async () => {
    const ran = await scan(keys({ application: 'off' }))
    expect(blocking(reportOf(ran))).toEqual([])
    expect(ran.stdout.replace(/\s+/g, ' ')).toContain('application is off')
  })

  test('when no advisories are there, then the check has no answer, and Debian’s findings stay', async () => {
    const ran = await scan('--osv', join(osv, 'nowhere'), keys({ application: 'report' }))
    const [image] = reportOf(ran).images
    expect(image?.checks).toMatchObject([
      { state: 'unanswered', problem: { code: 'feed-unreachable' } },
      { check: 'credentials', state: 'answered' },
    ])
    expect(image?.verdict).not.toBe('pass')
    expect(image?.findings.map(({ binaries }) => binaries.length > 0)).toContain(true)
  })

  test('when Clair, the tracker and the advisories are missing, then one task names all three', async () => {
    const nobody = [
      '--clair-url',
      'http://127.0.0.1:9',
      '--layer-url',
      'http://127.0.0.1:10',
      keys({ timeouts: { clair: 1 } }),
    ]
    const ran = await scan('--osv', join(osv, 'no'), '--tracker', join(osv, 'no.json'), ...nobody)
    const { unanswered } = reportOf(ran)
    expect([ran.code, unanswered.length]).toEqual([2, 1])
    expect(unanswered[0]?.problem.where).toMatch(/127\.0\.0\.1:9.*no\.json.*\/no\b/)
  })
})
