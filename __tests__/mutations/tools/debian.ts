import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BASES, newFolder } from '../../live/support.js'
import { run } from './kept.js'

/** A Debian with tools, to run them as a Dockerfile's builder stage does. */
export interface Builder {
  readonly release: keyof typeof BASES
  readonly packages: readonly string[]
}

const made = new Map<string, string>()

export function removeBuilders(): void {
  for (const image of made.values()) {
    run('docker', ['rmi', '-f', image], '/')
  }
  made.clear()
}

/**
 * Runs commands in a new container of the builder, without a network. They find `given` in /in; `paths` of the container
 * are copied below `out` afterwards.
 */
export function runInDebian(
  builder: Builder,
  commands: readonly string[],
  { input, out, paths }: { input: string; out: string; paths: readonly string[] },
): void {
  const script = [
    'set -eu',
    ...commands,
    // Compiled files differ each time, and pip's own are not what a slim image has.
    'find / -xdev -name __pycache__ -type d -prune -exec rm -rf {} +',
    `cp -a --parents ${paths.join(' ')} /out`,
  ].join('\n')
  const mounts = ['-v', `${input}:/in:ro`, '-v', `${out}:/out`]
  run('docker', ['run', '--rm', '--network', 'none', ...mounts, imageOf(builder), 'sh', '-c', script], out)
}

function imageOf({ release, packages }: Builder): string {
  const key = [release, ...packages].join(' ')
  const known = made.get(key)
  if (known !== undefined) {
    return known
  }
  const image = `seaworthy-test/mutation-builder-${release}-${made.size}-${process.pid}:1`
  const folder = newFolder()
  const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  writeFileSync(join(folder, 'Dockerfile'), `FROM ${BASES[release]}\nRUN apt-get update && ${install}\n`)
  run('docker', ['build', '-q', '-t', image, folder], folder)
  made.set(key, image)
  return image
}
