import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { unzipSync } from 'fflate'
import { unpackEntry, ZipError, zipEntries } from '../../../../../src/io/archive/formats/zip.js'
import { bufferSource } from '../../../../../src/io/archive/formats/zip-records.js'
import { zip64Of, zipOf } from '../../../../support/hostile-zip.js'

/** What Java and Python find in a zip is ours too, or the zip is unreadable: whatever is in it, in front or behind. */

const runs = (command: string, ...args: string[]) => spawnSync(command, args).status === 0
const TOOLS = {
  java: runs('java', '--list-modules') && runs('javac', '-version'),
  jar: runs('jar', '--version'),
  python3: runs('python3', '-c', 'import zipfile, zipimport'),
  zip: runs('zip', '-h'),
}

/** Skipped, and said, on a machine without the tool. */
function testWith(tools: readonly (keyof typeof TOOLS)[], name: string, body: () => void): void {
  const missing = tools.filter((tool) => !TOOLS[tool])
  if (missing.length > 0) {
    process.stdout.write(`  not compared: ${missing.join(' and ')} not installed\n`)
  }
  ;(missing.length > 0 ? test.skip : test)(name, body, 120_000)
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zips-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Names of files in each zip; `null`: it cannot be read. */
type Answer = Readonly<Record<string, readonly string[] | null>>

function answers(output: string): Answer {
  return JSON.parse(output)
}

const JAVA = `
import java.nio.file.*;
import java.util.*;
import java.util.zip.*;
class Names {
  public static void main(String[] args) throws Exception {
    StringJoiner all = new StringJoiner(",", "{", "}");
    try (var files = Files.list(Path.of(args[0]))) {
      for (Path path : files.toList()) {
        String said = "null";
        try (ZipFile zip = new ZipFile(path.toFile())) {
          StringJoiner names = new StringJoiner(",", "[", "]");
          zip.stream().forEach(entry -> names.add('"' + entry.getName().replaceAll("[^a-z0-9]", "?") + '"'));
          said = names.toString();
        } catch (Exception | Error broken) { }
        all.add('"' + path.getFileName().toString() + "\\":" + said);
      }
    }
    System.out.println(all);
  }
}
`
const PYTHON = `
import json, os, re, sys, zipfile, zipimport
clean = lambda names: [re.sub('[^a-z0-9]', '?', name) for name in names]
def library(path):
    try:
        with zipfile.ZipFile(path) as file:
            return clean(file.namelist())
    except Exception:
        return None
def importer(path):
    try:
        return clean(zipimport._read_directory(path))
    except Exception:
        return None
folder = sys.argv[1]
which = library if sys.argv[2] == 'zipfile' else importer
print(json.dumps({name: which(os.path.join(folder, name)) for name in os.listdir(folder)}))
`

const one = zipOf([
  { name: 'a1', body: 'x'.repeat(50) },
  { name: 'a2', body: 'y', stored: true },
])
const two = zipOf([{ name: 'b1', body: 'z' }])
const END_BYTES = 22

function commented(zip: Buffer, comment: Buffer): Buffer {
  const whole = Buffer.concat([zip, comment])
  whole.writeUInt16LE(comment.length, zip.length - 2)
  return whole
}

/** Well-formed and odd zips, and each of them with one byte of its end changed. */
function corpus(): Buffer[] {
  const tail = Buffer.from('tail')
  const whole = [
    one,
    zip64Of([{ name: 'c1', body: 'w' }]),
    zipOf([]),
    zipOf([{ name: 'd1', body: '' }], { repeated: 65_535 }),
    Buffer.concat([one, tail]),
    Buffer.concat([tail, one]),
    Buffer.concat([tail, one, tail]),
    Buffer.concat([tail, zip64Of([{ name: 'c1', body: 'w' }])]),
    Buffer.concat([one, two]),
    Buffer.concat([one, Buffer.alloc(65_535)]),
    Buffer.concat([one, Buffer.alloc(66_000)]),
    commented(one, two),
    commented(one, Buffer.concat([two, tail])),
    commented(one, commented(two, one.subarray(-END_BYTES))),
    Buffer.concat([commented(one, two), tail]),
    Buffer.concat([one, two.subarray(-END_BYTES)]),
    Buffer.concat([one, two.subarray(-END_BYTES), tail]),
    one.subarray(0, -1),
    one.subarray(10),
  ]
  const changed = whole
    .filter(({ length }) => length < 1000)
    .flatMap((zip) =>
      Array.from({ length: Math.min(zip.length, 120) }, (_, fromEnd) => {
        const copy = Buffer.from(zip)
        const at = zip.length - 1 - fromEnd
        copy[at] = ((copy[at] ?? 0) + 1 + (fromEnd % 7)) & 0xff
        return copy
      }),
    )
  return [...whole, ...changed]
}

/** `null`: unreadable. */
function ownNames(bytes: Buffer): readonly string[] | null {
  try {
    return zipEntries(bufferSource(bytes)).map(({ name }) => name.replace(/[^a-z0-9]/g, '?'))
  } catch (error) {
    if (error instanceof ZipError) {
      return null
    }
    throw error
  }
}

testWith(['java', 'python3'], 'when a zip is odd, then nothing that Java or Python finds is lost', () => {
  const zips = join(folder, 'odd')
  mkdirSync(zips)
  const all = corpus()
  for (const [index, bytes] of all.entries()) {
    writeFileSync(join(zips, String(index)), bytes)
  }
  writeFileSync(join(folder, 'Names.java'), JAVA)
  writeFileSync(join(folder, 'names.py'), PYTHON)
  const most = { encoding: 'utf8', maxBuffer: 2 ** 28 } as const
  const java = answers(execFileSync('java', [join(folder, 'Names.java'), zips], most))
  const python = (which: string) =>
    answers(execFileSync('python3', [join(folder, 'names.py'), zips, which], most))
  const readers = [java, python('zipfile'), python('zipimport')]
  const lost: string[] = []
  const counts = { read: 0, unreadable: 0, differing: 0 }
  for (const [index, bytes] of all.entries()) {
    const theirs = readers.map((reader) => reader[index] ?? null)
    const wanted = new Set(theirs.flatMap((names) => names ?? []))
    const own = ownNames(bytes)
    counts[own === null ? 'unreadable' : 'read']++
    counts.differing +=
      new Set(theirs.flatMap((names) => (names === null ? [] : [names.join()]))).size > 1 ? 1 : 0
    const missing = own === null ? [] : [...wanted].filter((name) => !own.includes(name))
    lost.push(...missing.map((name) => `${index}: ${name}`))
  }
  process.stdout.write(
    `  ${all.length} zips: ${counts.read} read, ${counts.unreadable} unreadable, of which Java and Python read ${counts.differing} differently\n`,
  )
  expect(lost).toEqual([])
  // The comparison is about something: most can be read, and the readers do differ on some.
  expect(counts.read).toBeGreaterThan(all.length / 2)
  expect(counts.differing).toBeGreaterThan(0)
})

const FILES = { 'META-INF/x.txt': 'abc'.repeat(200), 'b.txt': '', 'c.txt': 'ü' }

for (const [tool, command] of [
  ['zip', (into: string) => ['-r', '-q', into, '.']],
  ['jar', (into: string) => ['--create', '--file', into, '.']],
  ['python3', (into: string) => ['-m', 'zipfile', '-c', into, '.']],
] as const) {
  testWith([tool], `when ${tool} has written a zip, then names and contents are those of a library`, () => {
    const from = join(folder, tool)
    mkdirSync(join(from, 'META-INF'), { recursive: true })
    for (const [name, body] of Object.entries(FILES)) {
      writeFileSync(join(from, name), body)
    }
    const into = join(folder, `${tool}.zip`)
    execFileSync(tool, command(into), { cwd: from })
    const bytes = readFileSync(into)
    const source = bufferSource(bytes)
    const own = Object.fromEntries(
      zipEntries(source).map((entry) => [entry.name, unpackEntry(source, entry, 2 ** 20).toString()]),
    )
    const library = Object.fromEntries(
      Object.entries(unzipSync(bytes)).map(([path, body]) => [path, Buffer.from(body).toString()]),
    )
    expect(own).toEqual(library)
    expect(own).toMatchObject(FILES)
  })
}
