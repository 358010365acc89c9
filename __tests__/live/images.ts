import { execFileSync } from 'node:child_process'
import { tarOf } from '../../src/io/archive/formats/tar-writer.js'
import { docker } from './support.js'

const made: string[] = []
/** Other suites run next to this one, in processes of their own. */
const tagOf = (name: string) => `seaworthy-test/${name}-${process.pid}:1`

/** Imports a root file system of these files as an image. `removeImages` takes it away again. */
export function importImage(
  name: string,
  files: Readonly<Record<string, string>>,
  changes: readonly string[] = [],
): string {
  const tag = tagOf(name)
  const tar = tarOf(Object.entries(files).map(([path, text]) => ({ path, text })))
  const args = ['import', ...changes.flatMap((change) => ['--change', change]), '-', tag]
  execFileSync('docker', args, { input: tar })
  made.push(tag)
  return tag
}

/** Another name and another start for an image that is there. */
export function restartedAs(name: string, base: string, changes: readonly string[]): string {
  const id = docker('create', base, 'true').trim()
  const tag = tagOf(name)
  docker('commit', ...changes.flatMap((change) => ['--change', change]), id, tag)
  docker('rm', id)
  made.push(tag)
  return tag
}

/** An image with one more layer: these files, by their paths in the image. */
export function imageOn(base: string, name: string, files: Readonly<Record<string, string>>): string {
  const id = docker('create', base, 'true').trim()
  const tag = tagOf(name)
  const tar = tarOf(Object.entries(files).map(([path, text]) => ({ path, text })))
  execFileSync('docker', ['cp', '-', `${id}:/`], { input: tar })
  docker('commit', id, tag)
  docker('rm', id)
  made.push(tag)
  return tag
}

/** An image without one of its files. */
export function imageWithout(base: string, name: string, path: string): string {
  const id = docker('create', '--user', '0', '--entrypoint', 'rm', base, path).trim()
  const tag = tagOf(name)
  docker('start', '-a', id)
  docker('commit', '--change', 'ENTRYPOINT []', id, tag)
  docker('rm', id)
  made.push(tag)
  return tag
}

export function removeImages(): void {
  for (const tag of made.splice(0)) {
    docker('rmi', '-f', tag)
  }
}

export const BOOKWORM =
  'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\n'

export function stanza(name: string, version: string, more = ''): string {
  return `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n${more}Maintainer: x <x@example.org>\nDescription: x\n\n`
}

/** The smallest image that Clair takes for a Debian one. */
export function tinyDebian(name: string, status = stanza('openssl', '3.0.15-1~deb12u1')): string {
  return importImage(name, {
    'etc/os-release': BOOKWORM,
    ...databaseOf(status),
  })
}

/** A package database with this status, and a list of no files for each of its packages, as dpkg has one. */
export function databaseOf(status: string): Record<string, string> {
  const names = [...status.matchAll(/^Package: (.*)$/gm)].map(([, name]) => name)
  return {
    ...Object.fromEntries(names.map((name) => [`var/lib/dpkg/info/${name}.list`, ''])),
    'var/lib/dpkg/status': status,
  }
}
