import { describe, expect, test } from '@jest/globals'
import { decide } from '../../../src/gate/decide.js'
import { imageTasks } from '../../../src/judge/tasks/actions.js'
import { planOf } from '../../../src/update/plan/plan.js'
import { aPolicy, aWhitelistEntry, TODAY } from '../../support/builders.js'
import { debian, evidenceOf, type Package, reportOf, scanned, statusOf } from '../checks/clair/builders.js'
import { stanza } from '../checks/security-updates/apt/states.js'
import { elsewhereEvidence } from '../checks/security-updates/archive-evidence.js'

/** Both checks of one image, whose package is from elsewhere: whose row counts, and whether the fix can be installed. */

const APT: Package = { name: 'apt', version: '2.6.1' }
const DJANGO: Package = { name: 'python3-django', version: '5.2', source: 'python-django' }
const IN_SID = stanza('python3-django 5.2', { Source: 'python-django' })
const FIXED = stanza('python3-django 5.3', { Source: 'python-django' })

const ROWS = {
  'python-django': {
    'CVE-2026-20301': {
      releases: {
        bookworm: { status: 'resolved', fixed_version: '3.2', urgency: 'low' },
        sid: { status: 'resolved', fixed_version: '5.3', urgency: 'high' },
      },
    },
  },
}

function judged(
  suites: Parameters<typeof elsewhereEvidence>[0],
  {
    entries = [],
    checks,
    own = {},
  }: {
    entries?: Parameters<typeof aPolicy>[0]
    checks?: ('clair' | 'security-updates')[]
    own?: Parameters<typeof elsewhereEvidence>[0]
  } = {},
) {
  const packages = [APT, DJANGO]
  const clair = evidenceOf(reportOf(scanned(packages), {}), {})
  const documents = {
    ...clair.documents,
    'tracker.json': JSON.stringify(ROWS),
    'releases.json': JSON.stringify([{ release: 'sid', sources: ['python-django'] }]),
  }
  const archive = elsewhereEvidence(suites, { own })
  const source = { name: 'debian-archive bookworm main amd64', url: 'x', sha256: 'x', rows: 1, date: null }
  const read = { ...source, fetchedAt: `${TODAY}T00:00:00Z` }
  const one = {
    reference: 'app:1',
    image: debian({ 'var/lib/dpkg/status': statusOf(packages) }),
    problem: null,
    evidence: [
      { ...archive, sources: [read] },
      { ...clair, documents },
    ],
    dockerfiles: [],
    platform: null,
    others: null,
  }
  const gate = { checks: checks ?? ['security-updates' as const, 'clair' as const] }
  const verdict = decide([one], aPolicy(entries, gate), TODAY)
  const [image] = verdict.images
  const reported = (image?.findings ?? [])
    .map(({ id, ruling }) => `${id} ${ruling}`)
    .filter((id) => !/source|base/.test(id))
  return { word: verdict.verdict, told: reported, image, findings: image?.findings ?? [] }
}

describe('when a package is of sid', () => {
  test('and sid has the fix, then both block: its row counts, and its index', () => {
    const { word, told, image } = judged({ sid: [IN_SID, FIXED] })
    expect(told).toEqual(['CVE-2026-20301 act', 'no-security-support act'])
    expect([word, image?.foreignCount]).toEqual(['fail', 1])
  })

  test('and sid has not the fix yet, then that blocks no more, and the package still does', () => {
    const { told, findings } = judged({ sid: [IN_SID] })
    expect(told).toEqual(['no-security-support act', 'CVE-2026-20301 unfixed'])
    expect(findings[1]?.because).toMatchObject([{ reason: 'fix-announced', codename: 'sid' }])
  })

  test('and an entry accepts that, then the fix that sid has blocks all the same', () => {
    const entry = { check: 'security-updates', id: 'no-security-support', package: 'python-*' } as const
    const entries = [aWhitelistEntry({ ...entry, expires: '2030-01-01' })]
    const { word, told } = judged({ sid: [IN_SID, FIXED] }, { entries })
    expect(told).toEqual(['CVE-2026-20301 act', 'no-security-support accepted'])
    expect(word).toBe('fail')
  })
})

describe('when a package is of another stable release, and the image’s own has a newer one', () => {
  const IN_OWN = stanza('python3-django 6.0', { Source: 'python-django' })
  const own = { bookworm: [IN_OWN] }

  test('then it blocks, and the task is one command that installs it', () => {
    const { word, told, image } = judged({ trixie: [IN_SID] }, { own, checks: ['security-updates'] })
    expect(told).toEqual(['other-release act', 'ordinary-update noted'])
    expect(word).toBe('fail')
    expect(image === undefined ? [] : imageTasks(image)).toMatchObject([
      {
        kind: 'update',
        title: 'Update 1 package',
        why: expect.stringMatching(/^1 source package from another release(?:;|$)/),
        packages: [{ name: 'python3-django', version: '5.2', fixedVersion: '6.0', cves: [] }],
      },
    ])
    expect(image === undefined ? '' : imageTasks(image)[0]?.command).toContain(
      'apt-get install -y --only-upgrade python3-django',
    )
    expect(image === undefined ? [] : planOf([image]).packages).toMatchObject([
      { name: 'python3-django', from: '5.2', to: '6.0' },
    ])
  })

  test('then an entry with that id accepts it, and one without an id does not', () => {
    const ruling = (id: string) => {
      const entry = aWhitelistEntry({ check: 'security-updates', id, package: 'python*' })
      const entries = [{ ...entry, expires: '2030-01-01' }]
      return judged({ trixie: [IN_SID] }, { own, entries, checks: ['security-updates'] }).word
    }
    expect([ruling('other-release'), ruling('*')]).toEqual(['pass', 'fail'])
  })

  test('and has none, then it is noted', () => {
    const { word, told } = judged({ trixie: [IN_SID] }, { checks: ['security-updates'] })
    expect([word, told]).toEqual(['pass', ['other-release noted']])
  })
})

test('when nobody asks the archive, then the row of the image’s release counts, and a note says so', () => {
  const { told, image } = judged({ sid: [IN_SID, FIXED] }, { checks: ['clair'] })
  expect(told).toEqual([])
  expect(image?.checks[0]?.limits.join()).toContain('packages from other releases could not be identified')
  expect(image?.foreignCount).toBeNull()
})
