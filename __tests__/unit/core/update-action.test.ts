import { describe, expect, test } from '@jest/globals'
import { thingsToDo } from '../../../src/core/actions.js'
import type { RuledFinding } from '../../../src/core/verdict.js'
import { aBinary, anImageVerdict, aRuledFinding } from '../../support/builders.js'

const update = (name: string, fixedVersion: string, part: Partial<RuledFinding> = {}) =>
  aRuledFinding({
    ...{ check: 'security-updates', id: 'security-update', package: name, fixedVersion, severity: 'unknown' },
    binaries: [aBinary({ name })],
    ...part,
  })
const commandFor = (...findings: RuledFinding[]) => thingsToDo(anImageVerdict({ findings }))[0]?.command

describe('the update of both checks', () => {
  test('when both ask for a package, then it is one thing, with the version that the archive offers', () => {
    const cve = aRuledFinding({ package: 'perl', binaries: [aBinary({ name: 'perl-base' })] })
    const [action, ...more] = thingsToDo(
      anImageVerdict({ findings: [cve, update('perl-base', '5.36.0-7+deb12u4')] }),
    )
    expect(more).toEqual([])
    expect(action?.title).toBe('Update 1 package')
    expect(action?.command).toMatch(/--only-upgrade perl-base=5\.36\.0-7\+deb12u4$/)
    expect(action?.checks).toEqual(['clair', 'security-updates'])
  })

  test('when the image lacks the security suite, then the command brings it', () => {
    const missing = update('x', '1', {
      ...{ id: 'no-security-source', package: null, fixedVersion: null, binaries: [] },
      ...{ facts: { codename: 'bookworm' }, blocks: false },
    })
    expect(commandFor(update('apt', '2.6.2'), missing)).toMatch(/^echo 'deb .* bookworm-security main' >/)
  })

  test('when two architectures are offered other versions, then none is named', () => {
    expect(commandFor(update('libc6', '2.36-9'), update('libc6', '2.36-8'))).toMatch(/ libc6$/)
  })

  test('when a version has odd characters, then it is not in the command', () => {
    expect(commandFor(update('apt', '2.6;reboot'))).toMatch(/ apt$/)
  })
})
