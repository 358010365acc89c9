import { basename, dirname, join, resolve } from 'node:path'
import { parseCompose } from '../checks/docker-bench/collect.js'
import { isArchive, isImageFile } from '../io/archive/image-name.js'
import { readPolicy } from '../io/files/files.js'
import { problemOf, SeaworthyError } from '../model/problem.js'
import { parseReference } from '../model/reference.js'
import { isSecretName, secretValues } from '../model/secret-name.js'
import { isObject } from '../model/start-rules.js'
import type { PolicyNotice } from '../model/verdict.js'
import type { ReadPolicy } from '../policy/whitelist/includes.js'
import { imagesOfBake } from './bake.js'
import { imagesOfCompose } from './compose-images.js'
import type { NamedImages } from './named-images.js'

export interface ImageList {
  readonly images: readonly string[]
  readonly notices: readonly PolicyNotice[]
}

type Environment = NodeJS.ProcessEnv

/**
 * How many services or targets a file may have, and how many names a notice lists: a stranger's text must not fill a
 * report.
 */
const MOST_ENTRIES = 1000
const MOST_TOLD = 20
/** Limit for a compose or bake file, in bytes. */
const LARGEST = 2 ** 20

/**
 * The images of a list in which compose and bake files stand for the images that they name. Such a file is the
 * change's own, since it names what the change builds; a notice lists what only the base's file names.
 * @param read reads a file; `null` if there is none
 * @param readBase the base's; `null` if the run is not about a pull request
 * @throws SeaworthyError `bad-image-file`, `file-unreadable`
 */
export function listImages(
  given: readonly string[],
  env: Environment = process.env,
  read: ReadPolicy = readPolicy,
  readBase: ReadPolicy | null = null,
): ImageList {
  const notices: PolicyNotice[] = []
  const images = given.flatMap((entry) => {
    const asked = fileIn(entry)
    if (asked === null) {
      return [entry]
    }
    const text = read(asked.file)
    if (text === null) {
      throw bad(asked.file, 'there is no such file')
    }
    const named = namedIn(text, asked, env, read)
    if (named.images.length === 0) {
      throw bad(asked.file, `the file specifies no image to judge${skippedWords(named)}`)
    }
    notices.push(
      ...noticesOf(asked.file, named, baseOf(asked, env, readBase)),
      ...overridesOf(asked.file, read).map((words) => notJudged(asked.file, words)),
    )
    return named.images.map(({ image }) => image)
  })
  return { images: [...new Set(images)], notices }
}

/** The files in a list, by path. */
export function imageFilesOf(given: readonly string[]): readonly string[] {
  return given.flatMap((entry) => fileIn(entry.trim())?.file ?? [])
}

interface AskedFile {
  readonly file: string
  readonly names: readonly string[] | null
}

/** `compose.yml`, or `compose.yml#web,worker`. */
function fileIn(entry: string): AskedFile | null {
  const [file = '', ...rest] = entry.split('#')
  if (!isImageFile(file)) {
    return null
  }
  return {
    file,
    names:
      rest.length === 0
        ? null
        : rest
            .join('#')
            .split(',')
            .map((name) => name.trim()),
  }
}

function namedIn(text: string, { file, names }: AskedFile, env: Environment, read: ReadPolicy): NamedImages {
  const refuse = (what: string, todo?: string): never => {
    throw bad(file, what, todo)
  }
  if (text.length > LARGEST) {
    refuse('the file is larger than 1 MiB')
  }
  if (/\.hcl$/i.test(file)) {
    refuse(
      'only docker buildx bake can evaluate the functions and loops of an HCL file',
      `resolve the file first (docker buildx bake --file ${basename(file)} --print > bake.json), and pass bake.json`,
    )
  }
  const root = parsed(text, file)
  const folder = dirname(resolve(file))
  const secrets = secretValues(Object.entries(env))
  const lookUp = (variables: Environment) => (name: string) => {
    const value = variables[name]
    if (value !== undefined && (isHidden(name) || secrets.some((secret) => value.includes(secret)))) {
      refuse(`the variable ${name} may contain a secret, which must not end up in an image name`)
    }
    return value
  }
  const isCompose = isObject(root) && isObject(root.services)
  const isBake = isObject(root) && (isObject(root.target) || isObject(root.group))
  if (isCompose === isBake) {
    refuse(
      'the file must have either the key "services" (compose file) or the key "target" or "group" (bake file)',
    )
  }
  const content = root as Readonly<Record<string, unknown>>
  const entries = Object.keys((isCompose ? content.services : (content.target ?? {})) as object)
  if (entries.length > MOST_ENTRIES) {
    refuse(`the file has ${entries.length} services or targets; the maximum is ${MOST_ENTRIES}`)
  }
  const found = isCompose
    ? imagesOfCompose(content, {
        names,
        folder,
        refuse,
        lookUp: lookUp({ ...dotEnv(read(join(dirname(file), '.env'))), ...env }),
      })
    : imagesOfBake(content, { names, folder, refuse, lookUp: lookUp(env) })
  for (const { name, image } of found.images) {
    // Whoever writes such a file must not choose what else is opened.
    if (isArchive(image) || isImageFile(image)) {
      refuse(`${name}: ${JSON.stringify(image.slice(0, 200))} is a path, not an image name`)
    }
  }
  return found
}

