import type { Agreement } from '../../model/finding/index.js'
import type { Match } from './join.js'
import type { ClairPackage } from './report.js'

/**
 * One sentence on why Clair and the version of the source package disagree; `null` where they agree.
 * @param version the source package's, as the finding has it
 */
export function explain(match: Match, agreement: Agreement | null, version: string | null): string | null {
  if (agreement === 'confirmed') return null
  if (agreement === 'missed-by-clair') return `${whyMissed(match)}; ${trackerSays(match, version)}`
  const [one] = byName(match.reported)
  const saw = one ? `${one.name} ${one.version}` : match.source
  if (agreement === 'refuted') return `Clair compared ${saw}; ${trackerSays(match, version)}`
  if (match.row !== null) return `Clair saw ${saw}, which dpkg does not list as installed`
  return `Clair compared ${saw}; the security tracker as it was read has nothing on it`
}

/** How Clair came to overlook it (claircore, dpkg/scanner.go, dpkg/distroless_scanner.go, debian/matcher.go). */
function whyMissed({ database, vulnerable, source }: Match): string {
  const [one] = byName(vulnerable)
  if (!one) return 'Clair did not report it'
  if (database.seen.length === 0) return `Clair reported no package in ${database.path}`
  const [seen] = byName(database.seen.filter(({ name }) => vulnerable.some((each) => each.name === name)))
  if (!seen) return `Clair does not count ${one.name}: dpkg calls it "${one.want} ${one.flag} ${one.state}"`
  if (seen.source === null) return `Clair read no source package for ${seen.name}`
  if (seen.source.name !== source) return `Clair took ${seen.name} for a part of "${seen.source.name}"`
  return `Clair compared ${seen.name} ${seen.version}`
}

function trackerSays({ source, row, vulnerable }: Match, version: string | null): string {
  const is = `the source ${source} is ${version}`
  if (row === null) return is
  if (row.status !== 'resolved') return `${is}, ${row.status} in the security tracker`
  if (row.fixedVersion === null) return `${is}, and the security tracker names no fixed version`
  if (row.fixedVersion === '0') return `${is}, and Debian says that the release was never affected`
  return `${is}, ${vulnerable.length > 0 ? 'below' : 'not below'} the fixed ${row.fixedVersion}`
}

function byName<T extends Pick<ClairPackage, 'name' | 'version'>>(packages: readonly T[]): readonly T[] {
  const key = ({ name, version }: T) => `${name}\n${version}`
  return [...packages].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}
