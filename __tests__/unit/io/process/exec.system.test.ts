import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { type ExecuteOptions, endText, execute } from '../../../../src/io/process/exec.js'
import { until } from '../../../support/waiting.js'

const folder = mkdtempSync(join(tmpdir(), 'sw-exec-'))
afterAll(() => rmSync(folder, { recursive: true }))
const never = new AbortController().signal
const PATH = '/usr/local/bin:/usr/bin:/bin'
const run = (script: string, options: Partial<ExecuteOptions> = {}) =>
  execute('sh', ['-c', script], { env: { PATH }, signal: never, ...options })

interface Printed {
  readonly pid: number
  readonly state: string
  readonly parent: number
  readonly group: number
}

/** All processes, those included that have ended and that nobody has waited for. */
function processes(): readonly Printed[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.flatMap((pid) => {
    const stat = read(`/proc/${pid}/stat`)
    const [state = '', parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return stat === '' ? [] : [{ pid: Number(pid), state, parent: Number(parent), group: Number(group) }]
  })
}

/** A process may end while we look. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Those of a group that live. Its dead are waited for by whoever is process 1 here, in its own time. */
const left = (group: number) => processes().filter((one) => one.group === group && !'ZX'.includes(one.state))
const ourDead = () => processes().filter((one) => one.parent === process.pid && one.state === 'Z')
/** What is still there after a while: Node collects a dead child only when its event loop comes to it. */
async function gone<T>(find: () => readonly T[]): Promise<readonly T[]> {
  for (let round = 0; round < 200 && find().length > 0; round += 1) {
    await sleep(25)
  }
  return find()
}
const groupIn = (text: string) => Number(/^group (\d+)$/m.exec(text)?.[1])

/** Starts a tree that tells its group and waits, and ends it once it is known to run. */
async function ended(script: string, options: Partial<ExecuteOptions> = {}) {
  const controller = new AbortController()
  let text = ''
  const ran = run(`echo "group $$"; ${script}`, {
    signal: controller.signal,
    onOutput: (more) => {
      text += more
      if (text.includes('ready')) {
        controller.abort(new Error('enough'))
      }
    },
    ...options,
  })
  await expect(ran).rejects.toThrow('enough')
  return { group: groupIn(text), text }
}

describe('what a command gives', () => {
  test('when it ends, then its code and both outputs are reported, apart, and nothing is printed', async () => {
    const printed = [jest.spyOn(process.stdout, 'write'), jest.spyOn(process.stderr, 'write')]
    try {
      expect(await run('echo out; echo err >&2; exit 3')).toEqual({
        code: 3,
        signal: null,
        late: false,
        stdout: { text: 'out\n', dropped: 0 },
        stderr: { text: 'err\n', dropped: 0 },
      })
      for (const one of printed) {
        expect(one).not.toHaveBeenCalled()
      }
    } finally {
      for (const one of printed) {
        one.mockRestore()
      }
    }
  })

  test('when a signal ends it, then that is reported, and is no exit code', async () => {
    const [killed, exited] = [await run('kill -KILL $$'), await run('exit 137')]
    expect(killed).toMatchObject({ code: null, signal: 'SIGKILL' })
    expect(exited).toMatchObject({ code: 137, signal: null })
    expect([killed, exited].map(endText)).toEqual(['ended by SIGKILL', 'exit 137'])
  })

  test('when its arguments hold blanks, quotes, line ends and nothing, then they arrive as they are', async () => {
    const args = ['a b', '', '$(id) `id` "', "'", '-n', 'x\ny', '\\']
    const print = ['-c', 'for one; do printf "<%s>" "$one"; done', 'sh']
    const { stdout } = await execute('sh', [...print, ...args], { env: { PATH }, signal: never })
    expect(stdout.text).toBe(args.map((value) => `<${value}>`).join(''))
  })

  test('when it looks at its environment, then it finds what it was given, and nothing of ours', async () => {
    process.env.SW_OURS = 'x'
    try {
      const { stdout } = await run('env', { env: { PATH, A: '1\n2', GONE: undefined } })
      const names = [...stdout.text.matchAll(/^(\w+)=/gm)].map(([, name]) => name)
      expect(names).toEqual(expect.arrayContaining(['PATH', 'A']))
      // Where it is, and how deep in shells: whatever is run by a shell has these.
      expect(
        names.filter((name) => !['PATH', 'A', 'PWD', 'OLDPWD', 'SHLVL', '_'].includes(`${name}`)),
      ).toEqual([])
    } finally {
      delete process.env.SW_OURS
    }
  })

  test('when it is run in a folder, then it is there, and a relative command is found there', async () => {
    writeFileSync(join(folder, 'here'), '#!/bin/sh\npwd\n')
    chmodSync(join(folder, 'here'), 0o755)
    const { stdout } = await execute('./here', [], { env: { PATH }, cwd: folder, signal: never })
    expect(stdout.text.trim()).toBe(folder)
  })

  test.each([
    ['is nowhere', () => execute('sw-none', [], { env: { PATH }, signal: never }), 'ENOENT'],
    ['is no program', () => execute('/etc/passwd', [], { env: { PATH }, signal: never }), 'EACCES'],
    ['is a folder', () => execute('/tmp', [], { env: { PATH }, signal: never }), 'EACCES'],
    ['is to run in no folder', () => run('true', { cwd: join(folder, 'none') }), 'does not exist'],
    ['is given more than the kernel takes', () => run(`: ${'x'.repeat(2 ** 17)}`), 'E2BIG'],
    ['is given a NUL', () => run('echo a\0b'), 'NUL'],
  ])('when the command %s, then that is told, at once', async (_, ran, text) => {
    await expect(ran()).rejects.toThrow(text)
  })
})

describe('standard input', () => {
  test('when it is given a secret, then it can read it, and no list of processes shows it', async () => {
    const looks = 'for p in /proc/[0-9]*; do tr "\\0" " " <$p/cmdline; cat $p/environ; done 2>/dev/null'
    const { stdout, stderr } = await run(`read one; ${looks}; echo "$one" >&2`, {
      input: 'S3cr3t-of-this-test\n',
      keep: { part: 'head', max: 2 ** 26 },
    })
    expect(stderr.text).toContain('S3cr3t-of-this-test')
    expect(stdout.text).toContain('/proc/[0-9]*')
    expect(stdout.text).not.toContain('S3cr3t-of-this-test')
  })

  test.each([
    ['ends before it is written', 'true'],
    ['never reads it', 'sleep 0.3'],
    ['reads a part of it', 'head -c 100000 >/dev/null'],
    ['closes it', 'exec <&-; sleep 0.3'],
    ['is killed', 'kill -KILL $$'],
  ])('when the command %s, then that is no fault', async (_, script) => {
    const errors: unknown[] = []
    const note = (error: unknown) => errors.push(error)
    process.on('uncaughtException', note)
    try {
      expect((await run(script, { input: 'x'.repeat(8e6) })).late).toBe(false)
      await sleep(50)
      expect(errors).toEqual([])
    } finally {
      process.off('uncaughtException', note)
    }
  })

  test('when nothing is given, then it is /dev/null, as it is for most commands that nobody talks to', async () => {
    const { stdout } = await run('cat; echo read; readlink /proc/self/fd/0')
    expect(stdout.text).toBe('read\n/dev/null\n')
  })
})

describe('output', () => {
  const MOST = 1000
  test.each([
    ['in lines', 'yes 0123456 | head -c 100000000'],
    ['without any line end', 'head -c 100000000 /dev/zero | tr "\\0" x'],
  ])(
    'when it prints 100 MB %s, then the end is kept, the rest is counted, and memory stays',
    async (_, script) => {
      const before = process.memoryUsage().rss
      let most = 0
      const { stdout } = await run(`${script}; echo; echo last`, {
        keep: { part: 'tail', max: MOST },
        onOutput: () => {
          most = Math.max(most, process.memoryUsage().rss - before)
        },
      })
      expect(stdout.text).toHaveLength(MOST)
      expect(stdout.text.endsWith('\nlast\n')).toBe(true)
      expect(stdout.dropped).toBe(100_000_000 + '\nlast\n'.length - MOST)
      expect(most).toBeLessThan(150e6)
    },
  )

  test('when the beginning is wanted, then that is kept, of each output', async () => {
    const script = 'for i in 1 2 3; do printf "out$i"; printf "error$i" >&2; done'
    const { stdout, stderr } = await run(script, { keep: { part: 'head', max: 6 } })
    expect(stdout).toEqual({ text: 'out1ou', dropped: 6 })
    expect(stderr).toEqual({ text: 'error1', dropped: 12 })
  })

  test('when a character comes in two pieces, then it is one', async () => {
    const pieces: string[] = []
    const script = "printf 'a\\303'; sleep 0.3; printf '\\244b'"
    const { stdout } = await run(script, { onOutput: (text, from) => pieces.push(`${from}: ${text}`) })
    expect(stdout.text).toBe('aäb')
    expect(pieces.join('')).not.toContain('\ufffd')
  })
})

describe('the end of a command', () => {
  test('when it ends by itself, then what it left in its group ends with it', async () => {
    const { stdout } = await run(
      'echo "group $$"; (sleep 61 & sh -c "trap \'\' TERM HUP; sleep 62" &); exit 0',
    )
    expect(left(groupIn(stdout.text))).toEqual([])
    expect(await gone(ourDead)).toEqual([])
  })

  test('when the run is ended, then its whole tree ends: deep, forked twice, deaf to TERM', async () => {
    const deaf = `sh -c 'trap "" TERM INT HUP; sh -c "trap \\"\\" TERM; echo ready; sleep 63" & wait; sleep 64'`
    const { group } = await ended(`(sh -c 'sleep 65 & sleep 66' &) ; ${deaf} & wait; sleep 67`, {
      graceMs: 200,
    })
    expect(left(group)).toEqual([])
    expect(await gone(ourDead)).toEqual([])
  })

  test('when it cleans up on TERM, then it has the time for it, and no more is waited than it takes', async () => {
    const began = performance.now()
    const { text } = await ended(
      'trap "sleep 0.2; echo cleaned; exit 0" TERM; echo ready; while :; do sleep 0.05; done',
      {
        graceMs: 30_000,
      },
    )
    expect(text).toContain('cleaned')
    expect(performance.now() - began).toBeLessThan(20_000)
  })

  test('when its time is over, then it is ended and late, whatever code it gives', async () => {
    const trap = 'echo "group $$"; trap "exit 0" TERM; sleep 69 & wait'
    // Long enough for a shell to start and set its trap on a busy machine.
    const { code, late, stdout } = await run(trap, { limitMs: 5000, graceMs: 60_000 })
    expect({ code, late }).toEqual({ code: 0, late: true })
    expect(left(groupIn(stdout.text))).toEqual([])
    expect(await run('sleep 70', { limitMs: 300 })).toMatchObject({
      code: null,
      signal: 'SIGTERM',
      late: true,
    })
  })

  test('when someone holds its output open in its group, then nobody waits for him', async () => {
    const { stdout } = await run('echo "group $$"; sleep 71 & exit 0')
    expect(stdout.text).toMatch(/^group \d+\n$/)
    expect(left(groupIn(stdout.text))).toEqual([])
  })

  test('when someone has left its group with its output, then he lives on, and neither we nor Node wait', async () => {
    const pipes = () => process.getActiveResourcesInfo().filter((name) => name === 'PipeWrap').length
    const before = pipes()
    const away = `setsid sh -c 'echo "away $$" | tee away; exec sleep 72' &`
    const { stdout } = await run(`${away} until [ -s away ]; do sleep 0.01; done`, { cwd: folder })
    const pid = Number(/^away (\d+)$/m.exec(stdout.text)?.[1])
    try {
      expect(left(pid)).toHaveLength(1)
      await until(() => pipes() <= before)
    } finally {
      process.kill(pid, 'SIGKILL')
    }
  })

  test('when the run was ended before, then nothing is started', async () => {
    const mark = join(folder, 'started')
    const signal = AbortSignal.abort(new Error('over'))
    await expect(run(`touch ${mark}`, { signal })).rejects.toThrow('over')
    expect(existsSync(mark)).toBe(false)
  })

  test('when the run is ended at any moment of the start, then nothing is left', async () => {
    for (let ms = 0; ms < 20; ms += 1) {
      const controller = new AbortController()
      const ran = run(`sleep 73.${process.pid}`, { signal: controller.signal })
      setTimeout(() => controller.abort(new Error('early')), ms)
      await expect(ran).rejects.toThrow('early')
    }
    const alive = () =>
      processes().filter(
        ({ pid, state }) => state !== 'Z' && read(`/proc/${pid}/cmdline`).includes(`73.${process.pid}`),
      )
    expect(await gone(alive)).toEqual([])
    expect(await gone(ourDead)).toEqual([])
  })

  test('when many run at once and are ended at once, then nothing is left of any', async () => {
    const groups = await Promise.all(
      Array.from({ length: 12 }, () => ended('sh -c "sleep 74 & sleep 75" & echo ready; wait')),
    )
    expect(groups.flatMap(({ group }) => left(group))).toEqual([])
    expect(await gone(ourDead)).toEqual([])
  })

  test('when this process ends without waiting, then so does the group', async () => {
    const source = join(import.meta.dirname, '../../../../src/io/process')
    const bundled = join(folder, 'ends.mjs')
    const text = [
      `import { execute } from ${JSON.stringify(join(source, 'exec.ts'))}`,
      `const onOutput = (text) => { process.stdout.write(text); process.exit(2) }`,
      `const options = { env: process.env, signal: new AbortController().signal, onOutput }`,
      `await execute('sh', ['-c', 'echo "group $$"; trap "" TERM; sleep 76'], options)`,
    ]
    writeFileSync(`${bundled}.in`, text.join('\n'))
    const { buildSync } = await import('esbuild')
    const build = { bundle: true, platform: 'node', format: 'esm', preserveSymlinks: true } as const
    const nodePaths = [join(source, '../../../node_modules')]
    buildSync({
      ...build,
      nodePaths,
      loader: { '.in': 'js' },
      entryPoints: [`${bundled}.in`],
      outfile: bundled,
    })
    const { status, stdout } = spawnSync(process.execPath, [bundled], { encoding: 'utf8' })
    expect(status).toBe(2)
    const group = groupIn(stdout)
    expect(group).toBeGreaterThan(1)
    // It was killed, and nobody waited for it; a group that lives on would outlast the test.
    while (left(group).length > 0) {
      await sleep(20)
    }
  })
})
