import * as z from 'zod'
import type { Stanza } from '../../../debian/control.js'
import { SUITE_PLACES } from '../../../inventory/provenance/origin/rule.js'
import { documentIn, type Evidence, neededDocument, neededText } from '../../../model/index.js'
import { COMPONENTS } from './mirrors.js'
import { indexStanzas } from './stanzas.js'

const nullableText = z.string().nullable()
const problem = z.object({ code: z.string(), what: z.string(), where: z.string(), todo: z.string() })

const SUITE = z.object({
  suite: z.string(),
  archive: z.enum(['main', 'security']),
  url: z.string(),
  release: z.object({
    origin: nullableText,
    label: nullableText,
    suite: nullableText,
    codename: nullableText,
    version: nullableText,
    date: z.string(),
    validUntil: nullableText,
    notAutomatic: z.boolean(),
    butAutomaticUpgrades: z.boolean(),
  }),
  indexes: z.array(
    z.object({
      // Only Debian's own components are valid, since the text becomes part of a command.
      component: z.enum(COMPONENTS),
      architecture: z.string(),
      rows: z.number(),
      document: z.string(),
      /** Source packages of the image from which it has a newer version, but only under other names. */
      underOtherNames: z.record(z.string(), z.string()).optional(),
    }),
  ),
})

const ANSWERS = z.array(
  z.object({
    suite: z.string(),
    url: z.string(),
    date: nullableText,
    outcome: z.string(),
    detail: nullableText,
  }),
)

/** Suites beyond the release's own, how each relates to the image, and the release whose tracker rows cover it. */
const OTHER_SUITE_SCHEMA = z.object({
  suites: z.array(SUITE.extend({ place: z.enum(SUITE_PLACES), row: z.string() })),
  unread: z.array(z.object({ suite: z.string(), why: z.string() })),
})

const ARCHIVE = z.object({
  codename: z.string(),
  architectures: z.object({ native: z.string().min(1), foreign: z.array(z.string()) }),
  /** Every mirror that was asked for a suite, and the date that it proved. */
  asked: ANSWERS,
  /** Mirrors that only the image names. */
  notAsked: z.array(z.string()),
  suites: z.array(SUITE),
  failed: z.array(z.object({ suite: z.string(), problem })),
  elsewhere: OTHER_SUITE_SCHEMA,
  stable: z.object({ codename: z.string(), from: z.string() }).nullable(),
  support: z.object({
    state: z.enum(['unreleased', 'supported', 'lts', 'end-of-life', 'unknown']),
    row: z.object({ eol: nullableText, eolLts: nullableText, released: nullableText }).nullable(),
  }),
})

/** archive.json: what Debian's archive answered, as `collect` recorded it. */
export type ArchiveDocument = z.infer<typeof ARCHIVE>
export type ArchiveSuite = ArchiveDocument['suites'][number]

/** @throws SeaworthyError `evidence-incomplete` */
export function readArchive({ documents }: Evidence): ArchiveDocument {
  return neededDocument(documents, 'archive.json', ARCHIVE)
}

/**
 * The problem that a document describes, as text; `null` if there is none.
 * @throws SeaworthyError `evidence-incomplete`
 */
export function readProblemDocument({ documents }: Evidence, name: string): string | null {
  return documentIn(documents, name, z.object({ what: z.string() }))?.what ?? null
}

/** The stanzas of an index. @throws SeaworthyError `evidence-incomplete`, `archive-index-broken` */
export function readPackagesDocument({ documents }: Evidence, name: string): Stanza[] {
  return indexStanzas(neededText(documents, name), name)
}
