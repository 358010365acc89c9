import { aptWord, onlyUpgrade } from '../../debian/apt/command.js'
import type { Action } from '../../model/task.js'
import type { RuledFinding } from '../../model/verdict.js'
import { updateLines } from '../locations/update-lines.js'
import { fixes, packages } from './update-action.js'

/**
 * Packages of another root inside the image (a chroot, an unpacked system): apt of the image does not reach them.
 * @param database path of their dpkg database, as the finding's `packageDb` has it
 */
export function nestedUpdate(
  database: string,
  blocking: readonly RuledFinding[],
  all: readonly RuledFinding[],
): Action {
  const root = rootOf(database)
  const binaries = blocking.flatMap((finding) => finding.binaries)
  const names = new Set(binaries.map(({ name }) => name))
  const words = [...names].flatMap(
    (name) => aptWord({ name, architecture: 'all', version: null }, null) ?? [],
  )
  const isCommand = root !== null && words.length > 0 && words.length === names.size
  return {
    kind: 'update',
    title: `Update ${packages(names.size)} of the system inside the image that ${database} belongs to`,
    why: `${fixes(blocking, all)}; apt-get of the image does not reach these packages: update them where that system is made, or with its own apt-get where it has one, or leave it out of the image`,
    command: isCommand ? `chroot ${root} apt-get update && chroot ${root} ${onlyUpgrade(words)}` : null,
    dockerfile: null,
    where: updateLines(blocking)[0] ?? null,
    checks: [...new Set(blocking.map(({ check }) => check))],
    packages: [],
    findings: blocking,
  }
}

/** Where dpkg's database is in its own place, the root it belongs to, if that can be written into a command. */
function rootOf(database: string): string | null {
  const root = /^(.+)\/var\/lib\/dpkg\/status$/.exec(database)?.[1] ?? null
  if (root === null || !/^[A-Za-z0-9._/+-]+$/.test(root) || root.split('/').includes('..')) return null
  return `/${root.replace(/^\/+/, '')}`
}
