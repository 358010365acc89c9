import * as z from 'zod'
import { CredentialRecordsSchema } from '../credentials/credential.js'
import { ApplicationRecordsSchema } from '../packages/application.js'
import { ProgramRecordsSchema } from '../packages/programs.js'
import { type TypeOf, text, textOrNull, texts } from '../schemas.js'

const PlatformSchema = z.object({ os: text, architecture: text, variant: textOrNull })
/** A platform as in the OCI image specification (config `os`, `architecture`, `variant`). */
export type Platform = TypeOf<typeof PlatformSchema>

const HistoryLineSchema = z.object({
  createdBy: textOrNull,
  comment: textOrNull,
  created: textOrNull,
  /** True if the instruction made no layer (OCI `empty_layer`). */
  emptyLayer: z.boolean(),
})
/** A line of the image's history (OCI config `history`), oldest first. */
export type HistoryLine = TypeOf<typeof HistoryLineSchema>

const SetuidFileSchema = z.object({
  path: text,
  /** Permission bits, e.g. 0o4755. */
  mode: z.number(),
  uid: z.number(),
  gid: z.number(),
  /** `cap_setuid`, as capabilities(7) names them; absent if it has none. */
  capabilities: texts.optional(),
})
/** A file with the setuid or setgid bit, as in CIS Docker 4.8, or with capabilities, some of which are as powerful. */
export type SetuidFile = TypeOf<typeof SetuidFileSchema>

const AddedLinesSchema = z.object({
  count: z.number(),
  /** The first few added lines: those that no layer had before, then those that an earlier layer had. */
  lines: texts,
  /** Index of an earlier layer -> how many of the added lines it was the last to have. */
  again: z.record(text, z.number()).exactOptional(),
  /** How many of the lines state another MD5 sum for a file. */
  changed: z.number().exactOptional(),
})
/** Lines that a layer adds to one of dpkg's lists. */
export type AddedLines = TypeOf<typeof AddedLinesSchema>

const PackageRecordsSchema = z.object({
  /** The lists of files and of MD5 sums that the layer has. */
  holds: texts,
  /** Files that the layer removes; `info` and `status.d` mean everything that lower layers have there. */
  hides: texts,
  /** Name of a list of MD5 sums -> path -> the sum in it, hexadecimal; only for the sample. */
  sums: z.record(text, z.record(text, text)),
  /** Path -> MD5 sum of the file there; `null`: it was not read. */
  programs: z.record(text, textOrNull),
  /** Package -> the first entry of its changelog in usr/share/doc: `perl 5.36.0-7`, source package and version. */
  changelogs: z.record(text, text),
  /**
   * Name of a list that a layer above replaces or hides -> for some of its files that exist, how many, and how many
   * of them no layer above this one writes or hides. Absent if these were not looked for.
   */
  outdated: z.record(text, z.object({ files: z.number(), untouched: z.number() })),
  /**
   * Name of a list that a layer below has too -> what this layer adds to it; and name of a first list of MD5 sums ->
   * those of files that the list of files below does not have. Absent if these were not compared.
   */
  grown: z.record(text, AddedLinesSchema).exactOptional(),
  /**
   * Paths of files that every package of Debian has (`usr/share/doc/tar/copyright`), in any root, if none of dpkg's
   * lists has them. Absent if these were not looked for.
   */
  documents: texts.exactOptional(),
})
/**
 * What one layer has of the files that dpkg's status can be compared with: dpkg's own files for each package
 * (dpkg(1), FILES), changelogs, and a sample of programs. Names are below var/lib/dpkg: `info/libc6:amd64.list`,
 * `status.d/libc6.md5sums`. Program paths are those of a merged usr (`usr/bin/ls`, even if it is `bin/ls`).
 */
export type PackageRecords = TypeOf<typeof PackageRecordsSchema>

const LayerTocSchema = z.object({
  format: z.enum(['eStargz', 'zstd:chunked']),
  /** SHA-256 of its text, and of its bytes as they are stored, `sha256:<hex>`. */
  digest: text,
  packed: text,
  /** Position of the TOC in the stored layer; for zstd:chunked as the manifest's annotation states it. */
  position: text,
})
/**
 * A table of contents (TOC) in a layer, from which an engine that pulls lazily makes the layer's files. It lists what
 * the layer's tar does.
 */
export type LayerToc = TypeOf<typeof LayerTocSchema>

const LayerFactsSchema = z.object({
  /** SHA-256 of the uncompressed tar, `sha256:<hex>`: the only name of a layer that is the same in every engine. */
  diffId: text,
  /** Bytes of the uncompressed tar. */
  size: z.number(),
  /** Text of each file of interest in this layer. */
  files: z.record(text, text),
  /** Paths of interest (or their parents) that are a link, a device, too large …, with the reason in words. */
  unreadable: z.record(text, text),
  /** Paths that this layer removes (OCI whiteouts), or replaces with something that is not a directory. */
  removed: texts,
  /** Directories that this layer makes opaque (`.wh..wh..opq`). */
  opaque: texts,
  setuid: z.array(SetuidFileSchema),
  /** Absent in older evidence: not examined. */
  records: PackageRecordsSchema.optional(),
  /** Absent in older evidence, like `records`. */
  applications: ApplicationRecordsSchema.optional(),
  /** Absent if the layer, as it was stored where it was read, has none. */
  toc: LayerTocSchema.optional(),
  programs: ProgramRecordsSchema.optional(),
  /** Absent: the layer was not searched for them. */
  credentials: CredentialRecordsSchema.optional(),
})
/**
 * What one layer contains, as far as Seaworthy reads it. Paths are relative to the root, without a leading slash. Facts
 * of single layers are merged in RootFS order by `mergeLayers` (model/image/layers.ts).
 */
export type LayerFacts = TypeOf<typeof LayerFactsSchema>

export const ImageSchema = z.object({
  /** The image as the user named it: a reference or the path of an archive. */
  reference: text,
  /**
   * The name, with its tag, that an archive on disk has for it, which anybody may have written: no policy may depend on
   * it. Absent if the archive has none, and for an image that `reference` names.
   */
  nameInArchive: text.exactOptional(),
  /** SHA-256 of the config JSON. An engine's own id differs on the containerd store. */
  digest: text,
  platform: PlatformSchema,
  /** The OCI image config, parsed and not changed. */
  config: z.record(text, z.unknown()),
  history: z.array(HistoryLineSchema),
  /** In RootFS order, oldest first. */
  layers: z.array(LayerFactsSchema),
})
/** The image that is judged, as data that can be saved and read again. */
export type Image = TypeOf<typeof ImageSchema>

/** `linux/amd64`, `linux/arm/v7`: in the form of Docker's `--platform`. */
export function platformName({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter((part) => part !== null).join('/')
}
