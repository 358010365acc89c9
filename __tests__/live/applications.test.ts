import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { BASES, docker, newFolder, reportOf, seaworthy } from './support.js'

/** Python, Ruby, Node.js, PHP, Java, Go and Rust, all of it from Debian's packages: some 400 with what they need. */
const OF_DEBIAN = [
  'python3-requests python3-jinja2 python3-yaml python3-httplib2 ruby-rack ruby-mustermann rake',
  'node-semver node-tar node-lodash liblog4j2-java libguava-java libspring-web-java runc ripgrep php-twig',
].join(' ')

const tag = (name: string) => `seaworthy-test/applications-${name}-${process.pid}:1`
const made: string[] = []

function build(name: string, folder: string, lines: readonly string[]): string {
  writeFileSync(join(folder, 'Dockerfile'), `${lines.join('\n')}\n`)
  docker('build', '-q', '-t', tag(name), folder)
  made.push(tag(name))
  return tag(name)
}

function debianImage(): string {
  const install = `apt-get install -y --no-install-recommends ${OF_DEBIAN}`
  return build('debian', newFolder(), [
    `FROM ${BASES.bookworm}`,
    `RUN apt-get update && DEBIAN_FRONTEND=noninteractive ${install} && rm -rf /var/lib/apt/lists/*`,
  ])
}

async function scanned(image: string, checks: string) {
  // Nobody asks it: the check that would is left out, or there is nothing to ask about.
  const report = reportOf(await seaworthy(['scan', image, '--checks', checks, '--osv', '/nowhere']))
  return report.images[0]
}

afterAll(() => {
  for (const image of made.splice(0).reverse()) {
    docker('rmi', '-f', image)
  }
})

test('when all of an image is of Debian’s packages, then nothing is said to be the application’s own', async () => {
  const image = await scanned(debianImage(), 'security-updates,clair')
  expect(image?.checks).toMatchObject([{ state: 'answered' }, { state: 'answered' }])
  expect(image?.applications).toEqual({ judged: [], byClair: [], notExamined: [], off: false, words: null })
  // Clair lists Debian's Python, Ruby, Java and Go files too, and is given no advisories about them.
  expect(image?.findings.filter(({ application }) => application !== null)).toEqual([])
  expect(image?.findings.length).toBeGreaterThan(0)
}, 900_000)

test('when packages of npm and PyPI are put on it, then those are counted, and not what a later layer deletes', async () => {
  const folder = newFolder()
  const [node, python] = [join(folder, 'npm'), join(folder, 'python')]
  mkdirSync(node)
  const ofNpm = ['lodash@4.17.4', 'minimist@0.0.8', 'lod@npm:lodash@4.17.20']
  execFileSync('npm', ['install', '--prefix', node, '--ignore-scripts', '--no-audit', '--no-fund', ...ofNpm])
  const ofPypi = ['Django==3.2', 'idna==2.7', 'certifi==2022.12.7']
  execFileSync('pip', ['install', '-q', '--no-deps', '--no-compile', '--target', python, ...ofPypi])
  const image = build('own', folder, [
    `FROM ${BASES.bookworm}`,
    'COPY npm /srv/app',
    'COPY python /srv/python',
    'RUN rm -rf /srv/python/idna-2.7.dist-info /srv/python/certifi-2022.12.7.dist-info',
  ])
  expect((await scanned(image, 'security-updates'))?.applications).toMatchObject({
    notExamined: [
      // lodash twice: once under another name.
      { kind: 'npm', count: 3 },
      { kind: 'pypi', count: 1 },
    ],
    words: 'not examined: 3 npm, 1 PyPI packages',
  })
}, 900_000)
