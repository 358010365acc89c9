import { type AdvisedCode, SeaworthyError } from '../model/index.js'

/** The Debian release that an image claims to be. */
export interface Release {
  /** Such as `bookworm`. Testing and unstable both carry the name of testing. */
  readonly codename: string
  /** Such as `12`; `null` in testing and unstable. */
  readonly versionId: string | null
  /** For people: "Debian 12 bookworm". */
  readonly distribution: string
}

/** In the order of os-release(5): the second counts only if the first does not exist. */
const PATHS = ['etc/os-release', 'usr/lib/os-release']

/**
 * Reads the image's Debian release.
 * @param files texts by path, without a leading slash
 * @throws SeaworthyError `no-os-release`, `not-debian`, `unknown-release`
 */
export function readRelease(files: Readonly<Record<string, string>>): Release {
  const path = PATHS.find((candidate) => files[candidate] !== undefined)
  if (path === undefined) {
    const what = 'the image has no os-release file, so its Debian release is unknown'
    throw problem('no-os-release', what, 'etc/os-release')
  }
  const values = parseOsRelease(files[path] ?? '')
  const id = values.get('ID') ?? ''
  if (id !== 'debian') {
    throw problem('not-debian', notDebian(values), path)
  }
  // Debian 8 and distroless images have no VERSION_CODENAME; their VERSION ends in "(bookworm)".
  const codename =
    values.get('VERSION_CODENAME') || /\(([a-z]+)\)\s*$/.exec(values.get('VERSION') ?? '')?.[1] || ''
  if (!/^[a-z]+$/.test(codename)) {
    const what = "the image's os-release file does not specify its Debian release (VERSION_CODENAME)"
    throw problem('unknown-release', what, path)
  }
  const versionId = values.get('VERSION_ID') || null
  const distribution = ['Debian', versionId, codename].filter((part) => part !== null).join(' ')
  return { codename, versionId, distribution }
}

/**
 * The assignments of an os-release(5) file: a subset of shell without expansion. Of equal names the last
 * counts, as in a shell; other lines are ignored, as the manual asks of readers.
 */
export function parseOsRelease(text: string): Map<string, string> {
  const values = new Map<string, string>()
  for (const line of text.split('\n')) {
    const parts = /^\s*([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(line.trimEnd())
    if (parts) {
      values.set(parts[1] ?? '', unquote(parts[2] ?? ''))
    }
  }
  return values
}

/** In single quotes everything is literal; in double quotes a backslash escapes `$`, `"`, `\` and a backtick. */
function unquote(text: string): string {
  const inner = text.slice(1, -1)
  if (text.length >= 2 && text.startsWith("'") && text.endsWith("'")) {
    return inner
  }
  if (text.length >= 2 && text.startsWith('"') && text.endsWith('"')) {
    return inner.replace(/\\([$"\\`])/g, '$1')
  }
  return text.replace(/\\(.)/g, '$1')
}

function notDebian(values: ReadonlyMap<string, string>): string {
  const id = values.get('ID')
  // os-release(5): without ID the value is "linux".
  if (!id) {
    return "only Debian itself is supported; the image's os-release file has no ID"
  }
  const idLike = values.get('ID_LIKE')
  const names = [values.get('PRETTY_NAME') || values.get('NAME') || id, `ID=${id}`]
  return `only Debian itself is supported; the image is ${names.join(', ')}${idLike ? `, ID_LIKE=${idLike}` : ''}`
}

function problem(code: AdvisedCode<'Images'>, what: string, where: string): SeaworthyError {
  return new SeaworthyError({ code, what, where })
}
