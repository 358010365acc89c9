import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Image } from '../../src/model/image.js'
import { DEBIAN_PACKAGES, withDebianPackages } from '../live/of-debian.js'
import { BASES, docker, newFolder, reportOf, seaworthy } from '../live/support.js'
import { build, removeMutated } from '../mutations/build.js'
import { IMAGE_NAMES } from '../mutations/mutation.js'

// Images in which there is no credential. docs/truth.md has the counts of a run.

/** With what they depend on, some 2,400. Their scripts do not run. */
const NPM_PACKAGES = [
  'gatsby@5 react-scripts@5 @angular/cli@17 @storybook/react-webpack5@8 expo@50 nx@18 lerna@8 serverless@3 firebase@10',
  'aws-sdk@2 @aws-sdk/client-s3@3 @google-cloud/storage@7 @azure/storage-blob@12 googleapis@134 stripe@15 twilio@5',
  'passport@0.7 jsonwebtoken@9 node-forge@1 ssh2@1 mongoose@8 sequelize@6 typeorm@0.3 prisma@5 express@4 fastify@4',
  '@nestjs/cli@10 vite@5 webpack@5 rollup@4 eslint@8 jest@29 mocha@10 cypress@13 @slack/web-api@7 octokit@3',
]

/** What is found in an image. */
interface Found {
  /** What the check says. */
  readonly findings: readonly string[]
  /** By what it is, without anything being skipped: files of Debian's and of package managers too. */
  readonly byRule: Readonly<Record<string, number>>
}

async function foundIn(image: string): Promise<Found> {
  const evidence = join(newFolder(), 'evidence')
  const ran = await seaworthy(['scan', image, '--checks', 'docker-bench', '--save-evidence', evidence])
  const findings = reportOf(ran).images[0]?.findings ?? []
  const file = readdirSync(evidence, { recursive: true, encoding: 'utf8' }).find((one) =>
    one.endsWith('image.json'),
  )
  const { layers } = JSON.parse(readFileSync(join(evidence, file ?? ''), 'utf8')) as Image
  rmSync(evidence, { recursive: true })
  const all = layers.flatMap(({ credentials }) => Object.values(credentials?.files ?? {}).flat())
  const rules = Object.groupBy(
    all.flatMap((one) => one.found),
    ({ what }) => what,
  )
  return {
    findings: findings
      .filter(({ check }) => check === 'credentials')
      .map(({ id, facts }) => `${id} ${facts.paths ?? ''}`),
    byRule: Object.fromEntries(Object.entries(rules).map(([what, found]) => [what, found?.length ?? 0])),
  }
}

function show(name: string, { findings, byRule }: Found): void {
  const rules = Object.entries(byRule).map(([what, count]) => `${what}: ${count}`)
  process.stderr.write(
    `  ${name}: ${findings.length} findings; nothing skipped: ${rules.join(', ') || 'none'}\n`,
  )
}

afterAll(removeMutated)

describe('when no credential is in an image, then none is reported', () => {
  test.each(['bullseye', 'bookworm', 'trixie'] as const)(
    'in the base of %s',
    async (suite) => {
      const found = await foundIn(BASES[suite])
      show(suite, found)
      expect(found.findings).toEqual([])
    },
    300_000,
  )

  test.each(IMAGE_NAMES)(
    'in an application for %s',
    async (name) => {
      const found = await foundIn(build(name))
      show(name, found)
      expect(found.findings).toEqual([])
    },
    600_000,
  )

  test('in some 400 packages of Debian', async () => {
    await withDebianPackages(DEBIAN_PACKAGES, 'whole', async (image) => {
      const found = await foundIn(image)
      show('packages of Debian', found)
      expect(found.findings).toEqual([])
    })
  }, 1_200_000)
})

describe('when 2,000 npm packages are in an image', () => {
  const image = `seaworthy-test/npm-packages-${process.pid}:1`
  let count = 0
  beforeAll(() => {
    const folder = newFolder()
    const app = join(folder, 'app')
    mkdirSync(app)
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps', '--loglevel=error']
    execFileSync('npm', ['install', ...flags, ...NPM_PACKAGES.join(' ').split(' ')], {
      cwd: app,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const lock = JSON.parse(readFileSync(join(app, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, unknown>
    }
    count = Object.keys(lock.packages).length - 1
    writeFileSync(join(folder, 'Dockerfile'), `FROM ${BASES.bookworm}\nCOPY app /srv/app\n`)
    docker('build', '-q', '-t', image, folder)
    rmSync(folder, { recursive: true })
  }, 1_800_000)
  afterAll(() => void docker('rmi', '-f', image))

  test('then none is reported', async () => {
    expect(count).toBeGreaterThanOrEqual(2000)
    const found = await foundIn(image)
    show(`${count} npm packages`, found)
    expect(found.findings).toEqual([])
  }, 600_000)
})
