import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { expectOfDebian } from './of-debian.js'
import { docker, newFolder, reportOf, SMALL, seaworthy } from './support.js'

const tag = (name: string) => `seaworthy-test/applications-${name}-${process.pid}:1`
const made: string[] = []

function build(name: string, folder: string, lines: readonly string[]): string {
  writeFileSync(join(folder, 'Dockerfile'), `${lines.join('\n')}\n`)
  docker('build', '-q', '-t', tag(name), folder)
  made.push(tag(name))
  return tag(name)
}

afterAll(() => {
  for (const image of made.splice(0).reverse()) {
    docker('rmi', '-f', image)
  }
})

/** One of each language; __tests__/long/of-debian.test.ts has some 400, with all that they depend on. */
test('when all of an image is of Debian’s packages, then nothing is reported as the application’s own', async () => {
  await expectOfDebian('python3-yaml ruby-mustermann node-semver liblog4j2-java runc php-twig', 'alone')
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
    `FROM ${SMALL}`,
    'COPY npm /srv/app',
    'COPY python /srv/python',
    'RUN rm -rf /srv/python/idna-2.7.dist-info /srv/python/certifi-2022.12.7.dist-info',
  ])
  // Nobody asks it: the check that would is left out.
  const ran = await seaworthy(['scan', image, '--checks', 'security-updates', '--osv', '/nowhere'])
  expect(reportOf(ran).images[0]?.applications).toMatchObject({
    notExamined: [
      // lodash twice: once under another name.
      { kind: 'npm', count: 3 },
      { kind: 'pypi', count: 1 },
    ],
    words: 'not examined: 3 npm, 1 PyPI packages',
  })
}, 900_000)
