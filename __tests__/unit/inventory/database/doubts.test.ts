import { describe, expect, test } from '@jest/globals'
import { examineDatabase } from '../../../../src/inventory/database/doubts.js'
import { databaseNote } from '../../../../src/inventory/database/finding.js'
import { listingOf } from '../../../../src/inventory/listing.js'
import type { LayerFacts, PackageRecords } from '../../../../src/model/image/image.js'
import { aLayer, anImage, someRecords } from '../../../support/builders.js'

const OS = { 'etc/os-release': 'ID=debian\nVERSION_CODENAME=bookworm\nVERSION_ID="12"\n' }
const STATUS = 'var/lib/dpkg/status'
const NAMES = ['apt', 'bash', 'curl', 'dash']

interface Package {
  readonly version?: string
  readonly status?: string
  readonly architecture?: string
  readonly source?: string
}

const stanza = (
  name: string,
  { version = '1', status = 'install ok installed', architecture = 'amd64', source = '' }: Package = {},
) =>
  `Package: ${name}\nStatus: ${status}\n${source === '' ? '' : `Source: ${source}\n`}Architecture: ${architecture}\nVersion: ${version}\n\n`

const statusOf = (packages: Readonly<Record<string, Package>>) =>
  Object.entries(packages)
    .map(([name, about]) => stanza(name, about))
    .join('')

const lists = (...names: readonly string[]) => names.map((name) => `info/${name}.list`)
const sums = (...names: readonly string[]) => names.map((name) => `info/${name}.md5sums`)

const plain = Object.fromEntries(NAMES.map((name) => [name, {}]))

let made = 0
function layer(
  packages: Readonly<Record<string, Package>> | null,
  records: Partial<PackageRecords> = {},
  part: Partial<LayerFacts> = {},
): LayerFacts {
  made++
  const files = { ...(made === 0 ? {} : OS), ...(packages === null ? {} : { [STATUS]: statusOf(packages) }) }
  return aLayer({ diffId: `layer ${made}`, files, records: someRecords(records), ...part })
}
const base = (records: Partial<PackageRecords> = {}) =>
  layer(plain, { holds: [...lists(...NAMES), ...sums(...NAMES)], ...records })

function databaseOf(...layers: readonly LayerFacts[]) {
  const image = anImage({ layers })
  return examineDatabase(image, listingOf(image))
}

/** Each kind with its packages. */
const doubts = (...layers: readonly LayerFacts[]) =>
  Object.fromEntries(databaseOf(...layers).doubts.map(({ kind, packages }) => [kind, packages.join(' ')]))

/** An honest layer that brings a package up writes its list, and its files. */
const broughtUp = (name: string, version: string) =>
  layer({ ...plain, [name]: { version } }, { holds: [...lists(name), ...sums(name)] })
const goneFiles = (name: string, files = 5, untouched = 0): PackageRecords['outdated'] => ({
  [`info/${name}.list`]: { files, untouched },
})

describe('when all is well', () => {
  test.each([
    ['a base', [base()]],
    ['an update in a layer', [base({ outdated: goneFiles('apt') }), broughtUp('apt', '2')]],
    [
      'a package that is purged',
      [
        base({ outdated: goneFiles('apt') }),
        layer({ bash: {}, curl: {}, dash: {} }, { hides: [...lists('apt'), ...sums('apt')] }),
      ],
    ],
    [
      'one that is removed, whose configuration stays',
      [
        base({ outdated: goneFiles('apt') }),
        layer(
          { ...plain, apt: { status: 'deinstall ok config-files' } },
          { holds: lists('apt'), hides: sums('apt') },
        ),
      ],
    ],
    ['a hold', [base(), layer({ ...plain, apt: { status: 'hold ok installed' } })]],
    ['a package half installed', [base(), layer({ ...plain, apt: { status: 'install ok half-installed' } })]],
    ['the folder info taken away', [base(), layer(null, { hides: ['info'] })]],
    ['info taken away where a package comes', [base(), layer({ ...plain, less: {} }, { hides: ['info'] })]],
    [
      'info taken away, and another package later',
      [base(), layer(null, { hides: ['info'] }), layer({ ...plain, less: {} }, { holds: lists('less') })],
    ],
    [
      'lists with their architecture',
      [
        layer(
          { libc6: {}, zlib1g: { architecture: 'i386' } },
          { holds: lists('libc6:amd64', 'zlib1g:i386') },
        ),
      ],
    ],
    [
      'a package that has another architecture now',
      [
        layer({ apt: { architecture: 'all' } }, { holds: lists('apt') }),
        layer({ apt: { architecture: 'amd64', version: '2' } }, { holds: lists('apt') }),
      ],
    ],
  ])('then %s raises no doubt', (_, layers) => {
    expect(doubts(...layers)).toEqual({})
  })

  test('then it is told of how many packages the lists are there', () => {
    expect(databaseOf(base()).listed).toBe(4)
    expect(databaseOf(base(), layer(null, { hides: ['info'] })).listed).toBe(4)
    expect(databaseOf(layer(plain)).listed).toBe(0)
  })

  test('then evidence without records is no word at all', () => {
    const { records: _, ...old } = base()
    expect(databaseOf(base(), old)).toEqual({ doubts: [], older: [], listed: null })
  })
})

