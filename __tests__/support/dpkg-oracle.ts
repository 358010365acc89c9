/**
 * dpkg's own word on the order of versions, and pairs to ask about.
 * Run by itself (node __tests__/support/dpkg-oracle.ts) it records versions.tsv, which the unit tests read.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Pair = readonly [string, string]

const MANY = { encoding: 'utf8', maxBuffer: 1024 * 1024 * 1024 } as const

/** All versions in the indexes of the archives that this machine's apt knows, sorted as text. */
export function realVersions(): string[] {
  const read = () => {
    const dump = execFileSync('apt-cache', ['dumpavail'], MANY)
    return [...new Set([...dump.matchAll(/^Version: (.+)$/gm)].map((match) => match[1] ?? ''))].sort()
  }
  const versions = read()
  if (versions.length > 1000) {
    return versions
  }
  execFileSync('apt-get', ['update', '-q'])
  return read()
}

/** Neighbours in the order of text (versions that are alike), then pairs by chance; `seed` fixes both. */
export function realPairs(versions: readonly string[], count: number, seed: number): Pair[] {
  const random = randomNumbers(seed)
  const pick = () => Math.floor(random() * versions.length)
  return Array.from({ length: count }, (_, index): Pair => {
    const first = pick()
    const second = index % 2 === 0 ? first + 1 + Math.floor(random() * 6) : pick()
    return [versions[first] ?? '', versions[second % versions.length] ?? '']
  })
}

/** Pieces in which orders of versions go wrong. */
const PIECES = [
  ...['0', '00', '1', '01', '9', '10', '100', '007', '18446744073709551616', '18446744073709551617'],
  ...['~', '~~', '+', '.', '-', ':', 'a', 'b', 'z', 'A', 'Z', 'rc', '~rc', '~rc1', '+b1', '+dfsg', '+dfsg1'],
  ...['~deb12u1', '+deb12u9', '+deb12u10', '.0', '-0', '-1', '_', '~bpo12+1'],
]
const EPOCHS = ['', '', '', '', '0:', '1:', '2:', '01:', '+1:', '2147483647:', '2147483648:', 'a:', ':']

/** Pairs of short made-up versions, mostly alike; some are refused by dpkg. */
export function cornerPairs(count: number, seed: number): Pair[] {
  const random = randomNumbers(seed)
  const oneOf = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
  const tail = () => Array.from({ length: Math.floor(random() * 4) }, () => oneOf(PIECES)).join('')
  return Array.from({ length: count }, (): Pair => {
    const common = random() < 0.8 ? oneOf(['0', '1', '1.0', '1.0-1', '2.36.1-8']) + tail() : ''
    const epoch = oneOf(EPOCHS)
    const other = random() < 0.7 ? epoch : oneOf(EPOCHS)
    return [epoch + common + tail(), other + common + tail()]
  })
}

/** -1, 0 or 1 for each pair; `null` where dpkg refuses one of the two. One process for all. */
export function askDpkg(pairs: readonly Pair[]): (number | null)[] {
  const directory = mkdtempSync(join(tmpdir(), 'dpkg-oracle-'))
  try {
    const program = join(directory, 'oracle')
    compile(program)
    const input = pairs.map((pair) => `${pair.join('\t')}\n`).join('')
    const answers = execFileSync(program, { ...MANY, input })
      .trimEnd()
      .split('\n')
    if (answers.length !== pairs.length) {
      throw new Error(`${answers.length} answers to ${pairs.length} pairs`)
    }
    return answers.map((answer) => (answer === '!' ? null : Number(answer)))
  } finally {
    rmSync(directory, { recursive: true })
  }
}

function compile(program: string): void {
  const source = join(import.meta.dirname, 'dpkg-oracle.c')
  const build = () => execFileSync('cc', ['-o', program, source, '-ldpkg', '-lmd'], { stdio: 'pipe' })
  try {
    build()
  } catch {
    // A fresh machine has no compiler, or no libdpkg to link with.
    const packages = ['gcc', 'libc6-dev', 'libdpkg-dev', 'libmd-dev']
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
      stdio: 'pipe',
    })
    build()
  }
}

/** mulberry32: numbers in [0, 1), the same for the same seed on every machine. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

if (process.argv[1] === import.meta.filename) {
  const pairs = [...realPairs(realVersions(), 1800, 1), ...cornerPairs(200, 2)]
  const answers = askDpkg(pairs)
  const lines = pairs.map((pair, index) => `${pair.join('\t')}\t${answers[index] ?? '!'}\n`)
  writeFileSync(join(import.meta.dirname, 'versions.tsv'), lines.join(''))
}
