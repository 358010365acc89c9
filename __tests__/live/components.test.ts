import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { UpdateOutcome } from '../../src/update/plan/outcome.js'
import { keys } from '../support/policies.js'
import { isEveryCase } from '../support/runs.js'
import { removeImages } from './images.js'
import { keptImage } from './kept-image.js'
import { docker, newFolder, type Ran, reportOf, seaworthy, UPDATABLE } from './support.js'

/**
 * A package from contrib, as Debian's mirrors have it, whose source list was removed in the same RUN: the command of
 * the report and `seaworthy update` have to bring its update, with the real apt.
 */

const NAME = 'nvidia-modprobe'
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'
const CHECKS = ['--checks', 'security-updates', keys({ 'require-release': 'supported' })]

const made: string[] = []
afterAll(() => {
  removeImages()
  for (const tag of made) {
    docker('rmi', '-f', tag)
  }
})

function build(name: string, lines: readonly string[]): string {
  const folder = newFolder()
  writeFileSync(join(folder, 'Dockerfile'), `${lines.join('\n')}\n`)
  const tag = `seaworthy-test/components-${name}-${process.pid}:1`
  const env = { ...process.env, DOCKER_BUILDKIT: '0' }
  execFileSync('docker', ['build', '-q', '-t', tag, folder], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  made.push(tag)
  return tag
}

const MAIN = 'http://deb.debian.org/debian'
const SECURITY = 'http://security.debian.org/debian-security'
/** The three suites of main, in both styles, with and without Signed-By. */
const STYLES = {
  deb822: [
    `printf '%s\\n' 'Types: deb' 'URIs: ${MAIN}' 'Suites: bookworm bookworm-updates' 'Components: main' 'Signed-By: ${KEYRING}' '' 'Types: deb' 'URIs: ${SECURITY}' 'Suites: bookworm-security' 'Components: main' 'Signed-By: ${KEYRING}' >/etc/apt/sources.list.d/debian.sources`,
  ],
  'one line each, without Signed-By': [
    `printf '%s\\n' 'deb ${MAIN} bookworm main' 'deb ${MAIN} bookworm-updates main' 'deb ${SECURITY} bookworm-security main' >/etc/apt/sources.list`,
  ],
} as const

/** With the version of the release, and without any source: each style adds its own, and none for contrib. */
function imageWithPackage(): string {
  const steps = [
    ...STYLES['one line each, without Signed-By'],
    `echo 'deb [signed-by=${KEYRING}] ${MAIN} bookworm contrib' >>/etc/apt/sources.list`,
    'apt-get update',
    // What else is outdated is not the subject; this base lacks little.
    'apt-get upgrade -y',
    `apt-get install -y --no-install-recommends ${NAME}/bookworm`,
    'rm /etc/apt/sources.list',
    'rm -rf /var/lib/apt/lists/*',
  ]
  return keptImage('components', [`FROM ${UPDATABLE}`, `RUN ${steps.join(' && ')}`])
}

let common: string
beforeAll(() => {
  common = imageWithPackage()
})

const imageWith = (name: string, style: keyof typeof STYLES): string =>
  build(name, [`FROM ${common}`, `RUN ${STYLES[style].join(' && ')}`])

const findingsOf = (ran: Ran) =>
  (reportOf(ran).images[0]?.findings ?? []).filter(({ package: name }) => name === NAME)
const inImage = (tag: string, command: string) =>
  docker('run', '--rm', '--network', 'none', tag, 'sh', '-c', command).trim()
const LEFT = 'ls /etc/apt/sources.list.d/ | grep seaworthy || echo none'

describe.each(Object.keys(STYLES) as (keyof typeof STYLES)[])(
  'when the image has its sources as %s, and none for contrib',
  (style) => {
    const styleName = style === 'deb822' ? 'stanza' : 'line'

    test('then the image fails, and the command of the report brings the update and leaves no source', async () => {
      const image = imageWith(styleName, style)
      const before = await seaworthy(['scan', image, ...CHECKS])
      expect(findingsOf(before)).toMatchObject([{ id: 'security-update', blocks: true }])
      const [finding] = findingsOf(before)
      const [lines = ''] = reportOf(before).actions.flatMap(({ dockerfile }) => dockerfile ?? [])
      expect(lines).toContain(
        `/etc/apt/sources.list.d/zz-seaworthy.${style === 'deb822' ? 'sources' : 'list'}`,
      )

      const updated = build(`${styleName}-updated`, [`FROM ${image}`, lines])
      const version = inImage(updated, `dpkg-query -W -f '\${Version}' ${NAME}`)
      expect([version, inImage(updated, LEFT)]).toEqual([finding?.fixedVersion, 'none'])
      const after = await seaworthy(['scan', updated, ...CHECKS])
      expect([findingsOf(after), after.code]).toEqual([[], 0])
    })

    // An update takes the lines of the report, which the test above does for both styles.
    if (isEveryCase || style === 'deb822') {
      test('then an update patches the image, and leaves no source', async () => {
        const image = made.find((tag) => tag.includes(`-${styleName}-`)) ?? imageWith(styleName, style)
        const patched = `${image}-patched`
        made.push(patched)
        const ran = await seaworthy(['update', image, ...CHECKS, '--test', 'true'])
        const outcome = JSON.parse(
          readFileSync(join(ran.folder, 'report/update.json'), 'utf8'),
        ) as UpdateOutcome
        expect(outcome).toMatchObject({ outcome: 'updated', after: 'pass', leftOut: [] })
        expect(outcome.packages.map(({ name }) => name)).toContain(NAME)
        expect(inImage(patched, LEFT)).toBe('none')
      })
    }
  },
)
