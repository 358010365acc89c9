import { addSecuritySource, addSources, aptName, SECURITY_ARCHIVE } from '../../debian/apt/command.js'
import type { DockerfileDocument } from '../../dockerfile/choose.js'
import { type AptSource, readSourceLines } from '../../model/apt-source.js'
import type { DockerfileChange } from '../../model/dockerfile-change.js'
import { SeaworthyError } from '../../model/problem.js'
import type { ImageVerdict } from '../../model/verdict.js'
import { planOf, throughMirror } from './plan.js'

/** Where and how the Dockerfile's update line is written. */
export interface ChangeOptions {
  /** Line where the stage's FROM ends, from 1: everything after it is rebuilt when the line changes. */
  readonly after: number
  /** The base image's user; `null` if that is root or not known. */
  readonly baseUser: string | null
  /** The release whose security suite the image's own sources lack. */
  readonly addSecurity: string | null
  /** Sources of other components that the image lacks: added for the update, and removed again. */
  readonly sources: readonly AptSource[]
  /** URL of the security archive. */
  readonly securityMirror: string
  /** YYYY-MM-DD. */
  readonly today: string
}

const BEGIN = '# seaworthy: security updates'
const END = '# seaworthy: end'

/**
 * The Dockerfile with one RUN that updates these packages, after the FROM of the stage. A RUN that was added before
 * is replaced, and keeps its packages: the base may still lack them. It names no versions, because an archive drops
 * superseded ones, and a Dockerfile has to build for longer.
 * @param names binary packages, already checked to be safe in a command Throws `update-refused` if the base image's
 * user is not a plain name.
 */
export function withUpdates(text: string, names: readonly string[], options: ChangeOptions): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = text.split(/\r?\n/)
  const old = ownBlock(lines, options.after)
  const all = [...new Set([...(old?.names ?? []), ...names])].sort()
  const sources = [...(old?.sources ?? []), ...throughMirror(options.sources, options.securityMirror)]
  const block = blockOf(all, { ...options, sources, mark: escapeMark(text) })
  const at = old?.from ?? options.after
  const count = old === null ? 0 : old.to - old.from
  return [...lines.slice(0, at), ...block, ...lines.slice(at + count)].join(newline)
}

/** The text without the day in its block: texts that differ only in that are the same change. */
export function undated(text: string): string {
  return text.replace(/^(# seaworthy: security updates) as of \d{4}-\d{2}-\d{2}(?=\r?$)/gm, '$1')
}

interface Block {
  /** Indexes of its first line and of the line after its last. */
  readonly from: number
  readonly to: number
  readonly names: readonly string[]
  /** Which those need. */
  readonly sources: readonly AptSource[]
}

/** The block of the same stage; one of another stage must not be changed. */
function ownBlock(lines: readonly string[], after: number): Block | null {
  const next = lines.findIndex((line, index) => index >= after && /^\s*FROM\s/i.test(line))
  const stage = lines.slice(0, next < 0 ? lines.length : next)
  const from = stage.findIndex((line, index) => index >= after && line.startsWith(BEGIN))
  const end = stage.findIndex((line, index) => index > from && line.trim() === END)
  if (from < 0 || end < 0) {
    return null
  }
  const body = stage.slice(from, end).join(' ')
  const args = /--only-upgrade([^&;]*)/.exec(body)?.[1] ?? ''
  const names = args.split(/[\s\\`]+/).filter((arg) => /^[a-z0-9][a-z0-9+.:-]+$/.test(arg))
  return { from, to: end + 1, names, sources: readSourceLines(body) }
}

function blockOf(names: readonly string[], options: ChangeOptions & { readonly mark: string }): string[] {
  const { addSecurity, securityMirror, sources, baseUser, today, mark } = options
  const source = addSecurity === null ? '' : `${addSecuritySource(addSecurity, securityMirror)} && `
  // One style for all, which is read again when the block is replaced.
  const extra = addSources(sources.map((one) => ({ ...one, style: 'one-line' })))
  // A configuration file that the base has changed stays: in a build dpkg can ask nobody, and would fail.
  const install =
    'apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-confold --only-upgrade'
  const run = [
    `RUN ${source}${extra === null ? '' : `${extra.add} && `}apt-get update && ${install} ${mark}`,
    ...names.map((name) => `      ${name} ${mark}`),
    ...(extra === null ? [] : [`    && ${extra.remove} ${mark}`]),
    '    && rm -rf /var/lib/apt/lists/*',
  ]
  // The base image chooses this text, and it goes into a Dockerfile: at most one name.
  if (baseUser !== null && !/^[\w.@-]+(?::[\w.@-]+)?$/.test(baseUser)) {
    throw oddUser(baseUser)
  }
  const around = baseUser === null ? run : ['USER root', ...run, `USER ${baseUser}`]
  return [`${BEGIN} as of ${today}`, ...around, END]
}

function oddUser(user: string): SeaworthyError {
  return new SeaworthyError({
    code: 'update-refused',
    what: `the base image runs as ${JSON.stringify(user)}; a Dockerfile line cannot restore this user`,
    where: 'USER',
    todo: 'set update-by: layer, or use another base image',
  })
}

/** The character that continues a line: a directive at the very top may set it (Dockerfile reference, "escape"). */
function escapeMark(text: string): string {
  for (const line of text.replace(/^\ufeff/, '').split('\n')) {
    const [, mark] = /^#\s*escape\s*=\s*([\\`])/i.exec(line) ?? []
    if (mark !== undefined) {
      return mark
    }
    if (!line.startsWith('#') || !line.includes('=')) {
      break
    }
  }
  return '\\'
}

/** The change of the image's own Dockerfile that updates its packages; `null` if there is none to propose. */
export function proposeChange(
  image: ImageVerdict,
  documents: readonly DockerfileDocument[],
  today: string,
): DockerfileChange | null {
  const { file, from } = image.dockerfile
  const text = documents.find((one) => one.file === file)?.text ?? null
  const { packages, addSecurity, sources } = planOf([image])
  if (file === null || from === null || text === null || packages.length === 0) {
    return null
  }
  const names = packages.map((one) => aptName(one, image.architecture))
  const options = {
    after: from.endLine,
    baseUser: from.user,
    addSecurity,
    sources,
    securityMirror: SECURITY_ARCHIVE,
    today,
  }
  try {
    return { file, before: text, after: withUpdates(text, names, options) }
  } catch {
    // For a base user that is not a plain name, updating by the Dockerfile reports an error.
    return null
  }
}
