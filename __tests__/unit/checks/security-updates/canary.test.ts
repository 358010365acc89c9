import { describe, expect, test } from '@jest/globals'
import { interpret } from '../../../../src/checks/security-updates/interpret.js'
import type { Evidence } from '../../../../src/model/evidence.js'
import { debian, statusOf } from '../clair/builders.js'
import { archiveEvidence } from './archive-evidence.js'

const image = debian({ 'var/lib/dpkg/status': statusOf([{ name: 'zlib1g', version: '1.0' }]) })
const stanza = (name: string, version: string) =>
  `Package: ${name}\nVersion: ${version}\nArchitecture: amd64\n`
const whole = archiveEvidence({ bookworm: [stanza('zlib1g', '1.0')] })
const codeOf = (evidence: Evidence) => {
  const answer = interpret(evidence, image)
  return answer.state === 'answered' ? 'answered' : answer.problem.code
}

/** The same evidence with other texts of its indexes. */
function withIndexes(change: (text: string) => string): Evidence {
  const documents = Object.entries(whole.documents).map(([name, text]) => [
    name,
    name.startsWith('packages-') ? change(text) : text,
  ])
  return { ...whole, documents: Object.fromEntries(documents) }
}

describe('the canary of the updates check', () => {
  test('when the indexes are whole, then it is found, told in the notes, and never a finding', () => {
    const answer = interpret(whole, image)
    expect(answer).toMatchObject({ state: 'answered', notes: expect.arrayContaining(['canary found']) })
    expect(JSON.stringify(answer.state === 'answered' && answer.findings)).not.toContain('canary')
  })

  test('when the indexes hold no package at all, then "no update is missing" is not believed', () => {
    expect(codeOf(withIndexes(() => ''))).toBe('updates-canary-not-found')
  })

  test('when the indexes hold versions that nothing can be older than, then neither', () => {
    expect(codeOf(withIndexes((text) => text.replace(/^Version: .*$/gm, 'Version: 0~~')))).toBe(
      'updates-canary-not-found',
    )
  })

  test('when the packages are of an architecture that is not looked at, then neither', () => {
    const other = withIndexes((text) => text.replaceAll('amd64', 'arm64'))
    expect(codeOf(other)).toBe('updates-canary-not-found')
  })

  test('when it is of a foreign architecture that the image has, then it is found', () => {
    const architectures = { native: 'amd64', foreign: ['i386'] }
    const documents = archiveEvidence({ bookworm: [stanza('zlib1g', '1.0')] }, { architectures }).documents
    const foreign = Object.entries(documents).map(([name, text]) => [
      name,
      text.replace(/^(Package: a-canary\n.*\nArchitecture: )amd64$/m, '$1i386'),
    ])
    const evidence = { ...whole, documents: Object.fromEntries(foreign) }
    const both = debian({
      'var/lib/dpkg/status': statusOf([{ name: 'zlib1g', version: '1.0' }]),
      'var/lib/dpkg/arch': 'amd64\ni386\n',
    })
    expect(interpret(evidence, both)).toMatchObject({ state: 'answered' })
  })

  test('when apt would not take what the security index has, then neither', () => {
    const { documents, ...rest } = archiveEvidence({ bookworm: [stanza('a-canary', '0.5')] })
    const archive = JSON.parse(documents['archive.json'] ?? '')
    for (const { suite, release } of archive.suites) {
      release.notAutomatic = suite === 'bookworm-security'
    }
    const changed = { ...documents, 'archive.json': JSON.stringify(archive) }
    expect(codeOf({ ...rest, documents: changed })).toBe('updates-canary-not-found')
  })

  test('when the security index is empty, as a collector without canary leaves it, then another index does', () => {
    expect(codeOf(withIndexes((text) => (text.includes('a-canary') ? '' : text)))).toBe('answered')
  })
})