test.each([
  [5, 'notes', "the package database matches dpkg's file lists, which cover 5 of 10 packages"],
  [
    4,
    'limits',
    'dpkg has file lists for 4 of 10 packages; only the layers can show whether its database is correct',
  ],
])(
  'when there are lists of %i of 10 packages, then one of the %s says what that proves',
  (listed, kind, output) => {
    expect(databaseNote({ doubts: [], older: [], listed }, 10)).toEqual({
      notes: [],
      limits: [],
      [kind]: [output],
    })
  },
)

describe('what dpkg would have taken away', () => {
  test('when a stanza is gone and the list is there, then that package is reported with the layer', () => {
    const { apt: _, ...others } = plain
    const [lower, upper] = [base(), layer(others)]
    expect(databaseOf(lower, upper).doubts).toEqual([
      { kind: 'left-behind', packages: ['apt'], layer: upper.diffId },
    ])
  })

  test('when all of it is in one layer, then it is reported without one', () => {
    const { apt: _, ...others } = plain
    const squashed = layer(others, { holds: lists(...NAMES) })
    expect(databaseOf(squashed).doubts).toEqual([{ kind: 'left-behind', packages: ['apt'], layer: null }])
  })

  test('when a later layer takes the list away, then it is reported all the same', () => {
    const { apt: _, ...others } = plain
    expect(doubts(base(), layer(others), layer(null, { hides: lists('apt') }))).toEqual({
      'left-behind': 'apt',
    })
  })

  test.each([
    [
      'its sums stay',
      layer(
        { ...plain, apt: { status: 'deinstall ok config-files' } },
        { holds: [...lists(...NAMES), ...sums('apt')] },
      ),
    ],
    [
      'it is called not installed',
      layer({ ...plain, apt: { status: 'purge ok not-installed' } }, { holds: lists(...NAMES) }),
    ],
  ])('when a package is called removed and %s, then it is told', (_, squashed) => {
    expect(doubts(squashed)).toEqual({ 'left-behind': 'apt' })
  })

  test('when its sums are taken away but its list stays, then the package was not removed by dpkg', () => {
    const removed = layer({ ...plain, apt: { status: 'deinstall ok config-files' } }, { hides: sums('apt') })
    expect(doubts(base(), removed)).toEqual({ 'left-behind': 'apt' })
  })

  test('when only one of two architectures is called installed, then the other one’s list is left', () => {
    const squashed = layer({ libc6: {} }, { holds: lists('libc6:amd64', 'libc6:i386') })
    expect(doubts(squashed)).toEqual({ 'left-behind': 'libc6' })
  })
})

describe('a layer that changes status alone', () => {
  test('when it raises a version, then that package is reported', () => {
    expect(doubts(base(), layer({ ...plain, apt: { version: '2' } }))).toEqual({ 'status-alone': 'apt' })
  })

  test('when dpkg brings the package up later, then nothing is wrong in the end', () => {
    const forged = layer({ ...plain, apt: { version: '2' } })
    expect(doubts(base({ outdated: goneFiles('apt') }), forged, broughtUp('apt', '3'))).toEqual({})
  })

  test('when it writes the list too and no file of the package, then that is reported', () => {
    const lower = base({ outdated: goneFiles('apt', 2, 2) })
    expect(doubts(lower, broughtUp('apt', '2'))).toEqual({ 'files-alone': 'apt' })
    const small = base({ outdated: goneFiles('apt', 2, 2) })
    expect(doubts(small, broughtUp('apt', '2'))).toEqual({ 'files-alone': 'apt' })
  })

  test('when it takes info away and no file of the package, then that is reported', () => {
    const lower = base({ outdated: { ...goneFiles('apt', 5, 5), ...goneFiles('bash', 5, 5) } })
    const raised = layer({ ...plain, apt: { version: '2' } }, { hides: ['info'] })
    const { bash: _, ...others } = plain
    expect(doubts(lower, raised)).toEqual({ 'files-alone': 'apt' })
    expect(doubts(lower, layer(others, { hides: ['info'] }))).toEqual({ 'files-alone': 'bash' })
  })

  test.each([
    ['no file', 0, 0],
    ['one file', 1, 1],
    ['files of which one was written', 5, 4],
  ])('when a version comes with %s, then that says too little', (_, files, untouched) => {
    expect(doubts(base({ outdated: goneFiles('apt', files, untouched) }), broughtUp('apt', '2'))).toEqual({})
  })

  test('when a package goes and half of its files with it, then another one may have taken the rest', () => {
    const { apt: _, ...others } = plain
    const away = layer(others, { hides: [...lists('apt'), ...sums('apt')] })
    expect(doubts(base({ outdated: goneFiles('apt', 4, 2) }), away)).toEqual({})
    expect(doubts(base({ outdated: goneFiles('apt', 4, 3) }), away)).toEqual({ 'files-alone': 'apt' })
  })
})

