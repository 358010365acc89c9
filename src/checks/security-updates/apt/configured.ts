import { confList, confSwitch, readAptConf } from '../../../debian/apt/conf.js'
import { readPreferences } from '../../../debian/apt/preferences.js'
import { readSources, type Target } from '../../../debian/apt/sources.js'
import type { InstalledStanza } from '../../../debian/control.js'
import { mainPackages, otherInstanceOf, type Root, readStanzas } from '../../../debian/packages.js'
import type { AptState } from './state.js'

/** apt's configuration in the image's files, before any index is read. */
export interface Configured extends Omit<AptState, 'indexes'> {
  readonly targets: readonly Target[]
  /** False if `Acquire::Check-Valid-Until "false"` makes old snapshots count. */
  readonly checkValidUntil: boolean
}

/**
 * Reads dpkg's database and apt's configuration from an image.
 * @param native Debian's name of the image's architecture
 * @throws SeaworthyError `apt-stops`, `apt-pattern`, and what `readPackages` throws
 */
export function readConfigured(root: Root, native: string): Configured {
  const { files } = root
  const conf = readAptConf(files)
  const listed = files['var/lib/dpkg/arch']?.match(/\S+/g) ?? []
  const named = confList(conf, 'apt::architectures')
  const [, ...foreign] = new Set([native, ...(named.length > 0 ? named : listed)])
  const architectures: [string, ...string[]] = [native, ...foreign]
  return {
    installed: readInstalled(root),
    architectures,
    targets: readSources(files, architectures),
    pins: readPreferences(files),
    defaultRelease: conf.get('apt::default-release') ?? null,
    ignoreHold: confSwitch(conf, 'apt::ignore-hold', false),
    installRecommends: confSwitch(conf, 'apt::install-recommends', true),
    installSuggests: confSwitch(conf, 'apt::install-suggests', false),
    checkValidUntil: confSwitch(conf, 'acquire::check-valid-until', true),
    machineId: readMachineId(files['etc/machine-id']),
  }
}

/** machine-id(5): 32 hex digits; `uninitialized` and an empty file are no identity. */
function readMachineId(text: string | undefined): string | null {
  const id = text?.trim() ?? ''
  return /^[0-9a-f]{32}$/i.test(id) ? id : null
}

/**
 * The packages of the image's own root with their stanzas. For a package that is in both the status file and
 * `status.d`, the status file counts.
 * @throws SeaworthyError as `readPackages` does
 */
export function readInstalled(root: Root): InstalledStanza[] {
  const stanzas = readStanzas(root)
  const main = new Set(mainPackages(stanzas.map((one) => one.package)))
  const byName = new Map<string, Map<string, InstalledStanza>>()
  return stanzas.filter((one) => {
    const { name, architecture } = one.package
    const known = byName.get(name) ?? new Map<string, InstalledStanza>()
    if (!main.has(one.package) || otherInstanceOf(known, architecture) !== undefined) {
      return false
    }
    byName.set(name, known.set(architecture, one))
    return true
  })
}
