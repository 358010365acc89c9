import { aKey, indexFiles, publish, startProxy, type TestServer } from '../support/debian-archive.js'
import { bundleTrusting } from './bundle.js'

/** An archive of Debian's suites behind a proxy, and a bundle that trusts who signed it. */
export interface SignedArchive {
  readonly dist: string
  readonly env: NodeJS.ProcessEnv
  readonly close: () => void
}

/** A stanza of an index, from `name version source`; the source may be left out. */
function stanzaOf(text: string): string {
  const [name, version, source] = text.split(' ')
  const field = source === undefined ? '' : `Source: ${source}\n`
  return `Package: ${name}\n${field}Version: ${version}\nArchitecture: amd64\n`
}

/** @param suites suite -> `name version source` of its packages; all have apt too; trixie is the stable release */
export async function signedArchive(
  suites: Readonly<Record<string, readonly string[]>>,
): Promise<SignedArchive> {
  const proxy: TestServer = await startProxy()
  const key = await aKey()
  const time = Date.now() - 3_600_000
  const text = (day: number) => new Date(day).toUTCString().replace('GMT', 'UTC')
  for (const [suite, packages] of Object.entries(suites)) {
    const sign = (release: string) => {
      const isStable = suite.startsWith('trixie')
      return key.sign(isStable ? release.replace('Suite: oldstable', 'Suite: stable') : release, {
        date: new Date(time),
      })
    }
    const archive = suite.endsWith('-security')
      ? '//security.debian.org/debian-security'
      : '//deb.debian.org/debian'
    const files = indexFiles(['apt 3.0.3', ...packages].map(stanzaOf).join('\n'))
    const dates = { date: text(time), validUntil: text(time + 7 * 86_400_000) }
    await publish(proxy, { ...key, sign }, { suite, files, ...dates }, archive)
  }
  return { dist: bundleTrusting(key.certificate), env: { http_proxy: proxy.url }, close: () => proxy.close() }
}

/** The files of trixie with these packages besides apt, each with dpkg's list of its files. */
export function trixieWith(packages: readonly string[]): Readonly<Record<string, string>> {
  const all = ['apt 3.0.3', ...packages]
  const status = all.map((text) => stanzaOf(text).replace('\n', '\nStatus: install ok installed\n'))
  const lists = all.map((text) => [`var/lib/dpkg/info/${text.split(' ')[0]}.list`, '/.\n'])
  return {
    'etc/os-release': 'ID=debian\nVERSION_ID="13"\nVERSION_CODENAME=trixie\n',
    'etc/apt/sources.list.d/debian.sources': [
      ['http://deb.debian.org/debian', 'trixie trixie-updates'],
      ['http://security.debian.org/debian-security', 'trixie-security'],
    ]
      .map(([uri, names]) => `Types: deb\nURIs: ${uri}\nSuites: ${names}\nComponents: main\n`)
      .join('\n'),
    // Clair reads no stanza without an empty line after it.
    'var/lib/dpkg/status': status.map((text) => `${text}\n`).join(''),
    ...Object.fromEntries(lists),
  }
}