describe('packages without a list', () => {
  test('when a layer brings lists of the others, then it is reported', () => {
    expect(doubts(layer({ ...plain, fake: {} }, { holds: lists(...NAMES) }))).toEqual({ 'no-list': 'fake' })
    expect(doubts(layer(plain, { holds: lists('apt', 'bash') }))).toEqual({ 'no-list': 'curl dash' })
  })

  test('when most that a layer brings have none, then somebody takes them away', () => {
    expect(doubts(layer(plain, { holds: lists('apt') }))).toEqual({})
    expect(doubts(base(), layer({ ...plain, fake: {} }))).toEqual({})
  })
})

describe('databases of one file a package', () => {
  const part = (name: string, version = '1') => ({
    [`var/lib/dpkg/status.d/${name}`]: `Package: ${name}\nVersion: ${version}\nArchitecture: amd64\n`,
  })
  const sum = (name: string) => `status.d/${name}.md5sums`
  const two = (records: Partial<PackageRecords> = {}) =>
    layer(
      null,
      { holds: [sum('libc6'), sum('tzdata')], ...records },
      { files: { ...OS, ...part('libc6'), ...part('tzdata') } },
    )

  test('when all of it fits, or there are no sums at all, then there is no doubt', () => {
    expect(doubts(two())).toEqual({})
    expect(doubts(two({ holds: [] }))).toEqual({})
    const newer = layer(null, { holds: [sum('libc6')] }, { files: part('libc6', '2') })
    expect(doubts(two({ outdated: { [sum('libc6')]: { files: 5, untouched: 0 } } }), newer)).toEqual({})
  })

  test('when a package is taken out or raised and its sums are not touched, then it is reported', () => {
    const out = layer(null, {}, { files: {}, removed: ['var/lib/dpkg/status.d/libc6'] })
    expect(doubts(two(), out)).toEqual({ 'left-behind': 'libc6' })
    expect(doubts(two(), layer(null, {}, { files: part('libc6', '2') }))).toEqual({ 'status-alone': 'libc6' })
    expect(
      doubts(layer(null, { holds: [sum('libc6'), sum('tzdata')] }, { files: { ...OS, ...part('libc6') } })),
    ).toEqual({
      'left-behind': 'tzdata',
    })
  })
})

