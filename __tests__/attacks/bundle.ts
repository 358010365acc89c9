import { spawn } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ARCHIVE_KEYS } from '../../src/debian/archive-keys.js'
import type { Report } from '../../src/reports/json/schema.js'
import { newFolder, ROOT } from '../live/support.js'
import { withPolicies } from '../support/policies.js'
import { END, entryOf, ociEntries, tarOf } from '../unit/io/archive/build.js'

/** What a run of a bundle's command gave. */
export interface Attacked {
  readonly code: number | null
  /** Both streams. */
  readonly output: string
  /** `{}` where it was killed before it had written one. */
  readonly report: Report
}

/**
 * A copy of the bundle that trusts one more key of the archive: the one thing in it that is changed, since nobody but
 * Debian can sign for the bundle as it is.
 * @param certificate OpenPGP, base64, in the place of Debian's oldest one
 */
export function bundleTrusting(certificate: string): string {
  const folder = join(newFolder(), 'dist')
  cpSync(join(ROOT, 'dist'), folder, { recursive: true })
  const oldest = ARCHIVE_KEYS[0]?.key ?? ''
  const holders = readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .filter((name) => readFileSync(join(folder, name), 'utf8').includes(oldest))
  for (const name of holders) {
    const text = readFileSync(join(folder, name), 'utf8')
    writeFileSync(join(folder, name), text.replaceAll(oldest, certificate))
  }
  if (holders.length === 0) {
    throw new Error('no file of the bundle has the key')
  }
  return folder
}

/**
 * Runs the command of a bundle in a folder of its own, with nothing in its environment but what is given, and where Node
 * keeps what it has compiled.
 * @param via a command that runs it, such as `prlimit`
 */
export function attack(
  args: readonly string[],
  {
    dist = join(ROOT, 'dist'),
    env = {},
    via = [],
  }: {
    readonly dist?: string
    readonly env?: NodeJS.ProcessEnv
    readonly via?: readonly string[]
  } = {},
): Promise<Attacked> {
  const folder = newFolder()
  const { PATH, NODE_COMPILE_CACHE } = process.env
  const [command = '', ...rest] = [
    ...via,
    process.execPath,
    join(dist, 'cli.js'),
    ...withPolicies(args, folder),
  ]
  const child = spawn(command, [...rest, '--report-dir', join(folder, 'report')], {
    cwd: folder,
    env: { PATH, NODE_COMPILE_CACHE, HOME: folder, RUNNER_TEMP: folder, ...env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
    })
  }
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const path = join(folder, 'report/report.json')
      const text = existsSync(path) ? readFileSync(path, 'utf8') : '{}'
      resolve({ code, output: output + text, report: JSON.parse(text) as Report })
    })
  })
}

/** The archive of an image of one layer with these files. */
export function anImageWith(
  files: Readonly<Record<string, string | Buffer>>,
  config: Readonly<Record<string, unknown>> = {},
): string {
  const path = join(newFolder(), 'app.tar')
  const layer = tarOf(Object.entries(files).map(([name, body]) => ({ path: name, body })))
  writeFileSync(path, Buffer.concat([...ociEntries([layer], [layer], config).map(entryOf), END]))
  return path
}
