import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { goProgram, oldGoProgram } from '../support/programs.js'
import { ociEntries, read, tarOf } from '../unit/io/archive/build.js'
import { newFolder } from './support.js'

// `go version -m` is the oracle of what a program says about its modules, on programs that the same Go built.

const FILES: Readonly<Record<string, string>> = {
  'go.mod':
    'module acme.example/app\n\ngo 1.21\n\nrequire acme.example/greeting v1.2.3\n\nreplace acme.example/greeting => ./greeting\n',
  'greeting/go.mod': 'module acme.example/greeting\n\ngo 1.21\n',
  'greeting/greeting.go': 'package greeting\n\nfunc Text() string { return "hello" }\n',
  'main.go': 'package main\n\nimport "acme.example/greeting"\n\nfunc main() { println(greeting.Text()) }\n',
  // Only for build modes that need a C compiler.
  'shared/main.go':
    'package main\n\nimport "C"\nimport "acme.example/greeting"\n\n//export Hello\nfunc Hello() { println(greeting.Text()) }\nfunc main() {}\n',
}

let folder: string
const goFor = (more: NodeJS.ProcessEnv, ...args: readonly string[]) =>
  execFileSync('go', args, {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      ...{ GOFLAGS: '-mod=mod -buildvcs=false', GOPROXY: 'off', GOWORK: 'off' },
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
const go = (...args: readonly string[]) => goFor({}, ...args)

beforeAll(() => {
  folder = join(newFolder(), 'go')
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
})

/** As `go version -m` prints it: Go's version, then each module that is linked, or what replaces it. */
function oracle(path: string): readonly string[] {
  const [first = '', ...rows] = go('version', '-m', path).trimEnd().split('\n')
  const found: string[] = []
  for (const [keyword = '', name = '', version = ''] of rows.map((row) => row.trim().split('\t'))) {
    if (keyword === '=>') {
      found.pop()
    }
    if (['mod', 'dep', '=>'].includes(keyword)) {
      found.push(`${name} ${version === '(devel)' || version === '' ? null : version}`)
    }
  }
  const number = first
    .slice(path.length + 2)
    .replace(/^go/, '')
    .split(/[ -]/, 1)[0]
  return [`stdlib ${number}`, ...found]
}

async function ours(body: Buffer): Promise<readonly string[]> {
  const { image } = await read(tarOf(ociEntries([tarOf([{ path: 'lib', body, mode: 0o644 }])])))
  return (image.layers[0]?.applications?.files.lib?.says ?? []).map(
    ({ name, version }) => `${name} ${version}`,
  )
}

async function compared(path: string) {
  const reported = oracle(path)
  expect(await ours(readFileSync(path))).toEqual(reported)
  return reported
}

describe('programs that Go has built, as files of mode 0644', () => {
  const builds: Readonly<Record<string, readonly string[]>> = {
    plain: ['.'],
    trimmed: ['-trimpath', '.'],
    stripped: ['-ldflags=-s -w', '.'],
    'position-independent': ['-buildmode=pie', '.'],
    'a C library': ['-buildmode=c-shared', './shared'],
    'a plugin': ['-buildmode=plugin', './shared'],
  }
  test.each(Object.keys(builds))(
    'when one is %s, then its modules are those of go version -m',
    async (name) => {
      const path = join(folder, 'built')
      go('build', '-o', path, ...(builds[name] ?? []))
      expect(await compared(path)).toHaveLength(3)
    },
  )

  test('when one is built for a 32-bit or big-endian processor, then too', async () => {
    for (const arch of ['386', 'arm', 's390x', 'ppc64', 'mips']) {
      const path = join(folder, arch)
      goFor({ GOOS: 'linux', GOARCH: arch }, 'build', '-o', path, '.')
      expect(await compared(path)).toHaveLength(3)
    }
  })

  test('when its section headers are stripped, then too', async () => {
    const path = join(folder, 'headless')
    go('build', '-o', path, '.')
    const bytes = readFileSync(path)
    bytes.fill(0, 40, 48) // e_shoff
    bytes.fill(0, 60, 64) // e_shnum, e_shstrndx
    writeFileSync(path, bytes)
    expect(await compared(path)).toHaveLength(3)
  })
})

describe('programs of Go 1.17 and older', () => {
  test('when one is from the test data of Go itself, then it is read as go version -m does', async () => {
    const stored = join(go('env', 'GOROOT').trim(), 'src/debug/buildinfo/testdata/go117/go117.base64')
    if (!existsSync(stored)) {
      process.stdout.write('  this Go brings no program of Go 1.17 (Go 1.26 does): not compared\n')
      return
    }
    const path = join(folder, 'go117')
    writeFileSync(path, Buffer.from(readFileSync(stored, 'latin1'), 'base64'))
    expect(await compared(path)).toEqual(['stdlib 1.17', 'example.com/go117 null'])
  })

  test.each<[4 | 8, boolean]>([
    [8, false],
    [8, true],
    [4, false],
    [4, true],
  ])(
    'when one is made by hand, %d bytes, big-endian: %s, then go version -m reads the same',
    async (width, isBig) => {
      const path = join(folder, 'made')
      const modules = [
        'path\ta.example/app',
        'mod\ta.example/app\t(devel)\t',
        'dep\tb.example/b\tv1.0.0\th1:abc=',
      ]
      writeFileSync(path, oldGoProgram('go1.16.5', modules, { width, isBig }))
      expect(await compared(path)).toEqual(['stdlib 1.16.5', 'a.example/app null', 'b.example/b v1.0.0'])
    },
  )

  test('when one made by hand is of Go 1.18, then too', async () => {
    const path = join(folder, 'made')
    writeFileSync(path, goProgram('go1.18', ['path\ta', 'dep\tb.example/b\tv1.0.0\th1:abc='], { before: 0 }))
    expect(await compared(path)).toEqual(['stdlib 1.18', 'b.example/b v1.0.0'])
  })
})
