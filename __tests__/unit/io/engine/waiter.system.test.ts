import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from '@jest/globals'
import { WAITER_PATH, waiterFor, waiterTar } from '../../../../src/io/engine/waiter.js'

const folder = mkdtempSync(join(tmpdir(), 'sw-waiter-'))
afterAll(() => rmSync(folder, { recursive: true }))

const SOURCE = readFileSync(join(import.meta.dirname, '../../../../src/io/engine/waiter.ts'), 'utf8')
const PLATFORMS = [
  ['amd64', 'X86-64'],
  ['arm64', 'AArch64'],
] as const

function programOf(architecture: string): Buffer {
  const program = waiterFor(architecture)
  if (program === null) {
    throw new Error(`no program for ${architecture}`)
  }
  return Buffer.from(program)
}

function fileOf(architecture: string): string {
  const path = join(folder, architecture)
  writeFileSync(path, programOf(architecture))
  chmodSync(path, 0o555)
  return path
}

const has = (command: string) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0
const read = (command: string, ...args: readonly string[]) =>
  execFileSync(command, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })

describe.each(PLATFORMS)('the program for %s', (architecture, machine) => {
  test('when it is read, then it is a few hundred bytes, with the hash that stands next to it', () => {
    const program = programOf(architecture)
    expect(program.length).toBeLessThanOrEqual(256)
    const hash = createHash('sha256').update(program).digest('hex')
    expect(SOURCE).toMatch(new RegExp(`${architecture}: \\{\\s+sha256: '${hash}'`))
  })

  test('when its headers are read, then it is static, one segment that nobody writes, and no code on its stack', () => {
    const file = programOf(architecture)
    const long = (at: number) => Number(file.readBigUInt64LE(at))
    expect(file.subarray(0, 8).toString('latin1')).toBe('\x7fELF\x02\x01\x01\0')
    expect([file.readUInt16LE(16), file.readUInt16LE(18)]).toEqual([2, architecture === 'amd64' ? 62 : 183])
    const segments = Array.from({ length: file.readUInt16LE(56) }, (_, at) => {
      const start = long(32) + at * file.readUInt16LE(54)
      const [type, flags] = [file.readUInt32LE(start), file.readUInt32LE(start + 4)]
      return { type, flags, offset: long(start + 8), address: long(start + 16), size: long(start + 32) }
    })
    const stack = { type: 0x6474e551, flags: 6, offset: 0, address: 0, size: 0 }
    expect(segments).toEqual([{ type: 1, flags: 5, offset: 0, address: 0x400000, size: file.length }, stack])
    expect(long(24)).toBe(0x400000 + 64 + 2 * 56)
  })

  const withReadelf = has('readelf') ? test : test.skip
  withReadelf('when readelf reads it, then it says the same, and complains of nothing', () => {
    const { stdout, stderr } = spawnSync('readelf', ['-hlW', fileOf(architecture)], { encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(stdout).toContain(machine)
    expect(stdout).toMatch(/LOAD +0x000000 0x0*400000 .* R E 0x10000/)
    expect(stdout).not.toMatch(/INTERP|DYNAMIC/)
  })
})

/** How a program of another platform can be run here; `null`: not at all. */
function runnerOf(architecture: string): readonly string[] | null {
  if (architecture === { x64: 'amd64', arm64: 'arm64' }[process.arch as string]) {
    return []
  }
  const emulator = { amd64: 'qemu-x86_64-static', arm64: 'qemu-aarch64-static' }[architecture] ?? ''
  return has(emulator) ? [emulator] : null
}

/** Resolves when the process sits in rt_sigtimedwait (128 on amd64, 137 on arm64): before, a signal would kill it. */
async function waits(pid: number | undefined): Promise<void> {
  while (!/^1(28|37) /.test(readFileSync(`/proc/${pid}/syscall`, 'utf8'))) {
    await sleep(20)
  }
}

async function childOf(pid: number | undefined): Promise<number> {
  for (;;) {
    const child = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    if (child !== '') {
      return Number(child)
    }
    await sleep(20)
  }
}

describe.each(PLATFORMS)('a process of the program for %s', (architecture, _) => {
  const runner = runnerOf(architecture)
  const withRunner = runner === null ? test.skip : test
  const how = runner === null ? ' [skipped: neither this machine nor qemu-user-static can run it]' : ''
  const start = (...before: readonly string[]) => {
    const [command = '', ...args] = [...before, ...(runner ?? []), fileOf(architecture)]
    const child = spawn(command, args, { env: { PATH: process.env.PATH }, stdio: 'ignore' })
    const ended = new Promise((resolve) => child.once('exit', (code, by) => resolve({ code, by })))
    return { child, ended }
  }

  withRunner.each(['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGUSR1'] as const)(
    `when it gets %s, then it has waited without using the processor, and ends with 0${how}`,
    async (signal) => {
      const { child, ended } = start()
      await waits(child.pid)
      const used = () => {
        const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        return Number(fields[11]) + Number(fields[12])
      }
      const before = used()
      // What does not end a process does not end the wait either, nor does a stop.
      for (const other of ['SIGCHLD', 'SIGWINCH', 'SIGURG', 'SIGSTOP', 'SIGCONT'] as const) {
        child.kill(other)
      }
      await sleep(500)
      expect(child.exitCode).toBeNull()
      // Ticks of 10 ms: a loop would use fifty.
      expect(used() - before).toBeLessThanOrEqual(1)
      child.kill(signal)
      expect(await ended).toEqual({ code: 0, by: null })
    },
  )

  const withRoot = runner !== null && process.getuid?.() === 0 && has('unshare') ? test : test.skip
  withRoot(`when it is process 1, then SIGTERM ends it too, with 0${how}`, async () => {
    // Process 1 of a namespace of its own; from outside it is the child of unshare.
    const { child, ended } = start('unshare', '--pid', '--fork')
    const pid = await childOf(child.pid)
    await waits(pid)
    process.kill(pid, 'SIGTERM')
    expect(await ended).toEqual({ code: 0, by: null })
  })
})

const AARCH64 = ['aarch64-linux-gnu-objdump', 'objdump'].find(
  (one) => has(one) && read(one, '-i').includes('aarch64'),
)
const DISASSEMBLERS = [
  ['amd64', 'i386:x86-64', ['objdump', 'x86_64-linux-gnu-objdump'].find(has)],
  ['arm64', 'aarch64', AARCH64],
] as const

describe.each(DISASSEMBLERS)('the code for %s', (architecture, machine, objdump) => {
  const withObjdump = objdump === undefined ? test.skip : test
  const how = objdump === undefined ? ' [skipped: no objdump that knows it]' : ''

  withObjdump(`when it is disassembled, then each line is what the listing says${how}`, () => {
    const maker = readFileSync(join(import.meta.dirname, '../../../../script/make-waiter.mjs'), 'utf8')
    const name = architecture.toUpperCase()
    const listing = maker.slice(maker.indexOf(`const ${name} =`)).split('`')[1] ?? ''
    const wanted = [...listing.matchAll(/# +(\d+) +(?:wait:)? *([a-z0-9.]+)/g)].map(
      ([, at, text]) => `${at} ${text}`,
    )
    const from = ['--start-address=176', `--stop-address=${architecture === 'amd64' ? 237 : 244}`]
    const format = [
      '-D',
      '-z',
      '-b',
      'binary',
      '-m',
      machine,
      ...(architecture === 'amd64' ? ['-Mintel'] : []),
    ]
    const printed = read(objdump ?? '', ...format, ...from, fileOf(architecture))
    const found = [...printed.matchAll(/^ +([0-9a-f]+):\t[0-9a-f ]+\t([a-z0-9.]+)/gm)].map(
      ([, at, text]) => `${Number.parseInt(at ?? '', 16) - 176} ${text}`,
    )
    expect(found).toEqual(wanted)
  })
})

describe('waiterFor', () => {
  test.each(['arm', '386', 's390x', '', 'toString', 'constructor'])(
    'when the platform is "%s", then there is none',
    (architecture) => {
      expect(waiterFor(architecture)).toBeNull()
    },
  )
})

describe('waiterTar', () => {
  test('when tar unpacks it, then the program is there for any user to run', () => {
    const archive = join(folder, 'waiter.tar')
    writeFileSync(archive, waiterTar(programOf('amd64')))
    expect(read('tar', '--numeric-owner', '-tvf', archive)).toMatch(
      /^-r-xr-xr-x 0\/0 +248 .* seaworthy-waiter$/m,
    )
    read('tar', '-xf', archive, '-C', folder)
    expect(existsSync(join(folder, WAITER_PATH))).toBe(true)
    expect(readFileSync(join(folder, WAITER_PATH))).toEqual(programOf('amd64'))
  })
})
