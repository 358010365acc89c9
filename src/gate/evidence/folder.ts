import { join } from 'node:path'
import type * as z from 'zod'
import { listFolder, readInside, removePath, writeText } from '../../io/files/files.js'
import { ImageSchema, SeaworthyError } from '../../model/index.js'
import type { Collected } from '../collected.js'
import { tokenRedaction } from '../redact-token.js'
import { refuseLinks } from '../write-reports.js'
import { dockerfilesShape, type Index, indexShape } from './shape.js'

const INDEX_FILE = 'evidence.json'
const DOCKERFILES_FILE = 'dockerfiles.json'
const FORMAT_VERSION = 1
/**
 * Limit for a document, in bytes: Clair's report on an image with thousands of packages is larger than
 * anything people write.
 */
const MAX_DOCUMENT_BYTES = 512 * 2 ** 20

/**
 * Removes the evidence of an earlier run, and refuses a folder that has none and is not empty.
 * @param uploaded as in `removeReports`: then nothing else may be in the folder
 * @throws SeaworthyError `evidence-folder-in-use`, `folder-is-link`
 */
export function clearEvidence(folder: string, uploaded = false): void {
  refuseLinks(folder, 'save-evidence', uploaded)
  const entries = listFolder(folder)
  const isEvidenceName = (name: string) => name === INDEX_FILE || /^image-\d+$/.test(name)
  const otherFiles = entries.includes(INDEX_FILE) ? entries.filter((name) => !isEvidenceName(name)) : entries
  if (otherFiles.length > 0 && (uploaded || !entries.includes(INDEX_FILE))) {
    const what = `the evidence folder contains files that would get mixed up with the evidence: ${otherFiles[0]}`
    throw new SeaworthyError({ code: 'evidence-folder-in-use', what, where: folder })
  }
  for (const name of entries.filter(isEvidenceName)) {
    removePath(join(folder, name))
  }
}

/**
 * Saves evidence: evidence.json, and for each image a folder with image.json, dockerfiles.json if any, and a
 * folder per check with the documents as the tools printed them, except for secrets of the environment, which
 * are masked. Replaces existing evidence; refuses any other folder.
 */
export function saveEvidence(
  folder: string,
  today: string,
  collected: readonly Collected[],
  inputs: Readonly<Record<string, string>> = {},
): void {
  clearEvidence(folder)
  const redact = tokenRedaction()
  const write = (path: string, text: string) => writeText(path, redact(text))
  const index: Index = {
    format: FORMAT_VERSION,
    today,
    inputs: { ...inputs },
    images: collected.map(({ reference, image, problem, evidence, dockerfiles, platform, others }) => ({
      reference,
      platform,
      others: others && { ...others, notExamined: [...others.notExamined], skipped: [...others.skipped] },
      problem,
      opened: image !== null,
      dockerfiles: dockerfiles.length,
      evidence: evidence.map((item) => ({
        ...item,
        sources: [...item.sources],
        documents: Object.keys(item.documents).sort(),
      })),
    })),
  }
  for (const [imageNumber, { image, evidence, dockerfiles }] of collected.entries()) {
    const imageFolder = join(folder, `image-${imageNumber}`)
    if (image) {
      write(join(imageFolder, 'image.json'), JSON.stringify(image))
    }
    if (dockerfiles.length > 0) {
      write(join(imageFolder, DOCKERFILES_FILE), JSON.stringify(dockerfiles))
    }
    for (const { check, documents } of evidence) {
      for (const [name, text] of Object.entries(documents)) {
        write(join(imageFolder, check, name), text)
      }
    }
  }
  write(join(folder, INDEX_FILE), `${JSON.stringify(index, null, 1)}\n`)
}

/** Reads evidence that `saveEvidence` wrote. Throws `evidence-unreadable`. */
export function loadEvidence(folder: string): {
  readonly today: string
  /** The inputs of the run; evidence of older versions has none. */
  readonly inputs: ReadonlyMap<string, string>
  readonly collected: readonly Collected[]
} {
  const index = parse(folder, INDEX_FILE, indexShape)
  const collected = index.images.map(
    ({ reference, problem, opened, evidence, dockerfiles, platform, others }, imageNumber): Collected => {
      const imageFolder = join(folder, `image-${imageNumber}`)
      const documentsOf = ({ check, documents }: Index['images'][number]['evidence'][number]) =>
        documents.map((name) => [name, readDocument(join(imageFolder, safeName(check)), safeName(name))])
      return {
        reference,
        problem,
        image: opened ? parse(imageFolder, 'image.json', ImageSchema) : null,
        evidence: evidence.map((item) => ({ ...item, documents: Object.fromEntries(documentsOf(item)) })),
        dockerfiles: dockerfiles ? parse(imageFolder, DOCKERFILES_FILE, dockerfilesShape) : [],
        platform,
        others,
      }
    },
  )
  return { today: index.today, inputs: new Map(Object.entries(index.inputs ?? {})), collected }
}

/** Checks a name from a file that others may have written: it must not lead out of the evidence folder. */
function safeName(name: string): string {
  if (/^[a-z0-9][a-z0-9.-]*$/.test(name)) {
    return name
  }
  throw unreadable(INDEX_FILE, `${JSON.stringify(name)} is not a valid document name`)
}

function readDocument(folder: string, name: string): string {
  const text = readInside(join(folder, name), folder, MAX_DOCUMENT_BYTES)
  if (text === null) {
    throw unreadable(join(folder, name), 'it is missing')
  }
  return text
}

function parse<T>(folder: string, name: string, shape: z.ZodType<T>): T {
  let value: unknown
  try {
    value = JSON.parse(readDocument(folder, name))
  } catch (error) {
    if (error instanceof SeaworthyError) {
      throw error
    }
    throw unreadable(join(folder, name), 'it is not JSON')
  }
  const { success, error } = shape.safeParse(value)
  // The value itself, not the parsed one, so that members that this version does not know are kept.
  if (success) {
    return value as T
  }
  const [issue] = error.issues
  const why = `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not in the expected form'}`
  throw unreadable(join(folder, name), why)
}

function unreadable(path: string, why: string): SeaworthyError {
  const what = `saved evidence can't be read: ${why}`
  return new SeaworthyError({ code: 'evidence-unreadable', what, where: path })
}
