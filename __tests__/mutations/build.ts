import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keptImage } from '../live/kept-image.js'
import { docker, newFolder } from '../live/support.js'
import { RECIPES } from './images.js'
import type { ImageName, Mutation } from './mutation.js'
import { removeBuilders } from './tools/debian.js'
import { kept } from './tools/kept.js'

const made = new Set<string>()
const contexts = new Map<ImageName, string>()

export function removeMutated(): void {
  remove([...made].reverse())
  removeBuilders()
}

export function remove(images: readonly string[]): void {
  for (const image of images) {
    docker('rmi', '-f', image)
    made.delete(image)
  }
}

/** Builds an image, unchanged or with one mutation. */
export function build(name: ImageName, mutation?: Mutation): string {
  const recipe = RECIPES[name]
  const context = contextOf(name)
  const own = newFolder()
  mutation?.files?.(own)
  const label = mutation?.id.replaceAll('/', '-') ?? 'unchanged'
  let last = debianOf(name)
  if (mutation?.lower) {
    last = taggedOnce(`${label}-lower`, [`FROM ${last}`, ...mutation.lower], own)
  }
  const isOwn = mutation?.lower !== undefined || mutation?.without !== undefined
  last = taggedOnce(
    isOwn ? `${label}-application` : `${name}-application`,
    [`FROM ${last}`, ...recipe.application.filter((line) => !isLeftOut(line, mutation))],
    context,
  )
  return mutation?.lines
    ? taggedOnce(label, [`FROM ${last}`, ...mutation.lines], own, mutation.buildArguments)
    : last
}

const debianOf = (name: ImageName): string => keptImage(`mutations-${name}`, RECIPES[name].debian)

function isLeftOut(line: string, mutation?: Mutation): boolean {
  return mutation?.without?.some((keyword) => line.startsWith(`${keyword} `)) ?? false
}

/** The files of an image are made once: the application layers of all its mutations are the same. */
function contextOf(name: ImageName): string {
  const known = contexts.get(name)
  if (known !== undefined) {
    return known
  }
  const folder = join(newFolder(), name)
  const { files, program } = RECIPES[name]
  if (program === null) {
    mkdirSync(folder)
    files(folder)
  } else {
    cpSync(kept(`${name}-files`, [String(files), program], files), folder, { recursive: true })
  }
  contexts.set(name, folder)
  return folder
}

function taggedOnce(
  label: string,
  lines: readonly string[],
  context: string,
  buildArguments: readonly string[] = [],
): string {
  const tag = `seaworthy-test/mutation-${label}-${process.pid}:1`
  if (!made.has(tag)) {
    writeFileSync(join(context, 'Dockerfile'), `${lines.join('\n')}\n`)
    docker('build', '-q', ...buildArguments.flatMap((one) => ['--build-arg', one]), '-t', tag, context)
    made.add(tag)
  }
  return tag
}
