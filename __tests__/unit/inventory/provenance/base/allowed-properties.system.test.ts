import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  baseFindings,
  isAllowedBase,
  isBaseAllowed,
} from '../../../../../src/inventory/provenance/base/allowed.js'
import { ruleByKind } from '../../../../../src/judge/kind-rules.js'
import {
  type AllowedBases,
  type BaseImage,
  dockerHubName,
  isOfficialName,
} from '../../../../../src/model/provenance/base-image.js'
import { refuseLaxer, withRequested } from '../../../../../src/policy/gate/laxer.js'
import { DEFAULT_GATE, type Thresholds } from '../../../../../src/policy/gate/thresholds.js'
import { TODAY } from '../../../../support/builders.js'
import { runs } from '../../../../support/runs.js'

const names = fc.constantFrom(
  'docker.io/library/debian:13',
  'docker.io/library/myapp-base:1',
  'public.ecr.aws/docker/library/python:3.13',
  'ghcr.io/acme/base:12',
  'registry.example/docker/library/debian:13',
  'registry.example/docker/debian:13',
)
const base: fc.Arbitrary<BaseImage> = fc
  .record({
    name: fc.option(names),
    restsOn: fc.constantFrom('layers', 'at-hand', 'label', 'history', 'os-release', 'nothing' as const),
    begun: fc.array(fc.record({ name: names, grade: fc.constantFrom('proven', 'at-hand' as const) }), {
      maxLength: 3,
    }),
    claimed: fc.option(names),
    contradicted: fc.boolean(),
  })
  .map(({ begun, ...rest }) => ({
    ...rest,
    ...{ digest: null, layers: 0, movedOn: null, tag: null, unanswered: null },
    proven: begun.flatMap(({ name, grade }) => (grade === 'proven' ? [name] : [])),
    beginnings: begun.map((one, at) => ({ ...one, layers: at + 1 })),
  }))

const allowed: fc.Arbitrary<AllowedBases> = fc.oneof(
  fc.constantFrom('official', 'any' as const),
  fc.uniqueArray(fc.constantFrom('debian:*', 'ghcr.io/acme/*', '*', 'myapp-base'), { minLength: 1 }),
)
const mirrors = fc.uniqueArray(
  fc.constantFrom(
    'registry.example/docker/',
    'registry.example/docker/library/',
    'ghcr.io/acme/',
    'registry.example/',
  ),
)

const blocks = (one: BaseImage, gate: Pick<Thresholds, 'allowedBases' | 'officialMirrors'>) => {
  const policy = { ...DEFAULT_GATE, ...gate }
  return baseFindings(one, policy).some((finding) => ruleByKind(finding, policy, null, TODAY).blocks)
}

test('when a pull request asks for other bases or mirrors, then what the base’s policy blocks stays blocked', () => {
  fc.assert(
    fc.property(
      base,
      allowed,
      mirrors,
      fc.option(allowed),
      fc.option(mirrors),
      (one, holdsBases, holdsMirrors, bases, prefixes) => {
        const holds = { ...DEFAULT_GATE, allowedBases: holdsBases, officialMirrors: holdsMirrors }
        const requested: Partial<Thresholds> = {
          ...(bases === null ? {} : { allowedBases: bases }),
          ...(prefixes === null ? {} : { officialMirrors: prefixes }),
        }
        const effective = withRequested(holds, refuseLaxer(requested, holds).applied)
        fc.pre(blocks(one, holds))
        expect(blocks(one, effective)).toBe(true)
      },
    ),
    runs(2000),
  )
})

test('when nothing is set, then a base that is named and not official blocks, unless one is shown below it', () => {
  fc.assert(
    fc.property(base, (one) => {
      const shown = one.beginnings.some(
        ({ name, grade }) =>
          /^(docker\.io|public\.ecr\.aws\/docker)\/library\/(debian|python)/.test(name) ||
          (grade === 'proven' && name.startsWith('docker.io/library/')),
      )
      const names = [one.name, one.claimed, ...one.beginnings.map(({ name }) => name)]
      const isStranger = names.some((name) => name !== null && /^(ghcr|registry)|myapp/.test(name))
      expect(blocks(one, DEFAULT_GATE)).toBe(isStranger && !shown)
    }),
    runs(2000),
  )
})

test('when a base is called official, then its own name is official or listed, whatever the image begins with', () => {
  fc.assert(
    fc.property(base, allowed, mirrors, (one, allowedBases, officialMirrors) => {
      fc.pre(isBaseAllowed(one, { allowedBases, officialMirrors }) === true)
      const { name } = one
      const isProven = one.beginnings.some((part) => part.name === name && part.grade === 'proven')
      const isNamed =
        name !== null &&
        (typeof allowedBases === 'string'
          ? isOfficialName(name, officialMirrors) ||
            (isProven && dockerHubName(name, officialMirrors).startsWith('docker.io/library/'))
          : isAllowedBase(name, allowedBases, officialMirrors))
      expect(isNamed).toBe(true)
    }),
    runs(2000),
  )
})
