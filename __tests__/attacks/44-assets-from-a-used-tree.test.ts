import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { type OwnRepository, ownRepository } from '../live/act/own-release.js'
import { newFolder, ROOT } from '../live/support.js'
import { runScript, type WorkflowStep } from './workflows.js'

/**
 * A dependency of the tests that was taken over: between the check that dist is what src builds and the packing of the
 * release, it writes into dist, or into the files that are handed over to the job that publishes.
 */

const ADDED = '\n/* added by a dependency while the tests ran */\n'

let repository: OwnRepository
let packed: string
beforeAll(() => {
  repository = ownRepository({})
  expect(repository.script('script/build.mjs').status).toBe(0)
  repository.commit('all')
  packed = newFolder()
  const { status, output } = repository.script('script/release', '--assets', packed)
  expect([status, output]).toEqual([0, expect.stringContaining('SHA256SUMS')])
})

const cli = () => join(repository.folder, 'dist/cli.js')
const tarball = (folder: string) =>
  join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? 'none')
const packedCli = (folder: string) =>
  execFileSync('tar', ['-xzOf', tarball(folder), 'package/dist/cli.js'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })

describe('when dist was changed before the assets are packed', () => {
  test('then nothing is packed, and the changed file is named', () => {
    const was = readFileSync(cli(), 'utf8')
    appendFileSync(cli(), ADDED)
    const folder = join(newFolder(), 'release')
    const { status, output } = repository.script('script/release', '--assets', folder)
    writeFileSync(cli(), was)
    expect([status, existsSync(folder)]).toEqual([1, false])
    expect(output).toMatch(/^the work tree is not clean: M dist\/cli\.js\n {2}where: .*\n {2}to do: /)
  })

  test('and git was told not to look, then the package has the file of the commit', () => {
    const was = readFileSync(cli(), 'utf8')
    repository.git('update-index', '--assume-unchanged', 'dist/cli.js')
    appendFileSync(cli(), ADDED)
    const folder = newFolder()
    const { status } = repository.script('script/release', '--assets', folder)
    writeFileSync(cli(), was)
    repository.git('update-index', '--no-assume-unchanged', 'dist/cli.js')
    expect([status, packedCli(folder) === was]).toEqual([0, true])
    // The same bytes for the same commit.
    expect(readFileSync(join(folder, 'SHA256SUMS'), 'utf8')).toBe(
      readFileSync(join(packed, 'SHA256SUMS'), 'utf8'),
    )
  })

  test('and a file is new, then nothing is packed either', () => {
    const path = join(repository.folder, 'dist/more.js')
    writeFileSync(path, '')
    const { status, output } = repository.script('script/release', '--assets', newFolder())
    execFileSync('rm', [path])
    expect([status, output]).toEqual([1, expect.stringContaining('?? dist/more.js')])
  })
})

describe('when the check builds src', () => {
  const check = (folder: string) =>
    repository.script('script/release', '--check', 'v0.1.0', '--packed', folder).output

  test('then it compares what was packed, and not only dist', () => {
    expect(check(packed)).not.toContain('the package')
    const [folder, tree] = [newFolder(), newFolder()]
    execFileSync('tar', ['-xzf', tarball(packed), '-C', tree])
    appendFileSync(join(tree, 'package/dist/cli.js'), ADDED)
    execFileSync('tar', ['-czf', join(folder, 'seaworthy-0.1.0.tgz'), '-C', tree, 'package'])
    expect(check(folder)).toContain('the package is not what src builds: cli.js:')
  })

  test('and there is no package, then that is an error, not a match', () => {
    expect(check(newFolder())).toMatch(/the package is not what src builds: .*no seaworthy-0\.1\.0\.tgz/)
  })
})

describe('release.yml', () => {
  interface Job {
    readonly needs?: string | readonly string[]
    readonly outputs?: Readonly<Record<string, string>>
    readonly permissions: Readonly<Record<string, string>>
    readonly steps: readonly WorkflowStep[]
  }
  const { jobs } = load(readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8')) as {
    readonly jobs: Readonly<Record<string, Job>>
  }

  test('when it packs, then in a job that installs nothing and runs nothing else', () => {
    expect(jobs.pack?.permissions).toEqual({ contents: 'read' })
    expect(jobs.pack?.steps.map(({ uses, id = '' }) => uses?.replace(/@.*/, '') ?? id)).toEqual([
      'actions/checkout',
      'actions/setup-node',
      'assets',
      'actions/upload-artifact',
    ])
    const run = jobs.pack?.steps.find(({ id }) => id === 'assets')?.run ?? ''
    expect(run.match(/^\S+/gm)).toEqual(['script/release', 'sums=$(sha256sum', 'echo'])
  })

  test('when another job uploads, then not what is released', () => {
    const uploading = Object.entries(jobs).filter(([, { steps }]) =>
      steps.some(({ uses = '' }) => uses.startsWith('actions/upload-artifact@')),
    )
    expect(uploading.map(([name]) => name)).toEqual(['pack'])
    expect(jobs.check?.needs).toBe('pack')
    expect(jobs.publish?.needs).toEqual(['pack', 'check'])
    // All scripts that come with a package of npm run where nothing can be released.
    const installing = Object.entries(jobs).filter(([, { steps }]) =>
      steps.some(({ run = '' }) => /\bnpm (?:ci|install|run|test)\b|script\/test/.test(run)),
    )
    expect(installing.map(([name, { permissions }]) => [name, permissions])).toEqual([
      ['check', { contents: 'read' }],
    ])
  })

  test('when the artifact is not the one that was packed, then nothing is published', async () => {
    const step = jobs.publish?.steps.find(({ name }) => name === 'Check that these are the packed files')
    const sumOf = (folder: string) =>
      createHash('sha256')
        .update(readFileSync(join(folder, 'SHA256SUMS')))
        .digest('hex')
    const SUMS = sumOf(packed)
    const publishing = async (change: (folder: string) => void) => {
      const temp = newFolder()
      execFileSync('cp', ['-r', packed, join(temp, 'release')])
      change(join(temp, 'release'))
      return (await runScript(step?.run ?? 'exit 9', { SUMS, RUNNER_TEMP: temp })).code
    }
    expect(await publishing(() => undefined)).toBe(0)
    const changed = await publishing((folder) => appendFileSync(tarball(folder), 'x'))
    const rehashed = await publishing((folder) => {
      appendFileSync(tarball(folder), 'x')
      const names = readdirSync(folder).filter((name) => name !== 'SHA256SUMS')
      writeFileSync(join(folder, 'SHA256SUMS'), execFileSync('sha256sum', names, { cwd: folder }))
    })
    const added = await publishing((folder) => writeFileSync(join(folder, 'seaworthy-9.tgz'), ''))
    const removed = await publishing((folder) => execFileSync('rm', [tarball(folder)]))
    expect([changed, rehashed, added, removed].map((code) => code !== 0)).toEqual([true, true, true, true])
  })
})
