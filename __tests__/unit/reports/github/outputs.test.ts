import { describe, expect, test } from '@jest/globals'
import type { InRegistry } from '../../../../src/model/image/in-registry.js'
import type { RuledFinding } from '../../../../src/model/verdict.js'
import { outputsOf } from '../../../../src/reports/github/outputs.js'
import { aBinary, anImageVerdict, aRuledFinding, aVerdict, DIGEST } from '../../../support/builders.js'

const binaries = (...names: readonly string[]) => names.map((name) => aBinary({ name }))
const lacking = aRuledFinding({ severity: 'high', binaries: binaries('libapt-pkg6.0', 'apt') })
const of = (...findings: readonly RuledFinding[]) =>
  outputsOf(aVerdict({ images: [anImageVerdict({ findings })] }))

describe('outputs of the action', () => {
  test('when findings are counted, then by ruling, and by ruling and severity, of all images', () => {
    const noted = aRuledFinding({ ruling: 'noted', blocks: false, severity: 'low' })
    const images = [
      anImageVerdict({ findings: [lacking, noted] }),
      anImageVerdict({ findings: [lacking], digest: null }),
    ]
    expect(outputsOf(aVerdict({ images }))).toMatchObject({
      verdict: 'fail',
      act: '2',
      accepted: '0',
      deferred: '0',
      unfixed: '0',
      noted: '1',
      findings: '3',
      counts: '{"act":{"high":2},"noted":{"low":1}}',
      digest: `${DIGEST}\n`,
    })
  })

  test('when platforms of an image are judged, then the JSON has one for each, and null for what is not known', () => {
    const arm64 = { os: 'linux', architecture: 'arm64', variant: 'v8' }
    const images = [
      anImageVerdict({ verdict: 'pass' }),
      anImageVerdict({ platform: arm64, digest: null, verdict: 'incomplete' }),
    ]
    expect(JSON.parse(outputsOf(aVerdict({ images })).images ?? '')).toEqual([
      { reference: 'app:1.4.0', platform: 'linux/amd64', digest: DIGEST, manifest: null, verdict: 'pass' },
      {
        reference: 'app:1.4.0',
        platform: 'linux/arm64/v8',
        digest: null,
        manifest: null,
        verdict: 'incomplete',
      },
    ])
  })

  test('when a registry has what was judged, then its digest is reported; of an index only if all of it was', () => {
    const manifest = { digest: `sha256:${'1'.repeat(64)}`, config: DIGEST, platform: 'linux/amd64' }
    const digest = `sha256:${'0'.repeat(64)}`
    const index = {
      reference: 'app:1.4.0',
      repository: 'r/app',
      digest,
      isIndex: true,
      manifests: [manifest],
    }
    const verdict = aVerdict({ images: [anImageVerdict({ verdict: 'pass' })] })
    const outputsFor = (inRegistry: InRegistry) => {
      const { images = '', 'manifest-digest': whole } = outputsOf(verdict, [inRegistry])
      return [whole, JSON.parse(images)[0].manifest]
    }
    expect(outputsFor(index)).toEqual([digest, manifest.digest])
    const other = { ...manifest, digest: `sha256:${'2'.repeat(64)}`, config: null }
    expect(outputsFor({ ...index, manifests: [manifest, other] })).toEqual([manifest.digest, manifest.digest])
    expect(outputsFor({ ...index, reference: 'app:2' })).toEqual(['', null])
    expect(outputsOf(verdict)['manifest-digest']).toBe('')
  })

  test('when updates block, then their binary packages are named, each once, in order', () => {
    const again = aRuledFinding({ id: 'CVE-2026-2', binaries: binaries('apt') })
    expect(of(lacking, again)['packages-to-update']).toBe('apt\nlibapt-pkg6.0')
  })

  test.each([
    ['does not block', { blocks: false }],
    ['has no fix', { fixedVersion: null }],
    ['has a fix that is not in the archive', { installable: false }],
    ['is about no package', { package: null }],
  ])('when a finding %s, then nothing is to be updated for it', (_, part) => {
    expect(of({ ...lacking, ...part })['packages-to-update']).toBe('')
  })

  test.each(['-y', 'apt-', 'a;reboot', 'a\nb', 'A'])(
    'when a package is called %j, then it is left out',
    (name) => {
      expect(of(aRuledFinding({ binaries: binaries(name) }))['packages-to-update']).toBe('')
    },
  )
})