function parsed(text: string, file: string): unknown {
  try {
    return /\.json$/i.test(file) ? JSON.parse(text) : parseCompose(text, file)
  } catch (error) {
    throw bad(
      file,
      error instanceof SeaworthyError ? error.problem.what : `not JSON: ${(error as Error).message}`,
    )
  }
}

/** Variables of the runner, or of the gate itself. */
function isHidden(name: string): boolean {
  return isSecretName(name) || /^(?:INPUT|ACTIONS|STATE)_/.test(name)
}

/** `.env` next to a compose file (Compose specification, ".env file"); values with variables in them are left out. */
function dotEnv(text: string | null): Environment {
  const lines = (text ?? '').split(/\r?\n/).flatMap((line) => {
    const [, name, value = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    const plain = /^(?:"([^"$\\]*)"|'([^']*)'|([^"'$\s#]*))(?:\s+#.*)?$/.exec(value)
    return name === undefined || plain === null ? [] : [[name, plain[1] ?? plain[2] ?? plain[3] ?? '']]
  })
  return Object.fromEntries(lines)
}

/** What the base's file names; `null` if it has none; a reason in words if that is not known. */
function baseOf(
  asked: AskedFile,
  env: Environment,
  readBase: ReadPolicy | null,
): NamedImages | string | null {
  try {
    const text = readBase?.(asked.file) ?? null
    return text === null || readBase === null ? null : namedIn(text, asked, env, readBase)
  } catch (error) {
    return problemOf(error, asked.file).what
  }
}

/** Files that docker reads in addition to one of these names, unless it is told which ones to read. */
const OVERRIDES: Readonly<Record<string, readonly string[]>> = {
  'compose.yml': ['compose.override.yml', 'compose.override.yaml'],
  'compose.yaml': ['compose.override.yml', 'compose.override.yaml'],
  'docker-compose.yml': ['docker-compose.override.yml', 'docker-compose.override.yaml'],
  'docker-compose.yaml': ['docker-compose.override.yml', 'docker-compose.override.yaml'],
  'docker-bake.json': ['docker-bake.override.json', 'docker-bake.override.hcl'],
}

/** Files next to it that may name other images. They are not read here, but whoever builds may read them. */
function overridesOf(file: string, read: ReadPolicy): readonly string[] {
  const names = OVERRIDES[basename(file)] ?? []
  return names.flatMap((name) => {
    const path = join(dirname(file), name)
    const said = saidBy(path, read)
    return said === null
      ? []
      : [`without -f, Docker also reads ${path}, but Seaworthy does not; that file ${said}`]
  })
}

/** How a file names images, in words; `null` if there is no file, or it names none. */
function saidBy(path: string, read: ReadPolicy): string | null {
  try {
    const text = read(path)
    const root = text === null || /\.hcl$/.test(path) ? null : parsed(text, path)
    if (root === null) {
      return text === null ? null : 'may specify other images'
    }
    const entries = isObject(root) ? (root.services ?? root.target) : null
    const named = Object.entries(isObject(entries) ? entries : {})
      .filter(([, one]) => isObject(one) && (one.image != null || one.build != null || one.tags != null))
      .map(([name]) => name)
    return named.length === 0 ? null : `sets the image for ${listed(named)}`
  } catch (error) {
    return `cannot be read (${problemOf(error, path).what})`
  }
}

const notJudged = (file: string, text: string): PolicyNotice => ({
  kind: 'not-judged',
  place: null,
  text: `${file}: ${text}`,
})

/** Without tag and digest: each release has a different tag. */
function repositoryOf(image: string): string {
  const name = parseReference(image)
  return name === null ? image : `${name.registry}/${name.repository}`
}

function noticesOf(file: string, now: NamedImages, base: NamedImages | string | null): PolicyNotice[] {
  const skipped = now.skipped.length === 0 ? [] : [notJudged(file, `not judged${skippedWords(now)}`)]
  if (base === null) {
    return skipped
  }
  if (typeof base === 'string') {
    return [
      ...skipped,
      notJudged(file, `the images that this file specifies on the base branch are not known: ${base}`),
    ]
  }
  const judged = new Map(now.images.map(({ name, image }) => [name, image]))
  const gone = base.images.filter(({ name }) => !judged.has(name))
  const other = base.images.flatMap(({ name, image }) => {
    const its = judged.get(name)
    return its === undefined || repositoryOf(its) === repositoryOf(image)
      ? []
      : [`${name} (${image}, now ${its})`]
  })
  return [
    ...skipped,
    ...(gone.length === 0
      ? []
      : [
          notJudged(
            file,
            `not judged, because only the base branch specifies them: ${listed(gone.map(({ name, image }) => `${name} (${image})`))}`,
          ),
        ]),
    ...(other.length === 0
      ? []
      : [notJudged(file, `not judged, because this pull request replaces them: ${listed(other)}`)]),
  ]
}

function skippedWords({ skipped }: NamedImages): string {
  return skipped.length === 0 ? '' : `: ${listed(skipped.map(({ name, why }) => `${name} (${why})`))}`
}

function listed(texts: readonly string[]): string {
  const more = texts.length - MOST_TOLD
  return `${texts.slice(0, MOST_TOLD).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function bad(file: string, what: string, todo?: string): SeaworthyError {
  return new SeaworthyError({ code: 'bad-image-file', what, where: file, ...(todo ? { todo } : {}) })
}
