import { addSecuritySource, addSources, aptName } from '../../debian/apt/command.js'
import type { DockerfileDocument } from '../../dockerfile/choose.js'
import { parseDockerfile, type Stage } from '../../dockerfile/parse.js'
import {
  type AptSource,
  type DockerfileChange,
  type DockerfileFrom,
  type ImageVerdict,
  readOrNull,
  readSourceLines,
  SECURITY_ARCHIVE,
  SeaworthyError,
} from '../../model/index.js'
import { type PlannedPackage, planOf, throughMirror, type UpdatePlan } from './plan.js'

/** Where and how the Dockerfile's update line is written. */
export interface ChangeOptions extends Pick<UpdatePlan, 'addSecurity' | 'sources'> {
  readonly from: DockerfileFrom
  /** Line behind which all of the packages are installed, as `behindAll` returns it. */
  readonly after: number
  /** URL of the security archive. */
  readonly securityMirror: string
  /** YYYY-MM-DD. */
  readonly today: string
}

const BEGIN = '# seaworthy: security updates'
const END = '# seaworthy: end'

/**
 * The line after which all of these packages are installed: apt skips those that are not installed yet, and
 * everything behind the changed line is built again.
 */
export function behindAll(
  packages: readonly PlannedPackage[],
  { endLine, installed }: DockerfileFrom,
): number {
  const lines = packages.map(({ name, architecture, from }) => {
    return installed?.get(`${name}:${architecture}=${from}`) ?? endLine
  })
  return Math.max(endLine, ...lines)
}

/**
 * The Dockerfile with one RUN that updates these packages, where all of them are installed. A RUN that was added before
 * is replaced, and keeps its packages: the base may still lack them. It names no versions, because an archive drops
 * superseded ones, and a Dockerfile has to build for longer.
 * @param names binary packages, already checked to be safe in a command
 * @throws SeaworthyError `update-refused` if the user there is not a plain name
 */
export function withUpdates(text: string, names: readonly string[], options: ChangeOptions): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = text.split(/\r?\n/)
  const stages = parseDockerfile(text)
  const stage = stages.findLastIndex(({ from }) => from.line <= options.after)
  const old = ownBlock(lines, stages[stage]?.from.endLine ?? options.after)
  const all = [...new Set([...(old?.names ?? []), ...names])].sort()
  const sources = [...(old?.sources ?? []), ...throughMirror(options.sources, options.securityMirror)]
  const at = old !== null && options.after <= old.to ? old.from : options.after
  const user = userAt(at, stages, stage, options.from)
  const block = blockOf(all, { ...options, sources, user, mark: escapeMark(text) })
  const kept = lines.map((line, index) => (old !== null && index >= old.from && index < old.to ? [] : [line]))
  return [...kept.slice(0, at).flat(), ...block, ...kept.slice(at).flat()].join(newline)
}

/** The user of the instructions behind a line of this stage; `null` if it is root. */
function userAt(line: number, stages: readonly Stage[], index: number, from: DockerfileFrom): string | null {
  const stage = stages[index]
  if (stage === undefined) {
    return from.user
  }
  const { base, instructions } = stage
  const user = instructions
    .findLast(({ keyword, endLine }) => keyword === 'USER' && endLine <= line)
    ?.text.trim()
  if (user !== undefined) {
    return /^(?:root|0)(?::.*)?$/.test(user) ? null : user
  }
  const below = stages
    .slice(0, index)
    .findLastIndex(({ name }) => name !== null && name === base.toLowerCase())
  return userAt(line, stages, below, from)
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
  /** The sources that these packages need. */
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

function blockOf(
  names: readonly string[],
  options: ChangeOptions & { readonly user: string | null; readonly mark: string },
): string[] {
  const { addSecurity, securityMirror, sources, user, today, mark } = options
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
  // The base image may choose this text, and it goes into a Dockerfile: at most one name.
  const plain = user === options.from.user ? /^[\w.@-]+(?::[\w.@-]+)?$/ : /^[\w.@${}:-]+$/
  if (user !== null && !plain.test(user)) {
    const what = `the image is built as ${JSON.stringify(user)}; a Dockerfile line cannot restore this user`
    const todo = 'set update-by: layer, or use another base image'
    throw new SeaworthyError({ code: 'update-refused', what, where: 'USER', todo })
  }
  const instructionsAsRoot = user === null ? run : ['USER root', ...run, `USER ${user}`]
  return [`${BEGIN} as of ${today}`, ...instructionsAsRoot, END]
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
  const after = behindAll(packages, from)
  const options = { from, after, addSecurity, sources, securityMirror: SECURITY_ARCHIVE, today }
  // For a base user that is not a plain name, updating by the Dockerfile reports an error.
  return readOrNull(() => ({ file, before: text, after: withUpdates(text, names, options) }))
}
