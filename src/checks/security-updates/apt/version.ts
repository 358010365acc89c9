import type { Stanza } from '../../../debian/control.js'
import { parseRelations } from '../../../debian/relations.js'
import type { Binary } from '../../../model/index.js'

/** One version of one package, from a status file or an index. */
export interface AptVersion extends Pick<Binary, 'name' | 'version'> {
  /** The Architecture field as written; may be `all`. */
  readonly architecture: string
  /** The architecture for which apt installs the package: `all` becomes the native one. */
  readonly installedAs: string
  readonly multiArch: 'no' | 'same' | 'foreign' | 'allowed'
  /** What apt compares in addition to the version string; see `identityOf`. */
  readonly identity: string
  /** Size of the .deb; `null` in a status file. */
  readonly size: string | null
  /** Path of the .deb in its archive, and its SHA-256; `null` in a status file. */
  readonly deb: { readonly path: string; readonly sha256: string } | null
  readonly source: string
  readonly sourceVersion: string
  readonly essential: boolean
  readonly priority: string
  /** Phased-Update-Percentage; `null` if there is none. */
  readonly phased: number | null
  relations(): ReturnType<typeof relationsOf>
}

export function readVersion({ fields }: Stanza, native: string): AptVersion {
  const text = (field: string) => fields.get(field) ?? ''
  const name = text('package').toLowerCase()
  const version = text('version')
  const architecture = text('architecture') || native
  const [, source = name, sourceVersion = version] =
    /^(\S+)(?:\s*\(\s*([^\s()]+)\s*\))?/.exec(text('source')) ?? []
  const multiArch = text('multi-arch').toLowerCase()
  const phased = /^\d+/.exec(text('phased-update-percentage'))?.[0]
  const [path, sha256] = [text('filename'), text('sha256')]
  let relations: ReturnType<typeof relationsOf> | null = null
  return {
    name,
    version,
    architecture,
    installedAs: architecture === 'all' ? native : architecture,
    multiArch: multiArch === 'same' || multiArch === 'foreign' || multiArch === 'allowed' ? multiArch : 'no',
    identity: identityOf(fields),
    size: fields.get('size') ?? null,
    deb: path === '' || sha256 === '' ? null : { path, sha256 },
    source,
    sourceVersion,
    essential: text('essential').toLowerCase() === 'yes',
    priority: text('priority').toLowerCase(),
    phased: phased === undefined ? null : Number(phased),
    relations: () => {
      relations ??= relationsOf(text)
      return relations
    },
  }
}

/** Relations that can prevent a package from being installed, and those that should not. */
function relationsOf(text: (field: string) => string) {
  return {
    preDepends: parseRelations(text('pre-depends')),
    depends: parseRelations(text('depends')),
    recommends: parseRelations(text('recommends')),
    suggests: parseRelations(text('suggests')),
    conflicts: parseRelations(text('conflicts')),
    breaks: parseRelations(text('breaks')),
    provides: parseRelations(text('provides')),
  }
}

/** The fields by which apt distinguishes two builds with one version string (measured; docs/findings). */
const IDENTITY_FIELDS = [
  'architecture',
  'multi-arch',
  'installed-size',
  'depends',
  'pre-depends',
  'conflicts',
  'breaks',
  'replaces',
]

/** Without blanks, as dpkg writes relations, and without the old spelling of `<=` and `>=`. */
function identityOf(fields: ReadonlyMap<string, string>): string {
  return IDENTITY_FIELDS.map((field) => {
    const value = (fields.get(field) ?? '').replace(/\s+/g, '').toLowerCase()
    if (field === 'multi-arch' && value === 'no') {
      return ''
    }
    return value.replace(/\(([<>])(?![<>=])/g, '($1=')
  }).join('\n')
}
