import { interpret } from '../../../../src/checks/security-updates/interpret.js'
import type { Finding } from '../../../../src/model/finding/index.js'
import { aLayer, anImage } from '../../../support/builders.js'
import { installed, stanza } from './apt/states.js'
import { archiveEvidence } from './archive-evidence.js'

export const OS_RELEASE = 'ID=debian\nVERSION_CODENAME=bookworm\nVERSION_ID="12"\n'

export const THREE = `deb http://deb.debian.org/debian bookworm main
deb http://deb.debian.org/debian bookworm-updates main
deb http://deb.debian.org/debian-security bookworm-security main
`

export const APT = installed('apt 2.6.1')

export const OPENSSL = installed('openssl 3.0.1')

export const FIXED = stanza('openssl 3.0.2')

export function image(status: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const root = {
    'etc/os-release': OS_RELEASE,
    'etc/apt/sources.list': THREE,
    'var/lib/dpkg/status': status.join(''),
    ...files,
  }
  return anImage({ layers: [aLayer({ files: root })] })
}

/** Findings and notes; fails where there is no answer. */
export function answered(evidence = archiveEvidence({}), of = image([APT, OPENSSL])) {
  const answer = interpret(evidence, of)
  if (answer.state === 'unanswered') {
    throw new Error(JSON.stringify(answer.problem))
  }
  return answer
}

export function codeOf(evidence = archiveEvidence({}), of = image([APT, OPENSSL])): string {
  const answer = interpret(evidence, of)
  return answer.state === 'unanswered' ? answer.problem.code : 'answered'
}

export const ids = (findings: readonly Finding[]) => findings.map(({ id }) => id)
