import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PlannedPackage } from '../../../src/update/plan/plan.js'
import { signRepository } from '../signed-repository.js'
import { BASES, docker, newFolder } from '../support.js'

/** A package of the local repository: version 1 is installed in the image, version 2 is offered. */
export interface LabPackage {
  readonly name: string
  /** What its file says in version 2. */
  readonly printed?: string
  /** Fields of its control file in version 2. */
  readonly fields?: Readonly<Record<string, string>>
  /** Its postinst script in version 2. */
  readonly postinst?: string
  /** Has a configuration file, /etc/lab/NAME, that says something else in each version. */
  readonly conffile?: true
}

/** Other suites run next to this one, in processes of their own. */
const IMAGE = `seaworthy-test/update-lab-${process.pid}`

/**
 * An image with version 1 of these packages and, in /repo, a signed repository of its own that offers version 2. Each
 * package is one file, /usr/share/lab/NAME.
 */
export async function labImage(tag: string, packages: readonly LabPackage[]): Promise<string> {
  const folder = newFolder()
  try {
    const repo = join(folder, 'repo')
    const old = join(folder, 'old')
    for (const path of [repo, old]) {
      mkdirSync(path)
    }
    for (const one of packages) {
      buildDeb(folder, old, { name: one.name, ...(one.conffile && { conffile: true }) }, '1')
      buildDeb(folder, repo, one, '2')
    }
    await signRepository(repo, 'lab')
    const lines = [
      `FROM ${BASES.bookworm}`,
      'COPY . /lab',
      // One step, since each takes a container and a commit.
      `RUN ${[
        'dpkg -i /lab/old/*.deb && mv /lab/repo /repo && rm -rf /lab /etc/apt/sources.list*',
        "echo 'deb [signed-by=/repo/key.asc] file:/repo ./' >/etc/apt/sources.list",
      ].join(' && ')}`,
    ]
    writeFileSync(join(folder, 'Dockerfile'), `${lines.join('\n')}\n`)
    docker('build', '-q', '--network', 'none', '-t', `${IMAGE}:${tag}`, folder)
    return `${IMAGE}:${tag}`
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** An image of these lines on one that `labImage` has made, which takes a quarter of the time. */
export function labImageOn(base: string, tag: string, dockerfile: string): string {
  const args = ['build', '-q', '--network', 'none', '-t', `${IMAGE}:${tag}`, '-']
  execFileSync('docker', args, {
    input: `FROM ${base}\n${dockerfile}\n`,
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  return `${IMAGE}:${tag}`
}

export function asUpdate({ name }: LabPackage, to = '2'): PlannedPackage {
  return { name, architecture: 'all', from: '1', to, fixes: ['lab'] }
}

function buildDeb(
  folder: string,
  out: string,
  { name, printed = 'ok', fields, postinst, conffile }: LabPackage,
  version: string,
): void {
  const root = join(folder, 'build', name, version)
  mkdirSync(join(root, 'DEBIAN'), { recursive: true })
  mkdirSync(join(root, 'usr/share/lab'), { recursive: true })
  const all = { ...HEAD, Package: name, Version: version, ...fields }
  const control = Object.entries(all).map(([field, value]) => `${field}: ${value}`)
  writeFileSync(join(root, 'DEBIAN/control'), `${control.join('\n')}\n`)
  writeFileSync(join(root, 'usr/share/lab', name), `${printed}\n`)
  if (postinst !== undefined) {
    writeFileSync(join(root, 'DEBIAN/postinst'), postinst, { mode: 0o755 })
  }
  if (conffile) {
    mkdirSync(join(root, 'etc/lab'), { recursive: true })
    writeFileSync(join(root, 'etc/lab', name), `default of ${version}\n`)
    writeFileSync(join(root, 'DEBIAN/conffiles'), `/etc/lab/${name}\n`)
  }
  execFileSync('dpkg-deb', ['--root-owner-group', '--build', root, join(out, `${name}_${version}.deb`)])
}

const HEAD = { Architecture: 'all', Maintainer: 'lab <lab@example.org>', Description: 'lab' }
