import { addSecuritySource } from '../../debian/apt/command.js'
import type { Target } from '../../debian/apt/sources.js'
import type { InstalledStanza } from '../../debian/control.js'
import { releaseTitle } from '../../debian/support-table.js'
import { type Finding, type ObstacleFinding, obstacle, type UpdateFinding } from '../../model/index.js'
import { type AptStates, readsSecurity } from './apt-states.js'
import type { ArchiveDocument } from './archive/document.js'
import { archiveOf } from './archive/mirrors.js'

/** The release's status in Debian today. @param updates that the image lacks */
export function releaseObstacles(
  { codename, support, stable, suites }: ArchiveDocument,
  updates: readonly UpdateFinding[],
): ObstacleFinding[] {
  const found: ObstacleFinding[] = []
  const releaseSuite = suites.find(({ suite }) => suite === codename)?.release.suite ?? null
  const isMoving =
    releaseSuite === 'testing' || releaseSuite === 'unstable' || releaseSuite === 'experimental'
  const { state, row } = support
  if (isMoving || (state === 'unreleased' && releaseSuite !== 'stable')) {
    const why = `${codename} is ${releaseSuite ?? 'not released'}, so Debian does not give it the security support of a stable release`
    return [obstacle('testing-or-unstable', why, { suite: releaseSuite ?? 'unreleased' })]
  }
  if (state === 'unknown' && releaseSuite === null) {
    found.push(obstacle('unknown-release', `${codename} is not in Debian's list of releases`, {}))
  }
  if (state === 'end-of-life') {
    const end = row?.eolLts ?? row?.eol ?? 'unknown'
    const goneCount = updates.filter(({ installable }) => installable === false).length
    const files =
      goneCount === 0
        ? ''
        : `, and the mirrors no longer have the files for ${goneCount} of its ${updates.length} updates`
    const why = `Debian's support for ${codename} ended on ${end}${files}`
    const title = stable === null ? null : releaseTitle(stable.codename)
    found.push(obstacle('end-of-life', why, { end, stable: title }))
  }
  if (stable === null) {
    const why =
      "neither the archive nor Debian's list of releases shows which release is the current stable one"
    found.push(obstacle('stable-not-known', why, {}))
  } else if (stable.codename !== codename) {
    const why = `${codename} is not the current stable release, which is ${stable.codename}`
    const end = row?.eolLts ?? row?.eol ?? null
    const details = { stable: stable.codename, saysSo: stable.from, support: state, end }
    found.push(obstacle('not-current-stable', why, details))
  }
  return found
}

/** What is wrong with the image's own sources; nothing if it has no apt to read them. */
export function sourceObstacles(
  { configured, asConfigured, unavailable, others }: AptStates,
  codename: string,
): ObstacleFinding[] {
  if (!configured.installed.some(({ package: { name } }) => name === 'apt')) {
    return []
  }
  const found: ObstacleFinding[] = []
  if (!readsSecurity(asConfigured, codename)) {
    const readsSuite =
      configured.targets.length === 0
        ? 'the image has no apt source'
        : "none of the image's apt sources includes this suite"
    const missingSources =
      unavailable.find(
        ({ target, code }) => code === 'archive-expired' && archiveOf(target.suite) === 'security',
      ) ?? unavailable.find(({ code }) => code === 'snapshot')
    const why = `apt in this image gets nothing from ${codename}-security: ${missingSources?.why ?? readsSuite}`
    found.push(obstacle('no-security-source', why, { codename, lines: dockerfileLines(codename) }))
  }
  const literal = [...others, ...unavailable.map(({ target }) => target)].find(({ component }) =>
    component.startsWith('updates/'),
  )

  if (literal) {
    const why = `${place(literal)} specifies the component "${literal.component}", which selects no packages; write "${literal.component.slice('updates/'.length)}" instead`
    found.push(obstacle('updates-main-component', why, { file: literal.file }))
  }
  for (const { target, why, code } of firstOfEach(unavailable)) {
    if (code === 'archive-expired') {
      found.push(obstacle('expired-source', `${place(target)}: ${why}`, { file: target.file }))
    } else if (code === 'snapshot') {
      found.push(obstacle('snapshot-source', `${place(target)}: ${why}`, { file: target.file }))
    }
  }
  const foreign = asConfigured.indexes.filter(({ release }) => {
    const name = (release.codename ?? '').replace(
      /-(?:security|updates|backports(?:-sloppy)?|proposed-updates)$/,
      '',
    )
    return name !== '' && name !== codename
  })
  if (foreign.length > 0) {
    const suites = [...new Set(foreign.map(({ name }) => name.replace(/\/.*/, '')))]
    const why = `the image has apt sources for releases other than ${codename}: ${suites.join(', ')}`
    found.push(obstacle('mixed-releases', why, { suites }))
  }
  return found
}

/** Lines for a Dockerfile that add the security suite to apt's sources. */
function dockerfileLines(codename: string): string {
  return `RUN ${addSecuritySource(codename)}\nRUN apt-get update && apt-get upgrade -y && rm -rf /var/lib/apt/lists/*`
}

function firstOfEach(unavailable: AptStates['unavailable']): AptStates['unavailable'] {
  const key = ({ target, code }: AptStates['unavailable'][number]) => `${code} ${target.uri} ${target.suite}`
  return unavailable.filter((one, at) => unavailable.findIndex((other) => key(other) === key(one)) === at)
}

function place({ file, suite }: Target): string {
  return `${file}: ${archiveOf(suite) === 'security' ? 'security source' : 'source'} ${suite}`
}

export function unfinishedPackages(installed: readonly InstalledStanza[]): Finding[] {
  const brokenPackages = installed
    .filter(({ package: { state, flag } }) => flag === 'reinstreq' || UNFINISHED_STATES.includes(state))
    .map(({ package: { name, flag, state } }) => `${name} (${flag} ${state})`)
    .sort()
  if (brokenPackages.length === 0) {
    return []
  }
  const why = `dpkg has not finished processing ${brokenPackages.slice(0, 10).join(', ')}${brokenPackages.length > 10 ? ' …' : ''}`
  return [obstacle('dpkg-broken', why, { packages: brokenPackages })]
}

const UNFINISHED_STATES = ['half-installed', 'unpacked', 'half-configured']