describe('contents', () => {
  const program = (name: string) => `usr/bin/${name}`
  const sumsOf = (version: string, names: readonly string[] = NAMES) =>
    Object.fromEntries(
      names.map((name) => [`info/${name}.md5sums`, { [program(name)]: `${name} ${version}` }]),
    )
  const programsOf = (version: string, names: readonly string[] = NAMES) =>
    Object.fromEntries(names.map((name) => [program(name), `${name} ${version}`]))

  /** Three programs of each package, which its sums call `same`. */
  const threeEach = (...contents: readonly string[]) => ({
    sums: Object.fromEntries(
      NAMES.map((name) => [
        `info/${name}.md5sums`,
        Object.fromEntries(contents.map((_, at) => [program(`${name}-${at}`), 'same'])),
      ]),
    ),
    programs: Object.fromEntries(
      NAMES.flatMap((name) => contents.map((content, at) => [program(`${name}-${at}`), content])),
    ),
  })

  test('when half of the programs of each are others, and its scripts the same, then they are reported', () => {
    const all = { holds: [...lists(...NAMES), ...sums(...NAMES)] }
    expect(doubts(layer(plain, { ...all, ...threeEach('same', 'other', 'other') }))).toEqual({
      'other-contents': 'apt bash curl dash',
    })
  })

  test('when sums are of other files than lie there, then those packages are reported', () => {
    const all = { holds: [...lists(...NAMES), ...sums(...NAMES)] }
    const squashed = layer(plain, { ...all, sums: sumsOf('2'), programs: programsOf('1') })
    expect(doubts(squashed)).toEqual({ 'other-contents': 'apt bash curl dash' })
  })

  test('when the folder of the sums is taken away, then so are they', () => {
    const all = { holds: [...lists(...NAMES), ...sums(...NAMES)] }
    const squashed = layer(plain, { ...all, sums: sumsOf('2'), programs: programsOf('1') })
    expect(doubts(squashed, layer(null, { hides: ['info'] }))).toEqual({})
  })

  test('when a database is laid over older files, then it is reported', () => {
    const over = layer(plain, { holds: [...lists(...NAMES), ...sums(...NAMES)], sums: sumsOf('2') })
    expect(doubts(base({ sums: sumsOf('1'), programs: programsOf('1') }), over)).toEqual({
      'other-contents': 'apt bash curl dash',
    })
  })

  test.each([
    [
      'two packages have other programs',
      { programs: { ...programsOf('1'), ...programsOf('own', ['apt', 'bash']) } },
    ],
    ['most programs of each are right', threeEach('same', 'same', 'other')],
    ['programs were not read', { programs: Object.fromEntries(NAMES.map((name) => [program(name), null])) }],
  ])('when %s, then there is no doubt', (_, records) => {
    const all = { holds: [...lists(...NAMES), ...sums(...NAMES)], sums: sumsOf('1') }
    expect(doubts(layer(plain, { ...all, ...records }))).toEqual({})
  })

  test('when three packages have other programs, then they are reported', () => {
    const programs = { ...programsOf('1'), ...programsOf('own', ['apt', 'bash', 'curl']) }
    const all = { holds: [...lists(...NAMES), ...sums(...NAMES)], sums: sumsOf('1'), programs }
    expect(doubts(layer(plain, all))).toEqual({ 'other-contents': 'apt bash curl' })
  })

  test('when a later layer replaces or removes programs, then there is no doubt', () => {
    const lower = base({ sums: sumsOf('1'), programs: programsOf('1') })
    expect(doubts(lower, layer(null, { programs: programsOf('own') }))).toEqual({})
    expect(
      doubts(
        base({ sums: sumsOf('2'), programs: programsOf('1') }),
        layer(null, {}, { removed: ['usr/bin'] }),
      ),
    ).toEqual({})
  })
})

describe('changelogs', () => {
  const perl = (version: string, part: Package = {}) => ({ ...plain, perl: { version, ...part } })
  const all = { holds: lists(...NAMES, 'perl') }
  const older = (...layers: readonly LayerFacts[]) =>
    databaseOf(...layers).older.map((one) => `${one.package.name} ${one.package.version} < ${one.changelog}`)

  test('when one ends before the version, then it is reported', () => {
    expect(older(layer(perl('5.36-2'), { ...all, changelogs: { perl: 'perl 5.36-1' } }))).toEqual([
      'perl 5.36-2 < 5.36-1',
    ])
  })

  test.each([
    ['the same version', perl('5.36-2'), 'perl 5.36-2'],
    ['the version of its source', perl('1:5.36-2+b1', { source: 'perl-all (5.36-2)' }), 'perl-all 5.36-2'],
    ['a newer one', perl('5.36-2'), 'perl 5.36-3'],
    ['another source', perl('5.36-2'), 'other 5.36-1'],
    ['no version of Debian’s', perl('5.36-2'), 'perl x_y'],
  ])('when it has %s, then there is no word of it', (_, packages, changelog) => {
    expect(older(layer(packages, { ...all, changelogs: { perl: changelog } }))).toEqual([])
  })

  test('when it lay there before the package came, or is removed, then it says nothing', () => {
    const lower = layer(perl('5.36-1'), { ...all, changelogs: { perl: 'perl 5.36-1' } })
    const upper = layer(perl('5.36-2'), { holds: lists('perl') })
    expect(older(lower, upper)).toEqual([])
    const forged = layer(perl('5.36-2'), { ...all, changelogs: { perl: 'perl 5.36-1' } })
    expect(older(forged, layer(null, {}, { removed: ['usr/share/doc/perl'] }))).toEqual([])
  })
})
