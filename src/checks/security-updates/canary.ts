import type { Stanza } from '../../debian/control.js'
import { compareVersions } from '../../debian/version.js'
import { type Problem, withAdvice } from '../../model/index.js'
import { pendingOf } from './apt/pending.js'
import type { AptIndex, AptState } from './apt/state.js'
import { isSecurity, originOf } from './updates.js'

/** `~` sorts below nothing: no package has a lower version (deb-version(7)). */
const CANARY_VERSION = '0~'

/**
 * A made-up package must be found outdated by the very indexes that the image is compared with; otherwise "no update is
 * missing" proves nothing. It has the name of a package in the security index (`collect` always keeps one; if that
 * index is empty, any of the release's), and the lowest possible version. It never reaches the findings.
 */
export function archiveCanaryProblem(reference: AptState): Problem | null {
  const { indexes, architectures } = reference
  const subject = subjectOf(indexes.filter(isSecurity), architectures) ?? subjectOf(indexes, architectures)
  if (subject === null) {
    return canaryProblem("none of the release's indexes has a package that could serve as the canary")
  }
  const { index, stanza } = subject
  const name = (stanza.fields.get('package') ?? '').toLowerCase()
  const [native] = architectures
  const architecture = stanza.fields.get('architecture') || native
  const fields = new Map([
    ['package', name],
    ['status', 'install ok installed'],
    ['version', CANARY_VERSION],
    ['architecture', architecture],
  ])
  const installed = {
    name,
    version: CANARY_VERSION,
    architecture,
    source: name,
    sourceVersion: CANARY_VERSION,
    want: 'install',
    flag: 'ok',
    state: 'installed',
    database: 'canary',
  }
  const stanzas = [{ package: installed, stanza: { fields, line: 1 } }]
  const [found] = pendingOf({ ...reference, installed: stanzas }).pending
  const offered = stanza.fields.get('version') ?? ''
  const isFound = found?.kind === 'upgrade' && compareVersions(found.candidate.version.version, offered) >= 0
  if (!isFound) {
    const why = `was not reported as outdated, although ${index.name} has ${offered}`
    return canaryProblem(`the made-up package ${name} ${CANARY_VERSION} ${why}`)
  }
  if (isSecurity(index) && originOf(found) !== 'security') {
    const what = `the security update ${offered} for the made-up package ${name} ${CANARY_VERSION}`
    return canaryProblem(`${what} was not reported`)
  }
  return null
}

function subjectOf(indexes: readonly AptIndex[], architectures: readonly string[]) {
  const usable = ['all', ...architectures]
  const isUsable = ({ fields }: Stanza) => usable.includes(fields.get('architecture') ?? 'all')
  const index = indexes.find(({ packages }) => packages.some(isUsable))
  const stanza = index?.packages.find(isUsable)
  return index && stanza ? { index, stanza } : null
}

function canaryProblem(why: string): Problem {
  const what = `the comparison with the archive cannot be trusted: ${why}`
  return withAdvice({ code: 'updates-canary-not-found', what, where: 'archive.json' })
}
