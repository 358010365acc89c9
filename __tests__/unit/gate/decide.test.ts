import { describe, expect, test } from '@jest/globals'
import { decide, decideFor } from '../../../src/gate/decide.js'
import { anEvidence, aPolicy, aProblem, aWhitelistEntry, someRecords, TODAY } from '../../support/builders.js'
import {
  debian,
  evidenceOf,
  type Package,
  type Rows,
  reportOf,
  scanned,
  statusOf,
} from '../checks/clair/builders.js'

const APT: Package = { name: 'apt', version: '2.6.1' }
const ROWS: Rows = { apt: { 'CVE-2026-10001': { fixed_version: '2.6.2', urgency: 'high' } } }
const image = debian({ 'var/lib/dpkg/status': statusOf([APT]) })
const vulnerable = {
  reference: 'app:1',
  image,
  problem: null,
  evidence: [evidenceOf(reportOf(scanned([APT]), ROWS), ROWS)],
  dockerfiles: [],
  platform: null,
  others: null,
}
const clean = {
  ...vulnerable,
  reference: 'clean:1',
  evidence: [evidenceOf(reportOf(scanned([APT]), {}), {})],
}
const one = (part: object) => decide([{ ...vulnerable, ...part }], aPolicy(), TODAY)
const codesOf = (verdict: ReturnType<typeof decide>) =>
  verdict.images.flatMap(({ checks }) => checks.map(({ problem }) => problem?.code ?? 'answered'))

