import {
  type EndsOfLife,
  endsText,
  type Image,
  mergeLayers,
  readEnds,
  SeaworthyError,
} from '../../model/index.js'

/** The document with the end-of-life dates of the image's programs. */
export const ENDS = 'end-of-life.txt'

/** The programs that the image has, by our names. */
export function programsOfImage({ layers }: Pick<Image, 'layers'>): ReadonlySet<string> {
  return new Set(
    [...mergeLayers(layers).applications.values()].flatMap(({ file }) =>
      file.says.flatMap(({ kind, name }) => (kind === 'program' ? [name] : [])),
    ),
  )
}

export function endsDocument(ends: EndsOfLife, programs: ReadonlySet<string>): Record<string, string> {
  return { [ENDS]: endsText(ends, (name) => programs.has(name)) }
}

/** @returns `null` if there is none: the image has no programs @throws SeaworthyError `evidence-incomplete` */
export function readEndsDocument(documents: Readonly<Record<string, string>>): EndsOfLife | null {
  const text = Object.hasOwn(documents, ENDS) ? documents[ENDS] : undefined
  if (text === undefined) {
    return null
  }
  const ends = readEnds(text)
  if (ends === null) {
    const what = "a document in the evidence is not in Seaworthy's format"
    throw new SeaworthyError({ code: 'evidence-incomplete', what, where: ENDS })
  }
  return ends
}
