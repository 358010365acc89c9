import { execFileSync } from 'node:child_process'
import { tarOf } from '../../../src/io/archive/formats/tar-writer.js'
import { docker } from '../support.js'

const made = new Set<string>()
/** Other suites run next to this one, in processes of their own. */
const tagOf = (name: string) => `seaworthy-test/bench-${name}-${process.pid}:1`

/** Builds an image of this Dockerfile, and of these texts by their paths. `removeBuilt` takes it away again. */
export function build(
  name: string,
  dockerfile: string,
  context: Readonly<Record<string, string>> = {},
): string {
  const tag = tagOf(name)
  const files = Object.entries({ ...context, Dockerfile: dockerfile })
  execFileSync('docker', ['build', '-q', '--network', 'none', '-t', tag, '-'], {
    input: tarOf(files.map(([path, text]) => ({ path, text }))),
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  made.add(tag)
  return tag
}

/** Imports a program that waits as `/pause` of an image that holds nothing else, no shell and no libc. */
export function shellless(name: string, changes: readonly string[] = [], program = 'pause'): string {
  const tag = tagOf(name)
  const args = ['import', ...changes.flatMap((change) => ['--change', change]), '-', tag]
  execFileSync('docker', args, { input: tarWith(program, pauseProgram()) })
  made.add(tag)
  return tag
}

export function removeBuilt(): void {
  for (const tag of made) {
    docker('rmi', '-f', tag)
  }
  made.clear()
}

/** The smallest ELF program (x86-64) that waits for ever: pause(2) in a loop. */
function pauseProgram(): Buffer {
  const code = Buffer.from([0xb8, 34, 0, 0, 0, 0x0f, 0x05, 0xeb, 0xf7])
  const base = 0x400000n
  const file = Buffer.alloc(120 + code.length)
  file.write('\x7fELF\x02\x01\x01', 'latin1')
  file.writeUInt16LE(2, 16) // executable
  file.writeUInt16LE(62, 18) // x86-64
  file.writeUInt32LE(1, 20)
  file.writeBigUInt64LE(base + 120n, 24) // entry
  file.writeBigUInt64LE(64n, 32) // program header
  file.writeUInt16LE(64, 52)
  file.writeUInt16LE(56, 54)
  file.writeUInt16LE(1, 56)
  file.writeUInt32LE(1, 64) // PT_LOAD
  file.writeUInt32LE(5, 68) // readable, executable
  file.writeBigUInt64LE(base, 80)
  file.writeBigUInt64LE(base, 88)
  file.writeBigUInt64LE(BigInt(file.length), 96)
  file.writeBigUInt64LE(BigInt(file.length), 104)
  file.writeBigUInt64LE(0x1000n, 112)
  code.copy(file, 120)
  return file
}

/** `tarOf` takes texts only. */
function tarWith(name: string, body: Buffer): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write('0000755\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('0ustar\x0000', 156, 'latin1')
  header.fill(' ', 148, 156)
  header.write('ustar\x0000', 257, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512), Buffer.alloc(1024)])
}