describe('decide', () => {
  test('when the evidence tells of a vulnerability, then the verdict has it, and what the image is', () => {
    const verdict = one({})
    expect(verdict).toMatchObject({
      verdict: 'fail',
      today: TODAY,
      images: [
        {
          reference: 'app:1',
          distribution: 'Debian 12 bookworm',
          architecture: 'amd64',
          packageCount: 1,
          findings: [{ package: 'apt', id: 'CVE-2026-10001', ruling: 'act' }],
        },
      ],
    })
  })

  test('when it is asked twice, then the verdict is the same', () => {
    expect(JSON.stringify(one({}))).toBe(JSON.stringify(one({})))
  })

  test('when several images are judged, then the worst counts, whatever their order', () => {
    const broken = { ...clean, evidence: [anEvidence({ problem: aProblem() })] }
    const verdictOf = (...all: (typeof vulnerable)[]) => decide(all, aPolicy(), TODAY).verdict
    expect(verdictOf(clean)).toBe('pass')
    expect(verdictOf(clean, broken)).toBe('incomplete')
    expect(verdictOf(clean, broken, vulnerable)).toBe('fail')
    expect(verdictOf(vulnerable, broken, clean)).toBe('fail')
  })

  test('when collecting failed, then its problem is the answer', () => {
    const verdict = one({ evidence: [anEvidence({ problem: aProblem({ code: 'clair-no-report' }) })] })
    expect([verdict.verdict, ...codesOf(verdict)]).toEqual(['incomplete', 'clair-no-report'])
  })

  test('when the image was not opened, then nothing about it is answered', () => {
    const verdict = one({ image: null, problem: aProblem({ code: 'no-such-image' }) })
    expect([verdict.verdict, ...codesOf(verdict)]).toEqual(['incomplete', 'no-such-image'])
    expect(verdict.images[0]).toMatchObject({
      digest: null,
      distribution: null,
      packageCount: null,
      findings: [],
    })
    expect(one({ image: null }).verdict).toBe('incomplete')
  })

  test('when there is no evidence at all, then that is no answer', () => {
    expect(codesOf(one({ evidence: [] }))).toEqual(['no-evidence'])
  })

  test.each<[string, Record<string, string>, string]>([
    ['is no Debian', { 'etc/os-release': 'ID=alpine\n' }, 'not-debian'],
    ['has no os-release', {}, 'no-os-release'],
  ])('when the image %s, then that is told, and what is not known is null', (_, files, code) => {
    const other = { ...image, layers: image.layers.map((layer) => ({ ...layer, files })) }
    const verdict = one({ image: other })
    expect([verdict.verdict, ...codesOf(verdict)]).toEqual(['incomplete', code])
    expect(verdict.images[0]).toMatchObject({ distribution: null, packageCount: null })
  })

  test('when the packages cannot be read, then the release is reported all the same', () => {
    const layers = image.layers.map(({ files, ...layer }) => ({
      ...layer,
      files: { ...files, 'var/lib/dpkg/status': '' },
    }))
    const verdict = one({ image: { ...image, layers } })
    expect([verdict.verdict, ...codesOf(verdict)]).toEqual(['incomplete', 'no-dpkg'])
    const header = { distribution: 'Debian 12 bookworm', packageCount: null, architecture: null }
    expect(verdict.images[0]).toMatchObject(header)
  })

  describe('when the package database does not fit the image', () => {
    const layers = image.layers.map((layer) => ({
      ...layer,
      records: someRecords({ holds: ['info/gone.list'] }),
    }))
    const doctored = { ...clean, image: { ...image, layers } }
    const idsOf = (verdict: ReturnType<typeof decide>) =>
      verdict.images.flatMap(({ findings }) => findings.map(({ id, ruling }) => `${id} ${ruling}`))

    test('then it acts, where only Clair is asked too', () => {
      const verdict = decide([doctored], aPolicy(), TODAY)
      expect(verdict.verdict).toBe('fail')
      expect(idsOf(verdict)).toEqual(['package-database-doubtful act'])
      expect(decide([clean], aPolicy(), TODAY).verdict).toBe('pass')
    })

    test('then an entry for it and this image accepts it', () => {
      const part = { check: 'security-updates', id: 'package-database-doubtful', package: null } as const
      const verdict = decide([doctored], aPolicy([aWhitelistEntry({ ...part, images: ['clean:1'] })]), TODAY)
      expect(idsOf(verdict)).toEqual(['package-database-doubtful accepted'])
      expect(verdict.verdict).toBe('pass')
    })

    test('then it is reported though nobody could ask the archive', () => {
      const policy = aPolicy([], { checks: ['security-updates', 'clair'] })
      const failed = anEvidence({ check: 'security-updates', problem: aProblem() })
      const verdict = decide([{ ...doctored, evidence: [failed, ...doctored.evidence] }], policy, TODAY)
      expect(idsOf(verdict)).toEqual(['package-database-doubtful act'])
    })

    test('then it is reported next to Clair’s missing answer, too', () => {
      const failed = anEvidence({ problem: aProblem() })
      const verdict = decide([{ ...doctored, evidence: [failed] }], aPolicy(), TODAY)
      expect([verdict.verdict, ...idsOf(verdict)]).toEqual(['fail', 'package-database-doubtful act'])
      expect(codesOf(verdict)).toEqual([aProblem().code])
      const honest = decide([{ ...clean, evidence: [failed] }], aPolicy(), TODAY)
      expect([honest.verdict, ...idsOf(honest)]).toEqual(['incomplete'])
    })
  })

  test('when a pull request proposes an entry, then what it would accept is reported, and not accepted', () => {
    const proposed = aPolicy([aWhitelistEntry({ maxSeverity: 'critical' })])
    const verdict = decideFor({ policy: aPolicy(), proposed, notices: [], today: TODAY }, [vulnerable])
    expect(verdict.verdict).toBe('fail')
    expect(verdict.policyNotices.map(({ text }) => text)).toEqual([
      expect.stringContaining('would accept more findings (1): CVE-2026-10001 (apt)'),
    ])
    const same = { policy: aPolicy(), proposed: null, notices: [], today: TODAY }
    expect(decideFor(same, [vulnerable])).toEqual(decide([vulnerable], aPolicy(), TODAY))
  })

  test('when a pull request changes a file by which the image is run, then each image names it', () => {
    const notices = (['run-differs', 'base'] as const).map((kind) => ({
      ...{ kind, place: null, text: 'x', file: `${kind}.yml` },
    }))
    const { images } = decideFor({ policy: aPolicy(), proposed: null, notices, today: TODAY }, [clean])
    expect(images.map(({ changedRunFiles }) => changedRunFiles)).toEqual([['run-differs.yml']])
  })

  test('when a pull request asks for another check, then what that would say is not made up', () => {
    const proposed = aPolicy([], { checks: ['clair', 'docker-bench'] })
    const deciding = { policy: aPolicy(), proposed, notices: [], today: TODAY }
    expect(decideFor(deciding, [clean]).policyNotices).toEqual([])
  })

  test('when evidence is of a check that there is not, then the check asked for has no evidence', () => {
    const evidence = [{ ...anEvidence(), check: 'nonsense' as 'clair' }]
    expect(one({ evidence }).verdict).toBe('incomplete')
  })
})
