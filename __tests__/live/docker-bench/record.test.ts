import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { makePolicies, policyFile } from '../../support/policies.js'
import { leftovers, NO_BENCH, newFolder, ROOT, SMALL, seaworthy } from '../support.js'
import { build, removeBuilt } from './images.js'

afterAll(removeBuilt)

const CLI = join(ROOT, 'dist/cli.js')
const FILE = 'policies/dictionary.yml'
const RECORD = [CLI, 'dictionary', 'record', '--bench-source', NO_BENCH]

/** `seaworthy dictionary record` as a script runs it, in a folder of its own. */
function record(cwd: string, ...args: readonly string[]) {
  const ran = spawnSync(process.execPath, [...RECORD, ...args], { cwd, encoding: 'utf8' })
  return { code: ran.status, stdout: ran.stdout, stderr: ran.stderr, file: join(cwd, FILE) }
}

/** The same on a terminal (script(1)), with this typed in. */
function recordOnTerminal(cwd: string, typed: string, ...args: readonly string[]) {
  const command = [process.execPath, ...RECORD, ...args].map((arg) => `'${arg}'`).join(' ')
  const ran = spawnSync('script', ['-qec', command, '/dev/null'], { cwd, encoding: 'utf8', input: typed })
  return { code: ran.status, stdout: ran.stdout }
}

/** As people fill it in. */
function fillIn(file: string): void {
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace(/(owner|reason): ""/g, '$1: us'))
}

const ROOT_IMAGE = `FROM ${SMALL}\nENV DB_PASSWORD=hunter2\n`

describe('seaworthy dictionary record', () => {
  test('when a script runs it, then the diff is printed, and nothing is written without --yes', () => {
    const image = build('record', ROOT_IMAGE)
    const { code, stdout, file } = record(newFolder(), image)
    expect(code).toBe(1)
    expect(stdout).toContain('--- /dev/null\n+++ policies/dictionary.yml\n')
    expect(stdout).toContain('+extends: builtin/3\n')
    expect(stdout).toContain('+  "4.1": {expect: [WARN], owner: "", reason: "", expires: 20')
    expect(stdout).toContain('4.1: WARN, but the built-in dictionary expects PASS; fill in owner and reason')
    expect(stdout).toContain('nothing was written')
    expect(stdout).not.toContain('hunter2')
    expect(existsSync(file)).toBe(false)
    expect(leftovers()).toEqual([])
  })

  test('when it is told to, then it is written, and the gate is content with just this image', async () => {
    const image = build('record', ROOT_IMAGE)
    const folder = newFolder()
    const { code, stdout, file } = record(folder, image, '--yes')
    expect(code).toBe(1)
    expect(stdout).toContain('review it before you commit')
    expect(record(folder, image)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('.owner: it is empty'),
    })
    fillIn(file)
    expect(record(folder, image)).toMatchObject({ code: 0, stdout: expect.not.stringContaining('---') })
    const blockedIn = async (other: string) => {
      const args = ['scan', other, '--checks', 'docker-bench', policyFile('dictionary', file)]
      const { stdout } = await seaworthy(args)
      return [...new Set([...stdout.matchAll(/docker-bench (4\.\d+):/g)].map(([, id]) => id))]
    }
    expect(await blockedIn(image)).toEqual([])
    const worse = build('record-worse', `${ROOT_IMAGE}ENV API_TOKEN=hunter3\n`)
    expect(await blockedIn(worse)).toEqual(['4.10'])
  })

  test('when there is a file, then its comments stay, and only what differs is changed', () => {
    const image = build('record', ROOT_IMAGE)
    const folder = newFolder()
    const { file } = record(folder, image, '--yes')
    fillIn(file)
    // The line itself, not the example of one in the comment above it.
    const [, before = ''] = /^ {2}("4\.6": .*)$/m.exec(readFileSync(file, 'utf8')) ?? []
    const fixed = '"4.6": {reason: it serves} # to be mended'
    const ours = `# by the platform team\n${readFileSync(file, 'utf8').replace(before, fixed)}`
    writeFileSync(file, ours)
    const { stdout } = record(folder, image, '--dry-run', '--yes')
    expect(stdout.match(/^[+-] .*$/gm)).toEqual([
      `-  ${fixed}`,
      expect.stringMatching(
        /^\+ {2}"4\.6": \{expect: \[WARN\], owner: "", expires: [\d-]+, reason: ""\} # to be mended$/,
      ),
    ])
    // --dry-run is the stronger word.
    expect(readFileSync(file, 'utf8')).toBe(ours)
    record(folder, image, '--yes')
    expect(readFileSync(file, 'utf8')).toContain('# by the platform team\n')
  })

  test('when someone sits at a terminal, then it asks, and only yes writes', () => {
    const image = build('record', ROOT_IMAGE)
    for (const [typed, code, exists] of [
      ['n\n', 1, false],
      ['\n', 1, false],
      ['y\n', 1, true],
    ] as const) {
      const folder = newFolder()
      const ran = recordOnTerminal(folder, typed, image)
      expect(ran.stdout).toContain('Write policies/dictionary.yml? [y/N]')
      expect([ran.code, existsSync(join(folder, FILE))]).toEqual([code, exists])
    }
  })

  test('when it is given run options, then what they give is recorded for them', () => {
    const image = build('record', ROOT_IMAGE)
    const { stdout } = record(newFolder(), image, '--run-options', '--privileged -p 8080:80')
    expect(stdout).toContain('+  "5.5": {expect: [WARN], owner: ""')
    expect(leftovers()).toEqual([])
  })

  test('when the check gives no answer, or the file is no dictionary, then nothing is recorded', () => {
    const folder = newFolder()
    makePolicies(join(folder, 'policies'), { 'bench-engine': 'both-required' })
    const none = record(folder, SMALL, '--yes')
    expect([none.code, existsSync(none.file)]).toEqual([2, false])
    writeFileSync(none.file, 'checks: {4.10: {}}\n')
    const broken = record(folder, SMALL, '--yes')
    expect([broken.code, readFileSync(broken.file, 'utf8')]).toEqual([2, 'checks: {4.10: {}}\n'])
    expect(broken.stderr).toContain('4.10 must be quoted')
  })
})
