import { parseDockerfile, type Stage } from '../dockerfile/parse.js'
import { exists, readInside } from '../io/files/files.js'
import { readOrNull } from '../model/index.js'

/** A file of a project, as it is and as it would be. */
export interface InitFile {
  readonly file: string
  readonly before: string | null
  readonly after: string
  /** False for an ignore file: the gate judges the same without its patterns. */
  readonly isOfGate: boolean
}

/** What a checkout has that no image needs, or must not have. A file that exists is completed with these. */
const UNWANTED = ['.git', '**/.env']
/** What package managers fill on the machine that builds; only for a new file, by the manifest next to it. */
const INSTALLED: Readonly<Record<string, string>> = { npm: '**/node_modules', PyPI: '**/.venv' }

const GIT_IGNORE = '.gitignore'
const GIT_COMMENT = "# Seaworthy's reports."
const COMMENT =
  '# The Dockerfile copies this whole folder into the image. These must not get there; turn a line that the build needs into a comment.'

/** Git's ignore file, with the folders that the gate writes; a pattern that people have decided is not added again. */
export function gitIgnoreFile(folders: readonly string[]): InitFile {
  const before = readInside(GIT_IGNORE)
  const after = completed(
    before,
    folders.map((name) => `${name}/`),
    GIT_COMMENT,
  )
  return { file: GIT_IGNORE, before, after, isOfGate: false }
}

/**
 * The ignore file that keeps out of the image what does not belong there; `null` if no instruction copies the whole
 * folder. A pattern that people have turned into a comment or an exception is not added again.
 * @param managers of application packages, by the manifests in the folder
 * @param own folders that Seaworthy makes there
 */
export function ignoreFile(
  { dockerfile, managers }: { readonly dockerfile: string; readonly managers: readonly string[] },
  own: readonly string[],
): InitFile | null {
  if (!parseDockerfile(readInside(dockerfile) ?? '').some(copiesFolder)) {
    return null
  }
  const file = ignoreFileOf(dockerfile)
  const before = readInside(file)
  const folders = own.map((name) => `${name}/`)
  const installed = managers.flatMap((name) => INSTALLED[name] ?? [])
  const wanted = [...UNWANTED, ...(before === null ? installed : []), ...folders]
  return { file, before, after: completed(before, wanted, COMMENT), isOfGate: false }
}

/** The text of an ignore file, with the patterns that it does not decide below the comment. */
function completed(before: string | null, wanted: readonly string[], comment: string): string {
  const missing = wanted.filter((pattern) => !isDecided(before ?? '', pattern))
  const end = before?.includes('\r\n') ? '\r\n' : '\n'
  const added = `${[comment, ...missing].join(end)}${end}`
  const start = before === null || before.trim() === '' ? '' : `${before.trimEnd()}${end}${end}`
  return missing.length === 0 ? (before ?? '') : start + added
}

/** BuildKit prefers the file named after the Dockerfile (docs.docker.com/build/concepts/context, "Filename and location"). */
function ignoreFileOf(dockerfile: string): string {
  const own = `${dockerfile}.dockerignore`
  return exists(own) ? own : '.dockerignore'
}

function copiesFolder({ instructions }: Stage): boolean {
  return instructions
    .filter(({ keyword, flags }) => {
      return ['COPY', 'ADD'].includes(keyword) && !flags.some((flag) => flag.startsWith('--from='))
    })
    .some(({ text, hereDocument }) => hereDocument === null && sourcesOf(text).some(isWholeFolder))
}

/** The build context itself, a pattern for what is in it, or a variable, which may be either. */
function isWholeFolder(source: string): boolean {
  const [first = ''] = cleaned(source).split('/')
  return ['', '.'].includes(first) || first.includes('$') || matches(first, '.git')
}

/** All arguments but the last, in either form of the instruction. */
function sourcesOf(text: string): readonly string[] {
  const isJson = text.trimStart().startsWith('[')
  const parts = isJson
    ? [...text.matchAll(/"([^"]*)"/g)].map(([, part = '']) => part)
    : text.trim().split(/\s+/)
  return parts.slice(0, -1)
}

/**
 * Whether the file already says something of a pattern: it ignores what the pattern stands for, or has it as a comment or
 * an exception.
 */
function isDecided(text: string, pattern: string): boolean {
  const path = cleaned(pattern.replace('**/', ''))
  const lines = text.split('\n').map((line) => line.trim())
  const rules = lines.filter((line) => line !== '' && !line.startsWith('#'))
  const isNamed = lines.some(
    (line) => /^[#!]/.test(line) && cleaned(line.slice(1).trim().replace('**/', '')) === path,
  )
  // The last rule that matches holds (docs.docker.com/build/concepts/context, "Negating matches").
  const rule = rules.findLast((line) => matches(cleaned(line.replace(/^!/, '').trim()), path))
  return isNamed || (rule !== undefined && !rule.startsWith('!'))
}

function cleaned(pattern: string): string {
  return pattern.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '')
}

/** Whether a pattern of an ignore file matches a name in the folder. */
function matches(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/^(?:\*\*\/)+|(?<=[^/])\/\*+$/g, '')
    .replace(/[.+^$(){}|\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.')
  // A range of characters may not end.
  return readOrNull(() => new RegExp(`^${source}$`).test(name)) ?? false
}
