import { join } from 'node:path'
import type { CheckId, Evidence } from './core/evidence.js'
import type { Image } from './core/image.js'
import { type Problem, SeaworthyError } from './core/problem.js'
import type { Collected } from './decide.js'
import { listFolder, readText, removePath, writeText } from './io/files.js'

const INDEX = 'evidence.json'
const FORMAT = 1

interface Index {
  readonly format: number
  readonly today: string
  readonly images: readonly {
    readonly reference: string
    readonly problem: Problem | null
    readonly opened: boolean
    readonly evidence: readonly (Omit<Evidence, 'documents'> & { readonly documents: readonly string[] })[]
  }[]
}

/**
 * Saves evidence: evidence.json, and for each image a folder with image.json and a folder for each check with
 * the documents as the tools printed them. Replaces evidence that lies there; refuses any other folder.
 */
export function saveEvidence(folder: string, today: string, collected: readonly Collected[]): void {
  const there = listFolder(folder)
  if (there.length > 0 && !there.includes(INDEX)) {
    throw new SeaworthyError({
      code: 'evidence-folder-in-use',
      what: 'the folder for evidence holds other files, which would be mixed up with it',
      where: folder,
      todo: 'name a new or an empty folder with save-evidence',
    })
  }
  for (const name of there) {
    if (name === INDEX || /^image-\d+$/.test(name)) removePath(join(folder, name))
  }
  const index: Index = {
    format: FORMAT,
    today,
    images: collected.map(({ reference, image, problem, evidence }) => ({
      reference,
      problem,
      opened: image !== null,
      evidence: evidence.map((one) => ({ ...one, documents: Object.keys(one.documents).sort() })),
    })),
  }
  for (const [number, { image, evidence }] of collected.entries()) {
    const home = join(folder, `image-${number}`)
    if (image) writeText(join(home, 'image.json'), JSON.stringify(image))
    for (const { check, documents } of evidence) {
      for (const [name, text] of Object.entries(documents)) writeText(join(home, check, name), text)
    }
  }
  writeText(join(folder, INDEX), `${JSON.stringify(index, null, 1)}\n`)
}

/** Reads evidence that `saveEvidence` wrote. Throws `evidence-unreadable`. */
export function loadEvidence(folder: string): { today: string; collected: readonly Collected[] } {
  const index = parse<Index>(folder, INDEX)
  if (index.format !== FORMAT) {
    throw unreadable(
      join(folder, INDEX),
      `it has format ${String(index.format)}, and ${FORMAT} is known here`,
    )
  }
  const collected = index.images.map(({ reference, problem, opened, evidence }, number): Collected => {
    const home = join(folder, `image-${number}`)
    return {
      reference,
      problem,
      image: opened ? parse<Image>(home, 'image.json') : null,
      evidence: evidence.map(
        (one): Evidence => ({ ...one, documents: documentsOf(home, one.check, one.documents) }),
      ),
    }
  })
  return { today: index.today, collected }
}

function documentsOf(home: string, check: CheckId, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, textOf(join(home, plain(check)), plain(name))]))
}

/** A name from a file that others may have written: it must not lead out of its folder. */
function plain(name: string): string {
  if (/^[a-z0-9][a-z0-9.-]*$/.test(name)) return name
  throw unreadable(INDEX, `${JSON.stringify(name)} is no name of a document`)
}

function textOf(folder: string, name: string): string {
  const text = readText(join(folder, name))
  if (text === null) throw unreadable(join(folder, name), 'it is missing')
  return text
}

function parse<T>(folder: string, name: string): T {
  try {
    return JSON.parse(textOf(folder, name)) as T
  } catch (error) {
    if (error instanceof SeaworthyError) throw error
    throw unreadable(join(folder, name), 'it is not JSON')
  }
}

function unreadable(path: string, why: string): SeaworthyError {
  return new SeaworthyError({
    code: 'evidence-unreadable',
    what: `saved evidence can't be read: ${why}`,
    where: path,
    todo: 'name a folder that save-evidence wrote, whole and unchanged',
  })
}
