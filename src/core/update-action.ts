import type { Action } from './action.js'
import { countOf, sorted } from './counts.js'
import type { RuledFinding } from './verdict.js'

/**
 * One command for all packages to update, whichever check asks for it. The archive's index names the binary
 * version, where it was read; without it the fixed version that we know is the source's, and a binary's may differ
 * (an epoch of its own, +bN for a rebuild), so the command then leaves the choice to apt.
 * @param blocking findings that go away with the update
 * @param all findings of the image, for what is known beside them
 */
export function updateAction(blocking: readonly RuledFinding[], all: readonly RuledFinding[]): Action {
  const offered = versionsOf(all)
  const names = sorted(blocking.flatMap(({ binaries }) => binaries.map(({ name }) => name)))
  const without = sorted(blocking.filter((f) => f.binaries.length === 0).map((f) => f.package ?? ''))
  const usable = names.filter(isSafeName)
  const count = names.length + without.length
  const left = count - usable.length
  const words = usable.map((name) => {
    const version = offered.get(name)
    return version && isSafeVersion(version) ? `${name}=${version}` : name
  })
  return {
    kind: 'update',
    title: `Update ${count} ${count === 1 ? 'package' : 'packages'}`,
    why: `${fixes(blocking)}${left === 0 ? '' : `; ${left} left out of the command for want of a proper package name`}`,
    command: words.length === 0 ? null : commandOf(words, all),
    where: null,
    checks: [...new Set(blocking.map(({ check }) => check))],
    findings: blocking,
  }
}

/** Binary package -> the version that the archive offers, where that is one for all its architectures. */
function versionsOf(all: readonly RuledFinding[]): ReadonlyMap<string, string | null> {
  const offered = new Map<string, string | null>()
  for (const { package: name, fixedVersion } of all.filter(isUpdate)) {
    if (name === null) continue
    const known = offered.get(name)
    offered.set(name, known === undefined || known === fixedVersion ? fixedVersion : null)
  }
  return offered
}

function isUpdate({ check, fixedVersion }: RuledFinding): boolean {
  return check === 'security-updates' && fixedVersion !== null
}

/** An image whose own sources lack the security suite has to be given it first. */
function commandOf(words: readonly string[], all: readonly RuledFinding[]): string {
  const codename = all.find(({ id }) => id === 'no-security-source')?.facts.codename
  const source =
    codename && /^[a-z]+$/.test(codename)
      ? `echo 'deb http://security.debian.org/debian-security ${codename}-security main' >/etc/apt/sources.list.d/debian-security.list && `
      : ''
  return `${source}apt-get update && apt-get install -y --only-upgrade ${words.join(' ')}`
}

function fixes(blocking: readonly RuledFinding[]): string {
  const updates = blocking.filter(isUpdate).length
  const others = blocking.filter((finding) => !isUpdate(finding))
  const parts = [
    ...(updates === 0 ? [] : [`${updates} security ${updates === 1 ? 'update' : 'updates'} of Debian`]),
    ...(others.length === 0 ? [] : [`fixes ${countOf(others)}`]),
  ]
  return parts.join('; ')
}

/**
 * A name that may stand in a command which people copy: Debian policy 5.6.7's characters, and no `-` at the
 * end, which apt-get(8) reads as "remove". Anything else in a dpkg status file was not put there by Debian.
 */
export function isSafeName(name: string): boolean {
  return /^[a-z0-9][a-z0-9+.-]*[a-z0-9+.]$/.test(name)
}

/** Debian policy 5.6.12. */
export function isSafeVersion(version: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9.+~:-]*$/.test(version)
}
