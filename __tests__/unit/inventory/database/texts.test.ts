import { describe, expect, test } from '@jest/globals'
import { type AnyDoubt, databaseFinding, databaseNote } from '../../../../src/inventory/database/finding.js'

const aDoubt = (part: Partial<AnyDoubt> = {}): AnyDoubt => ({
  ...{ kind: 'left-behind', packages: ['apt', 'tar'], layer: null },
  ...part,
})
const BEGIN = "dpkg's list of installed packages does not match the image: "
const why = (...doubts: readonly AnyDoubt[]) => databaseFinding(doubts)?.why.replace(BEGIN, '')
const BOTH = '2 packages (apt, tar)'

describe('what the finding about the package database says', () => {
  test.each<[AnyDoubt['kind'], string]>([
    ['left-behind', `dpkg has file lists for ${BOTH}, but its status file does not list them as installed`],
    ['no-list', `the status file lists ${BOTH} as installed, but dpkg has no file lists for them`],
    ['status-alone', `a layer changes the versions of ${BOTH}, but not their dpkg file lists`],
    [
      'files-alone',
      `a layer changes or removes dpkg's database entries for ${BOTH}, but leaves their files unchanged`,
    ],
    ['other-contents', `programs from ${BOTH} do not match dpkg's MD5 sums`],
    ['grown-list', `a layer adds lines to dpkg's file lists of ${BOTH}, but does not change the package`],
    [
      'other-build',
      `a layer changes the MD5 sums that dpkg has for ${BOTH}, but not the version, so it is not the archive's build (install the one from the archive, or give your own build its own version)`,
    ],
    [
      'replaced-program',
      `a layer replaces programs from ${BOTH} with others, but does not change the packages`,
    ],
    [
      'not-listed',
      `the image has files of ${BOTH}, which dpkg's database does not list as installed, so that nothing checks them for updates`,
    ],
    ['older-by-changelog', `the changelogs of ${BOTH} are older than the versions in the status file`],
    [
      'above-every-index',
      `the installed versions of ${BOTH} are newer than every version in the release that the image's os-release file names`,
    ],
  ])('when the doubt is %s, then it says why', (kind, text) => {
    expect(why(aDoubt({ kind }))).toBe(text)
  })

  test('when nothing is in doubt, then there is none', () => {
    expect(databaseFinding([])).toBeNull()
  })

  test('when there are many packages or lines, then some are named, and the rest is counted', () => {
    const names = (count: number) => Array.from({ length: count }, (_, at) => `p${at}`)
    const of = (count: number) => why(aDoubt({ kind: 'other-contents', packages: names(count) }))
    expect(of(8)).toBe(`programs from 8 packages (${names(8).join(', ')}) do not match dpkg's MD5 sums`)
    expect(of(9)).toBe(
      `programs from 9 packages (${names(8).join(', ')} and 1 more) do not match dpkg's MD5 sums`,
    )
    const lines = (...all: readonly string[]) => why(aDoubt({ packages: ['apt'], lines: all }))
    const ONE = 'dpkg has file lists for 1 package (apt), but its status file does not list them as installed'
    expect(lines()).toBe(ONE)
    expect(lines('/a', '/b', '/c')).toBe(`${ONE}: /a; /b; /c`)
    expect(lines('/a', '/b', '/c', '/d')).toBe(`${ONE}: /a; /b; /c; …`)
  })

  test('when there are several doubts, then all packages, up to 20 lines and the first layer are kept', () => {
    const lines = Array.from({ length: 15 }, (_, at) => `/${at}`)
    const finding = databaseFinding([
      aDoubt({ packages: ['tar', 'apt'], lines }),
      aDoubt({ packages: ['bash', 'apt'], lines, layer: 'sha256:1' }),
      aDoubt({ layer: 'sha256:2' }),
    ])
    expect(finding).toMatchObject({
      id: 'package-database-doubtful',
      layer: 'sha256:1',
      details: { packages: ['apt', 'bash', 'tar'], lines: [...lines, ...lines.slice(0, 5)] },
    })
    expect(databaseFinding([aDoubt()])).toMatchObject({ layer: null, details: { lines: null } })
  })
})

describe('what the database was compared with', () => {
  const note = (listed: number | null, count: number, ...doubts: readonly AnyDoubt[]) =>
    databaseNote({ listed, doubts } as unknown as Parameters<typeof databaseNote>[0], count)

  test('when the evidence has no files of it, then that is a limit', () => {
    expect(note(null, 4)).toEqual({
      notes: [],
      limits: ['the package database was not compared with the image: the evidence lacks its files'],
    })
  })

  test('when it does not match, then each kind of doubt is named', () => {
    expect(note(4, 4, aDoubt(), aDoubt({ kind: 'no-list' }))).toEqual({
      notes: ['the package database does not match the image (left-behind, no-list)'],
      limits: [],
    })
  })

  test('when file lists cover half of the packages, then that is a note; with fewer it is a limit', () => {
    expect(note(2, 4)).toEqual({
      notes: ["the package database matches dpkg's file lists, which cover 2 of 4 packages"],
      limits: [],
    })
    expect(note(1, 3)).toEqual({
      notes: [],
      limits: [
        'dpkg has file lists for 1 of 3 packages; only the layers can show whether its database is correct',
      ],
    })
  })
})
