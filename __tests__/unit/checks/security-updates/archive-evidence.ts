import type { Evidence } from '../../../../src/model/evidence.js'
import { anEvidence } from '../../../support/builders.js'
import { stanza } from './apt/states.js'

/** An index of the archive: `bookworm`, `bookworm-updates` or `bookworm-security`, with its stanzas. */
export type Packages = Readonly<Record<string, readonly string[]>>

/** What the images of these tests have; the archive has it too, unless a test says what that has of it. */
const INSTALLED = ['apt 2.6.1', 'openssl 3.0.1', 'debconf 1']

/** The first of the security index, which no image of these tests has. */
const CANARY = 'Package: a-canary\nVersion: 1.0\nArchitecture: amd64\n'

const release = (suite: string, own: string) => {
  const [, kind = ''] = /(-[a-z]+)?$/.exec(suite) ?? []
  return {
    origin: 'Debian',
    label: kind === '-security' ? 'Debian-Security' : 'Debian',
    suite: `${own}${kind}`,
    codename: suite,
    version: '12',
    date: '2026-11-23T02:09:33.000Z',
    validUntil: null,
    notAutomatic: kind === '-backports',
    butAutomaticUpgrades: kind === '-backports',
    components: ['main'],
    architectures: ['amd64'],
  }
}

/**
 * What `collect` writes for a bookworm image, the current stable if not said otherwise.
 * @param own what the archive calls the release: `stable`, `oldstable`, `testing`
 * @param more fields of archive.json to be others
 */
export function archiveEvidence(
  packages: Packages,
  more: Readonly<Record<string, unknown>> = {},
  own = 'stable',
): Evidence {
  const documents: Record<string, string> = {}
  const all: Packages = { bookworm: [], 'bookworm-updates': [], 'bookworm-security': [], ...packages }
  const isNotListed = (text: string) =>
    !(packages.bookworm ?? []).some((one) => one.startsWith(`Package: ${text.split(' ')[0]}\n`))
  const withCanary = (suite: string) => (suite === 'bookworm-security' ? [CANARY] : [])
  const suites = Object.entries(all).map(([suite, stanzas], at) => {
    const installedStanzas =
      suite === 'bookworm' ? INSTALLED.filter(isNotListed).map((text) => stanza(text)) : []
    documents[`packages-${at}.txt`] = [...withCanary(suite), ...installedStanzas, ...stanzas].join('\n')
    const index = { component: 'main', architecture: 'amd64', sha256: 'x', rows: 60_000 }
    return {
      suite,
      archive: suite.endsWith('-security') ? 'security' : 'main',
      url: 'http://deb.debian.org/debian/',
      release: release(suite, own),
      signedBy: [],
      inReleaseSha256: 'y',
      indexes: [{ ...index, document: `packages-${at}.txt` }],
    }
  })
  const archive = {
    codename: 'bookworm',
    architectures: { native: 'amd64', foreign: [] },
    asked: [],
    notAsked: [],
    suites,
    failed: [],
    elsewhere: { suites: [], unread: [] },
    stable: { codename: 'bookworm', from: 'archive' },
    support: { codename: 'bookworm', state: 'supported', row: null },
    ...more,
  }
  documents['archive.json'] = JSON.stringify(archive)
  return anEvidence({ check: 'security-updates', documents })
}

/**
 * The same with suites beyond the release's own, as `collect` writes them: trixie is the other stable release.
 * @param suites suite → stanzas
 */
export function elsewhereEvidence(
  suites: Packages,
  {
    own = {},
    unread = [],
    more = {},
    suite: called = 'stable',
  }: {
    own?: Packages
    unread?: readonly { suite: string; why: string }[]
    more?: Readonly<Record<string, unknown>>
    suite?: string
  } = {},
): Evidence {
  const documents: Record<string, string> = {}
  const read = Object.entries(suites).map(([suite, stanzas], at) => {
    documents[`elsewhere-${at}.txt`] = stanzas.join('\n')
    const isStable = /^trixie(?:-updates|-security)?$/.test(suite)
    const index = { component: 'main', architecture: 'amd64', sha256: 'x', rows: 9 }
    return {
      suite,
      place: isStable ? 'stable' : suite === 'bookworm-proposed-updates' ? 'proposed' : 'moving',
      row: isStable ? 'trixie' : suite.startsWith('bookworm-p') ? 'bookworm' : 'sid',
      archive: suite.endsWith('-security') ? 'security' : 'main',
      url: 'http://deb.debian.org/debian/',
      release: {
        ...{ origin: 'Debian', label: suite.endsWith('-security') ? 'Debian-Security' : 'Debian' },
        ...{ suite, codename: suite, version: null, date: '2026-11-23T02:09:33.000Z', validUntil: null },
        ...{ notAutomatic: suite === 'experimental', butAutomaticUpgrades: false },
      },
      indexes: [{ ...index, document: `elsewhere-${at}.txt` }],
    }
  })
  const evidence = archiveEvidence(own, { elsewhere: { suites: read, unread }, ...more }, called)
  return { ...evidence, documents: { ...evidence.documents, ...documents } }
}

interface Suite {
  readonly suite: string
  readonly indexes: readonly object[]
}

/**
 * The same with more indexes of the release's own suites, `bookworm-security/contrib i386` → stanzas.
 * @param named in the sources of the image, or in the Section of its packages: requested with the suite
 * @param found read later, to find where packages are from
 */
export function withIndexes(
  evidence: Evidence,
  { named = {}, found = {} }: { readonly named?: Packages; readonly found?: Packages },
): Evidence {
  const documents: Record<string, string> = { ...evidence.documents }
  const archive = JSON.parse(documents['archive.json'] ?? '') as {
    suites: Suite[]
    elsewhere: { suites: object[] }
  }
  const add = (place: string, stanzas: readonly string[]) => {
    const [, suite = '', component = '', architecture = ''] = /^(.*)\/(.*) (.*)$/.exec(place) ?? []
    const document = `more-${Object.keys(documents).length}.txt`
    documents[document] = stanzas.join('\n')
    const index = { component, architecture, sha256: 'x', rows: stanzas.length, document }
    return { suite, index }
  }
  for (const [place, stanzas] of Object.entries(named)) {
    const { suite, index } = add(place, stanzas)
    archive.suites = archive.suites.map((one) =>
      one.suite === suite ? { ...one, indexes: [...one.indexes, index] } : one,
    )
  }
  for (const [place, stanzas] of Object.entries(found)) {
    const { suite, index } = add(place, stanzas)
    const own = archive.suites.find((one) => one.suite === suite)
    archive.elsewhere.suites.push({ ...own, place: 'own', row: 'bookworm', indexes: [index] })
  }
  documents['archive.json'] = JSON.stringify(archive)
  return { ...evidence, documents }
}
