import { readConfigured } from '../../../src/checks/security-updates/apt/configured.js'
import type { AptIndex, AptState } from '../../../src/checks/security-updates/apt/state.js'
import type { Target } from '../../../src/debian/apt/sources.js'
import { parseAptStanzas } from '../../../src/debian/apt/stanzas.js'
import { parseStanzas } from '../../../src/debian/control.js'

/** A Packages file with its Release, at the place where a source can name it. */
export interface ServedIndex {
  readonly uri: string
  readonly suite: string
  readonly component: string
  readonly architecture: string
  readonly release: string
  readonly packages: string
}

/** Fields of a stanza, in the order in which they are written. */
export type Fields = Readonly<Record<string, string>>

export function stanzaText(fields: Fields): string {
  return `${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')}\n\n`
}

/** The name that apt gives the file of an index in its folder of lists. */
export function listName({ uri, suite }: Pick<ServedIndex, 'uri' | 'suite'>, rest: string): string {
  const path = uri.replace(/^[a-z]+:\/*/, '')
  const folder = suite.endsWith('/') ? suite.replace(/^\.?\/?/, '') : `dists/${suite}/`
  return `${path}${folder}${rest}`.replaceAll('_', '%5f').replaceAll('/', '_')
}

const isAt = (target: Target, index: ServedIndex) =>
  target.uri === index.uri &&
  target.suite === index.suite &&
  target.component === index.component &&
  target.architecture === index.architecture

/** What our code makes of the same files. */
export function ourAptState(
  files: Readonly<Record<string, string>>,
  served: readonly ServedIndex[],
): AptState {
  const configured = readConfigured({ files, unreadable: {} }, 'amd64')
  const indexes = configured.targets.flatMap((target) => {
    const index = served.find((one) => isAt(target, one))
    return index === undefined ? [] : [ourIndex(target, index)]
  })
  return { ...configured, indexes }
}

function ourIndex(target: Target, { release, packages }: ServedIndex): AptIndex {
  const fields = parseAptStanzas(release)[0]?.fields ?? new Map<string, string>()
  const get = (name: string) => fields.get(name) ?? null
  return {
    name: `${target.suite}/${target.component} ${target.architecture}`,
    release: {
      origin: get('origin'),
      label: get('label'),
      suite: get('suite'),
      codename: get('codename'),
      version: get('version'),
      component: target.component === '' ? null : target.component,
      architecture: target.architecture,
      site: target.site,
    },
    notAutomatic: get('notautomatic') === 'yes',
    butAutomaticUpgrades: get('butautomaticupgrades') === 'yes',
    packages: parseStanzas(packages, target.suite),
  }
}
