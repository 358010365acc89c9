import { describe, expect, test } from '@jest/globals'
import { interpret } from '../../../../src/checks/security-updates/interpret.js'
import { isObstacle } from '../../../../src/model/finding/index.js'
import type { PackageRecords } from '../../../../src/model/image/image.js'
import { anImage, someRecords } from '../../../support/builders.js'
import { APT, answered, image, OPENSSL } from './answered.js'
import { installed, stanza } from './apt/states.js'
import { archiveEvidence } from './archive-evidence.js'

describe('the package database', () => {
  const databaseOf = (status: readonly string[], records: Partial<PackageRecords>) =>
    anImage({ layers: image(status).layers.map((layer) => ({ ...layer, records: someRecords(records) })) })
  const lists = (...names: string[]) => names.map((name) => `info/${name}.list`)
  const doubt = ({ findings }: ReturnType<typeof answered>) =>
    findings.find((one) => isObstacle(one, 'package-database-doubtful'))

  test('when it fits, or nobody has looked, then that is noted and there is no finding', () => {
    const { findings, notes } = answered(
      archiveEvidence({}),
      databaseOf([APT, OPENSSL], { holds: lists('apt', 'openssl') }),
    )
    expect(findings).toEqual([])
    expect(notes).toContain("the package database matches dpkg's file lists, which cover 2 of 2 packages")
    const { limits: none } = answered(archiveEvidence({}), databaseOf([APT, OPENSSL], {}))
    expect(none?.join()).toContain('dpkg has file lists for 0 of 2 packages')
    expect(answered().limits?.join()).toContain('the package database was not compared with the image')
  })

  test('when it does not fit, then the finding names what and which packages', () => {
    const found = answered(archiveEvidence({}), databaseOf([APT], { holds: lists('apt', 'bash', 'curl') }))
    expect(doubt(found)).toMatchObject({
      check: 'security-updates',
      layer: null,
      why: "dpkg's list of installed packages does not match the image: dpkg has file lists for 2 packages (bash, curl), but its status file does not list them as installed",
      details: { packages: ['bash', 'curl'] },
    })
    expect(found.notes).toContain('the package database does not match the image (left-behind)')
  })

  test('when many do not fit, then the sentence names the first of them, and the details all', () => {
    const names = Array.from({ length: 12 }, (_, at) => `p${String.fromCharCode(97 + at)}`)
    const found = doubt(answered(archiveEvidence({}), databaseOf([APT], { holds: lists('apt', ...names) })))
    expect(found?.why).toContain('12 packages (pa, pb, pc, pd, pe, pf, pg, ph and 4 more)')
    expect(found?.details.packages).toEqual(names)
  })

  test('when a changelog is older than its package, then that counts where the release has the package', () => {
    const records = { holds: lists('apt', 'openssl'), changelogs: { openssl: 'openssl 3.0.0' } }
    const of = databaseOf([APT, OPENSSL], records)
    expect(doubt(answered(archiveEvidence({ bookworm: [stanza('openssl 3.0.1')] }), of))).toMatchObject({
      details: { packages: ['openssl'] },
      why: expect.stringContaining(
        'the changelogs of 1 package (openssl) are older than the versions in the status file',
      ),
    })
    // Another's build of it is above all indexes, or in none.
    expect(doubt(answered(archiveEvidence({ bookworm: [stanza('openssl 2.0')] }), of))).toBeUndefined()
    const own = { holds: lists('apt', 'acme'), changelogs: { acme: 'acme 3.0.0' } }
    expect(
      doubt(answered(archiveEvidence({}), databaseOf([APT, installed('acme 3.0.1')], own))),
    ).toBeUndefined()
  })

  describe('when most packages are above every version of the release', () => {
    const names = Array.from({ length: 12 }, (_, at) => `lib${at}`)
    const status = names.map((name) => installed(`${name} 5`))
    const index = (above: number) =>
      archiveEvidence({ bookworm: names.map((name, at) => stanza(`${name} ${at < above ? 4 : 5}`)) })

    test('then it is another release than it says', () => {
      expect(doubt(answered(index(7), databaseOf(status, {})))?.why).toContain(
        "the installed versions of 7 packages (lib0, lib1, lib2, lib3, lib4, lib5, lib6) are newer than every version in the release that the image's os-release file names",
      )
    })

    test('then apt may stop for it, and it is reported next to that', () => {
      const broken = [...status, installed('apt 1'), installed('a 1', { Depends: 'lib0 (= 4)' })]
      const doubtful = {
        id: 'package-database-doubtful',
        details: { packages: names.slice(0, 7), lines: null },
      }
      expect(interpret(index(7), databaseOf(broken, {}))).toMatchObject({
        state: 'unanswered',
        problem: { code: 'apt-stops' },
        otherFindings: [doubtful],
      })
      expect(interpret(index(0), databaseOf(broken, {}))).toMatchObject({
        problem: { code: 'apt-stops' },
        otherFindings: [],
      })
    })

    test('then half of them, or a few packages, say nothing', () => {
      expect(doubt(answered(index(6), databaseOf(status, {})))).toBeUndefined()
      const few = archiveEvidence({ bookworm: names.slice(0, 9).map((name) => stanza(`${name} 4`)) })
      expect(doubt(answered(few, databaseOf(status, {})))).toBeUndefined()
      const ten = archiveEvidence({ bookworm: names.slice(0, 10).map((name) => stanza(`${name} 4`)) })
      expect(doubt(answered(ten, databaseOf(status, {})))?.details.packages).toEqual(names.slice(0, 10))
    })
  })
})
