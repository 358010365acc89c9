import { describe, expect, test } from '@jest/globals'
import { isRunName } from '../../../../src/policy/gate/laxer.js'
import { readGatePolicy } from '../../../../src/policy/gate/read.js'
import { PLATFORM_ROW, RUN_ROWS, START_MODES, type StartMode } from '../../../../src/policy/gate/run-rows.js'
import { isRefusal } from '../../../../src/policy/gate/threshold.js'
import { TODAY } from '../../../support/builders.js'
import { problemThrownBy } from '../../../support/problems.js'

const read = (line: string) => readGatePolicy(`version: 1\n${line}\n`, 'gate.yml', TODAY)
const errorOf = (line: string) => problemThrownBy(() => read(line)).what
const names = (count: number) => Array.from({ length: count }, (_, at) => `linux/arm/v${at}`)

describe('the platforms that are judged', () => {
  test('when gate.yml names them, then all, or each of a list once', () => {
    expect(read('platform: all').platform).toBe('all')
    expect(read('platform: [linux/amd64, linux/arm64, linux/amd64]').platform).toEqual([
      'linux/amd64',
      'linux/arm64',
    ])
    expect(read(`platform: [${names(20).join(', ')}]`).platform).toHaveLength(20)
    expect(errorOf(`platform: [${names(21).join(', ')}]`)).toMatch(/^gate\.yml:2: platform: a list /)
    expect(errorOf('platform: []')).toBe(
      "gate.yml:2: platform: a list must contain at least one platform; omit the key to use the engine's platform",
    )
  })

  test('when an input names them, then the same holds', () => {
    const input = (text: string) => {
      const found = PLATFORM_ROW.platform.input?.read(text)
      return isRefusal(found) ? found.refused : found
    }
    expect(input(' all ')).toBe('all')
    expect(input('linux/amd64, linux/arm64,linux/amd64')).toEqual(['linux/amd64', 'linux/arm64'])
    expect(input(names(20).join())).toHaveLength(20)
    expect(input(names(21).join())).toEqual(['has more than 20 platforms; use "all" instead'])
  })

  test.each([
    ['all', ['linux/amd64'], false],
    [null, ['linux/amd64'], true],
    [['linux/amd64'], 'all', true],
    [['linux/amd64'], null, false],
    [['linux/amd64', 'linux/arm64'], ['linux/amd64'], false],
    [['linux/amd64'], ['linux/amd64', 'linux/arm64'], true],
  ] as const)('when %j is asked for instead of %j, then it is laxer: %s', (requested, current, is) => {
    expect(PLATFORM_ROW.platform.laxer(requested, current)).toBe(is)
  })
})

describe('how the image is started', () => {
  test.each<[string, StartMode]>([
    ['true', 'true'],
    ['false', 'false'],
    ['auto', 'auto'],
    ['hardened', 'hardened'],
  ])('when gate.yml sets start: %s, then it is %s', (value, mode) => {
    expect(read(`start: ${value}`).start).toBe(mode)
  })

  test('when another mode is asked for, then less is laxer, and of the two tests neither replaces the other', () => {
    const laxer = START_MODES.flatMap((current) =>
      START_MODES.filter((requested) => RUN_ROWS.start.laxer(requested, current)).map(
        (requested) => `${requested} for ${current}`,
      ),
    )
    expect(laxer).toEqual([
      'false for auto',
      ...['auto', 'false'].map((one) => `${one} for true`),
      ...['auto', 'false', 'true', 'hardened'].map((one) => `${one} for given`),
      ...['auto', 'false', 'true', 'given'].map((one) => `${one} for hardened`),
    ])
  })

  test('when Docker Bench is to judge with fewer rules, then that is laxer', () => {
    const { laxer } = RUN_ROWS['bench-engine']
    expect([laxer('builtin', 'both'), laxer('both', 'both'), laxer('both-required', 'both')]).toEqual([
      true,
      false,
      false,
    ])
  })
})

test('when a threshold is a part of how the image is run, then that is known', () => {
  expect([isRunName('run-options'), isRunName('compose-file'), isRunName('fail-on')]).toEqual([
    true,
    true,
    false,
  ])
})
