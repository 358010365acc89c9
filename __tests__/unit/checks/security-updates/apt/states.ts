import { readInstalled } from '../../../../../src/checks/security-updates/apt/configured.js'
import { type PendingSet, pendingOf } from '../../../../../src/checks/security-updates/apt/pending.js'
import type { AptIndex, AptState } from '../../../../../src/checks/security-updates/apt/state.js'
import { upgradeOf } from '../../../../../src/checks/security-updates/apt/upgrade.js'
import { type ReleaseFacts, readPreferences } from '../../../../../src/debian/apt/preferences.js'
import { parseStanzas } from '../../../../../src/debian/control.js'

export type Fields = Readonly<Record<string, string>>

/** `name version` and further fields as a stanza. */
export function stanza(nameAndVersion: string, more: Fields = {}): string {
  const [Package = '', Version = ''] = nameAndVersion.split(' ')
  const fields = { Package, Version, Architecture: 'amd64', ...more }
  return `${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')}\n\n`
}

export function installed(nameAndVersion: string, more: Fields = {}): string {
  return stanza(nameAndVersion, { Status: 'install ok installed', ...more })
}

export function anIndex(name: string, packages: readonly string[], more: Partial<AptIndex> = {}): AptIndex {
  const release: ReleaseFacts = {
    origin: 'Debian',
    label: 'Debian',
    suite: name,
    codename: name,
    version: '12',
    component: 'main',
    architecture: 'amd64',
    site: 'deb.debian.org',
  }
  return {
    name,
    release,
    notAutomatic: false,
    butAutomaticUpgrades: false,
    packages: parseStanzas(packages.join(''), name),
    ...more,
  }
}

export function anAptState(
  status: readonly string[],
  indexes: readonly AptIndex[],
  more: Partial<AptState> & { readonly preferences?: string } = {},
): AptState {
  const files = { 'var/lib/dpkg/status': status.join('') }
  const { preferences, ...rest } = more
  return {
    installed: readInstalled({ files, unreadable: {} }),
    architectures: ['amd64'],
    indexes,
    pins: preferences === undefined ? [] : readPreferences({ 'etc/apt/preferences': preferences }),
    defaultRelease: null,
    ignoreHold: false,
    installRecommends: true,
    installSuggests: false,
    machineId: null,
    ...rest,
  }
}

/** `key installed candidate` of each pending package. */
export function pendingLines(setting: AptState): string[] {
  return lines(pendingOf(setting).pending)
}

/** What `apt-get upgrade` takes, and what it leaves with the reason. */
export function upgradeLines(setting: AptState): { taken: string[]; left: string[] } {
  const { upgraded, keptBack } = upgradeOf(setting, pendingOf(setting))
  return { taken: lines(upgraded), left: keptBack.map(({ pending, text }) => `${pending.key}: ${text}`) }
}

function lines(pending: PendingSet['pending']): string[] {
  return pending.map(
    ({ key, known, candidate }) => `${key} ${known.current.version.version} ${candidate.version.version}`,
  )
}
