import type { InstalledStanza } from '../../debian/control.js'
import { type ObstacleFinding, obstacle } from '../../model/finding/obstacle.js'
import { SeaworthyError } from '../../model/problem.js'
import type { AptWorld } from './apt/world.js'

/** Packages whose upstream version is the release's own, and stays so until the next one. */
const WITNESSES = ['base-files', 'libc6']

/**
 * An os-release that names another release than the packages are of: compared with the wrong indexes everything
 * would look new, or everything old.
 * @throws SeaworthyError `release-mismatch`
 */
export function refuseOtherRelease({ installed, indexes }: AptWorld, codename: string): void {
  for (const witness of WITNESSES) {
    const here = installed.find(({ package: { name } }) => name === witness)?.package.version
    const there = indexes
      .filter(({ release }) => release.codename === codename)
      .flatMap(({ packages }) => packages)
      .find(({ fields }) => fields.get('package') === witness)
      ?.fields.get('version')
    if (here === undefined || there === undefined) continue
    if (stemOf(here, witness) === stemOf(there, witness)) return
    throw new SeaworthyError({
      code: 'release-mismatch',
      what: `os-release says ${codename}, and ${witness} ${here} is not of that release, which has ${there}`,
      where: 'etc/os-release',
      todo: 'let os-release and the packages be of one release; a half upgraded image is none',
    })
  }
}

/** `12.4+deb12u5` -> `12`, `2.36-9+deb12u4` -> `2.36`. */
function stemOf(version: string, witness: string): string {
  const upstream = version.replace(/^\d+:/, '').replace(/[-+~].*$/, '')
  return witness === 'base-files' ? (upstream.split('.')[0] ?? '') : upstream
}

/** Packages that dpkg has not finished with. */
export function brokenStates(installed: readonly InstalledStanza[]): ObstacleFinding[] {
  const broken = installed
    .filter(({ package: { state, flag } }) => flag === 'reinstreq' || UNFINISHED.includes(state))
    .map(({ package: { name, flag, state } }) => `${name} (${flag} ${state})`)
    .sort()
  if (broken.length === 0) return []
  const why = `dpkg has not finished with ${broken.slice(0, 10).join(', ')}${broken.length > 10 ? ' …' : ''}`
  return [obstacle('dpkg-broken', why, { packages: broken })]
}

const UNFINISHED = ['half-installed', 'unpacked', 'half-configured']
