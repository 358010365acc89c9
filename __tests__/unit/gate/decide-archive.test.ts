import { describe, expect, test } from '@jest/globals'
import { decide } from '../../../src/gate/decide.js'
import type { CheckId } from '../../../src/model/checks.js'
import { aPolicy, aSource, TODAY } from '../../support/builders.js'
import { debian, evidenceOf, reportOf, scanned, statusOf } from '../checks/clair/builders.js'
import { archiveEvidence } from '../checks/security-updates/archive-evidence.js'

const APT = { name: 'apt', version: '2.6.1' }
const LOCAL = { name: 'local', version: '1' }
const rows = {
  apt: { 'CVE-2026-1001': { status: 'resolved', fixed_version: '2.6.2', urgency: 'high' } },
  local: { 'CVE-2026-1002': { status: 'resolved', fixed_version: '2', urgency: 'high' } },
}
const source = (name: string) =>
  aSource({ name, fetchedAt: `${TODAY}T06:00:00Z`, date: `${TODAY}T05:00:00Z` })

/** Rulings of what Clair says of an image, whose archive has this version of apt and no package `local`. */
function rulings(archived: string, checks: readonly CheckId[]) {
  const opened = debian({ 'var/lib/dpkg/status': statusOf([APT, LOCAL]) })
  const evidence = [
    {
      ...archiveEvidence({ bookworm: [`Package: apt\nVersion: ${archived}\nArchitecture: amd64\n`] }),
      sources: [source('debian-archive bookworm')],
    },
    {
      ...evidenceOf(reportOf(scanned([APT, LOCAL]), rows), rows),
      sources: [source('debian-security-tracker')],
    },
  ]
  const collected = { reference: 'app:1', image: opened, problem: null, evidence, dockerfiles: [] }
  const [image] = decide([collected], aPolicy([], { checks }), TODAY).images
  const found = image?.findings.filter(({ check }) => check === 'clair') ?? []
  return Object.fromEntries(found.map(({ package: name, ruling }) => [name, ruling]))
}

describe('a fix that the tracker names', () => {
  const both = ['security-updates', 'clair'] as const

  test('when the archive has it, then it can be installed; when it has an older one, then it cannot yet', () => {
    expect(rulings('2.6.2', both)).toMatchObject({ apt: 'act' })
    expect(rulings('2.6.1', both)).toMatchObject({ apt: 'unfixed' })
  })

  test('when no index holds the package, then nothing is known of what the archive has, and it counts', () => {
    expect(rulings('2.6.1', both)).toMatchObject({ local: 'act' })
  })

  test('when the policy does not ask for the archive, then its evidence is not used, and it counts', () => {
    expect(rulings('2.6.1', ['clair'])).toMatchObject({ apt: 'act' })
  })
})
