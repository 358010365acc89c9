import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import type { Image } from '../../src/model/image/image.js'
import { DEBIAN_PACKAGES, withDebianPackages } from '../live/of-debian.js'
import { ALL_PLANTED, PLANTED_LAYERS } from '../live/planted.js'
import { BASES, docker, newFolder, ROOT, reportOf, seaworthy } from '../live/support.js'
import { build, removeMutated } from '../mutations/build.js'
import { IMAGE_NAMES } from '../mutations/mutation.js'
import { alertsOfDockle, dockle } from '../mutations/others/dockle.js'
import { detailOf } from '../support/facts.js'
import { dockerEntries, tarOf } from '../unit/io/archive/build.js'

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
      .map((one) => `${one.id} ${detailOf(one, 'paths')}`),
    byRule: Object.fromEntries(Object.entries(rules).map(([what, found]) => [what, found?.length ?? 0])),
  }
}

function dockleVersion(): string {
  const version = dockle.version()
  return 'version' in version ? version.version : 'not run'
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

describe('when forty credentials are in the layers of an image', () => {
  test.each(['seaworthy', 'dockle'] as const)(
    'then %s finds as many as docs/truth.md says',
    async (tool) => {
      const archive = join(newFolder(), 'image.tar')
      writeFileSync(archive, tarOf(dockerEntries(PLANTED_LAYERS)))
      const text = tool === 'dockle' ? alertsOfDockle(archive) : (await foundIn(archive)).findings.join('\n')
      const found = ALL_PLANTED.filter(({ path }) => text.includes(path))
      process.stderr.write(`  ${tool}: ${found.length}: ${found.map(({ path }) => path).join(', ')}\n`)
      expect(readFileSync(join(ROOT, 'docs/truth.md'), 'utf8')).toContain(
        `${tool === 'dockle' ? `dockle ${dockleVersion()}` : 'Seaworthy'} ${found.length} of 40`,
      )
    },
    300_000,
  )
})

test('when 2,000 npm packages are in an image, then none is reported', async () => {
  const image = `seaworthy-test/npm-packages-${process.pid}:1`
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
  const count = Object.keys(lock.packages).length - 1
  writeFileSync(join(folder, 'Dockerfile'), `FROM ${BASES.bookworm}\nCOPY app /srv/app\n`)
  docker('build', '-q', '-t', image, folder)
  rmSync(folder, { recursive: true })
  try {
    expect(count).toBeGreaterThanOrEqual(2000)
    const found = await foundIn(image)
    show(`${count} npm packages`, found)
    expect(found.findings).toEqual([])
  } finally {
    docker('rmi', '-f', image)
  }
}, 3_600_000)
