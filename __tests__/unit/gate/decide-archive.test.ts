import { describe, expect, test } from '@jest/globals'
import { decide } from '../../../src/gate/decide.js'
import { imageTasks } from '../../../src/judge/tasks/actions.js'
import { becauseText } from '../../../src/model/because/texts.js'
import type { CheckId } from '../../../src/model/checks.js'
import { aPolicy, aSource, aWhitelistEntry, TODAY } from '../../support/builders.js'
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
  const collected = {
    reference: 'app:1',
    image: opened,
    problem: null,
    evidence,
    dockerfiles: [],
    platform: null,
    others: null,
  }
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

describe('a fix that the index names and the mirrors have lost', () => {
  const url = 'http://deb.debian.org/debian/pool/main/a/apt/apt_2.6.2_amd64.deb'
  const stanza = `Package: apt\nVersion: 2.6.2\nArchitecture: amd64\nFilename: pool/main/a/apt/apt_2.6.2_amd64.deb\nSHA256: ${'0'.repeat(64)}\n`

  /** What Clair says of apt, where a mirror says this of its file. */
  function found(state: string | null, urgency = 'high') {
    const tracker = { apt: { 'CVE-2026-1001': { status: 'resolved', fixed_version: '2.6.2', urgency } } }
    const archive = archiveEvidence({ 'bookworm-security': [stanza] })
    const pool = state === null ? {} : { 'pool.json': JSON.stringify([{ url, state, detail: null }]) }
    const evidence = [
      {
        ...archive,
        documents: { ...archive.documents, ...pool },
        sources: [source('debian-archive bookworm')],
      },
      {
        ...evidenceOf(reportOf(scanned([APT]), tracker), tracker),
        sources: [source('debian-security-tracker')],
      },
    ]
    const image = debian({ 'var/lib/dpkg/status': statusOf([APT]) })
    const collected = {
      reference: 'app:1',
      image,
      problem: null,
      evidence,
      dockerfiles: [],
      platform: null,
      others: null,
    }
    const policy = aPolicy([], { checks: ['security-updates', 'clair'] })
    return decide([collected], policy, TODAY).images[0]?.findings.find(({ check }) => check === 'clair')
  }

  test('when the mirrors have lost it, then it cannot be installed and acts as before: a mirror is not signed', () => {
    expect(found('there')).toMatchObject({ installable: true, ruling: 'act' })
    const lost = found('gone')
    expect(lost).toMatchObject({ installable: false, archiveOffers: '2.6.2', ruling: 'act', blocks: true })
    expect(lost && becauseText(lost)).toContain('the mirrors no longer have the file for the fix 2.6.2; high')
    expect(found('unknown')).toEqual(found('there'))
    expect(found(null)).toEqual(found('there'))
  })

  test('when nobody has rated it, then the reason does not say that a fix can be installed', () => {
    const lost = found('gone', 'not yet assigned')
    expect(lost && becauseText(lost)).toBe(
      'the mirrors no longer have the file for the fix 2.6.2; the vulnerability is not rated',
    )
  })

  test.each(['high', 'medium', 'low', 'not yet assigned', 'unimportant'])(
    'when it is rated %s, then what the mirrors have makes no ruling milder',
    (urgency) => {
      const { ruling, blocks } = found('there', urgency) ?? {}
      expect(found('gone', urgency)).toMatchObject({ ruling, blocks })
    },
  )
})

describe('what Debian has put off, under fail-on-deferred high', () => {
  const put = {
    apt: {
      'CVE-2026-1001': { status: 'open', urgency: 'high', nodsa: 'Minor issue', nodsa_reason: 'postponed' },
    },
  }
  const entry = { id: 'CVE-2026-1001', package: 'apt', maxSeverity: 'critical' } as const

  function judged(expires: string) {
    const evidence = [
      { ...archiveEvidence({}), sources: [source('debian-archive bookworm')] },
      { ...evidenceOf(reportOf(scanned([APT]), put), put), sources: [source('debian-security-tracker')] },
    ]
    const image = debian({ 'var/lib/dpkg/status': statusOf([APT]) })
    const collected = {
      reference: 'app:1',
      image,
      problem: null,
      evidence,
      dockerfiles: [],
      platform: null,
      others: null,
    }
    const gate = {
      checks: ['security-updates', 'clair'],
      failOnDeferred: 'high',
      allowedBases: 'any',
    } as const
    return decide([collected], aPolicy([aWhitelistEntry({ ...entry, expires })], gate), TODAY)
  }

  test('when an entry accepts it, then that comes first', () => {
    const { verdict, images } = judged(TODAY)
    expect(images[0]?.findings.find(({ check }) => check === 'clair')?.ruling).toBe('accepted')
    expect(verdict).toBe('pass')
  })

  test('when the entry has expired, then it blocks, and the notice and the task say what to do', () => {
    const { verdict, images, policyNotices } = judged('2026-01-01')
    expect(verdict).toBe('fail')
    const [task] = images[0] ? imageTasks(images[0]) : []
    expect(task?.title).toBe(
      'No fix exists: remove apt, accept CVE-2026-1001 with max-severity: high, or add a VEX statement',
    )
    expect(task?.why).toContain('expired on 2026-01-01')
    expect(policyNotices.map(({ kind }) => kind)).toContain('expired')
  })
})
