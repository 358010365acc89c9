import type { Evidence } from '../../../../src/model/evidence.js'
import { anEvidence } from '../../../support/builders.js'

/** An index of the archive: `bookworm`, `bookworm-updates` or `bookworm-security`, with its stanzas. */
export type Packages = Readonly<Record<string, readonly string[]>>

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
  const withCanary = (suite: string) => (suite === 'bookworm-security' ? [CANARY] : [])
  const suites = Object.entries(all).map(([suite, stanzas], at) => {
    documents[`packages-${at}.txt`] = [...withCanary(suite), ...stanzas].join('\n')
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
    suites,
    failed: [],
    stable: { codename: 'bookworm', from: 'archive' },
    support: { codename: 'bookworm', state: 'supported', row: null },
    ...more,
  }
  documents['archive.json'] = JSON.stringify(archive)
  return anEvidence({ check: 'security-updates', documents })
}
