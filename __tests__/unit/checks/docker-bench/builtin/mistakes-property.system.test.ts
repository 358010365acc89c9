import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { KNOWN_WRONG } from '../../../../../src/checks/docker-bench/builtin/known-wrong.js'
import { runs } from '../../../../support/runs.js'
import { anImage } from './builders.js'
import { answerOf, type Described, type DescribedMount, described } from './generated.js'

const PATHS = ['/', '/boot', '/dev', '/etc', '/lib', '/proc', '/sys', '/usr']
const isNamed = ({ source, destination }: DescribedMount) =>
  PATHS.some((path) => [source, destination].includes(path))
const isSocket = ({ source, destination }: DescribedMount) =>
  `${source} ${destination}`.includes('docker.sock')
const isBind = ({ type }: DescribedMount) => type === 'bind'
const isUnconfined = (option = '') => /^seccomp.unconfined$/.test(option)

/** As a person would describe it: what misleads Docker Bench, and that it is a mistake. */
interface Mistake {
  readonly misleads: (one: Described) => boolean
  readonly isHarmless: (one: Described, host: readonly string[]) => boolean
}

const MISTAKES: Readonly<Record<string, Mistake>> = {
  '5.2 not-applicable': {
    misleads: ({ apparmor }) => apparmor === '',
    isHarmless: (_, host) => !host.includes('name=apparmor'),
  },
  '5.3 not-applicable': {
    misleads: ({ options }) => options.length === 0,
    isHarmless: (_, host) => !host.includes('name=selinux'),
  },
  '5.6 PASS': {
    misleads: ({ mounts }) => mounts.some(isNamed),
    isHarmless: ({ mounts }) => !mounts.some((mount) => isNamed(mount) && isBind(mount)),
  },
  '5.6 INFO': {
    misleads: ({ mounts }) => mounts.some(isNamed) && mounts.some(({ writable }) => writable),
    isHarmless: ({ mounts }) => !mounts.some((mount) => isNamed(mount) && isBind(mount) && mount.writable),
  },
  '5.8 PASS': {
    misleads: ({ published }) => published.some(({ port }) => port === 1024),
    isHarmless: ({ published }) => published.every(({ port }) => port >= 1024),
  },
  '5.12 PASS': {
    misleads: ({ shares, cpus }) => shares + cpus === 0,
    isHarmless: ({ quota }) => quota > 0,
  },
  '5.22 PASS': {
    misleads: ({ options }) => options.some(isUnconfined),
    isHarmless: ({ options }) => !isUnconfined(options.findLast((one) => one.startsWith('seccomp'))),
  },
  '5.32 PASS': {
    misleads: ({ mounts }) => mounts.some(isSocket),
    isHarmless: ({ mounts }) => !mounts.some((mount) => isSocket(mount) && isBind(mount)),
  },
}

describe('a stricter result of Docker Bench, for any container', () => {
  test('when a mistake is shown, then Docker Bench was misled, and there is nothing that it is right about', () => {
    const met = new Set<string>()
    const host = fc.subarray(['name=apparmor', 'name=selinux', 'name=seccomp,profile=builtin'])
    fc.assert(
      fc.property(described, host, (one, SecurityOptions) => {
        const { inspect } = answerOf(one, 'id')
        const records = { info: { SecurityOptions }, image: anImage(), container: inspect }
        for (const { id, right, isShown } of KNOWN_WRONG) {
          const mistake = MISTAKES[`${id} ${right}`]
          if (mistake !== undefined && isShown?.(records) === true) {
            met.add(`${id} ${right}`)
            expect([id, right, mistake.misleads(one), mistake.isHarmless(one, SecurityOptions)]).toEqual([
              ...[id, right, true, true],
            ])
          }
        }
      }),
      runs(1000),
    )
    // The generator reaches all of them.
    expect([...met].sort()).toEqual(Object.keys(MISTAKES).sort())
  })
})
