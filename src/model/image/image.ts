import type { CredentialRecords } from '../credentials/credential.js'
import type { ApplicationRecords } from '../packages/application.js'
import type { ProgramRecords } from '../packages/programs.js'

/** A platform as in the OCI image specification (config `os`, `architecture`, `variant`). */
export interface Platform {
  readonly os: string
  readonly architecture: string
  readonly variant: string | null
}

/** A line of the image's history (OCI config `history`), oldest first. */
export interface HistoryLine {
  readonly createdBy: string | null
  readonly comment: string | null
  readonly created: string | null
  /** True if the instruction made no layer (OCI `empty_layer`). */
  readonly emptyLayer: boolean
}

/** A file with the setuid or setgid bit, as in CIS Docker 4.8, or with capabilities, some of which are as powerful. */
export interface SetuidFile {
  readonly path: string
  /** Permission bits, e.g. 0o4755. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** `cap_setuid`, as capabilities(7) names them; absent if it has none. */
  readonly capabilities?: readonly string[] | undefined
}

/**
 * What one layer has of the files that dpkg's status can be compared with: dpkg's own files for each package
 * (dpkg(1), FILES), changelogs, and a sample of programs. Names are below var/lib/dpkg: `info/libc6:amd64.list`,
 * `status.d/libc6.md5sums`. Program paths are those of a merged usr (`usr/bin/ls`, even if it is `bin/ls`).
 */
export interface PackageRecords {
  /** The lists of files and of MD5 sums that the layer has. */
  readonly holds: readonly string[]
  /** Files that the layer removes; `info` and `status.d` mean everything that lower layers have there. */
  readonly hides: readonly string[]
  /** Name of a list of MD5 sums -> path -> the sum in it, hexadecimal; only for the sample. */
  readonly sums: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Path -> MD5 sum of the file there; `null`: it was not read. */
  readonly programs: Readonly<Record<string, string | null>>
  /** Package -> the first entry of its changelog in usr/share/doc: `perl 5.36.0-7`, source package and version. */
  readonly changelogs: Readonly<Record<string, string>>
  /**
   * Name of a list that a layer above replaces or hides -> for some of its files that exist, how many, and how many
   * of them no layer above this one writes or hides. Absent if these were not looked for.
   */
  readonly outdated: Readonly<Record<string, { readonly files: number; readonly untouched: number }>>
  /**
   * Name of a list that a layer below has too -> what this layer adds to it; and name of a first list of MD5 sums ->
   * those of files that the list of files below does not have. Absent if these were not compared.
   */
  readonly grown?: Readonly<Record<string, AddedLines>>
  /**
   * Paths of files that every package of Debian has (`usr/share/doc/tar/copyright`), in any root, if none of dpkg's
   * lists has them. Absent if these were not looked for.
   */
  readonly documents?: readonly string[]
}

/** Lines that a layer adds to one of dpkg's lists. */
export interface AddedLines {
  readonly count: number
  /** The first few added lines: those that no layer had before, then those that an earlier layer had. */
  readonly lines: readonly string[]
  /** Index of an earlier layer -> how many of the added lines it was the last to have. */
  readonly again?: Readonly<Record<string, number>>
  /** How many of the lines state another MD5 sum for a file. */
  readonly changed?: number
}

/**
 * A table of contents (TOC) in a layer, from which an engine that pulls lazily makes the layer's files. It lists what
 * the layer's tar does.
 */
export interface LayerToc {
  readonly format: 'eStargz' | 'zstd:chunked'
  /** SHA-256 of its text, and of its bytes as they are stored, `sha256:<hex>`. */
  readonly digest: string
  readonly packed: string
  /** Position of the TOC in the stored layer; for zstd:chunked as the manifest's annotation states it. */
  readonly position: string
}

/**
 * What one layer contains, as far as Seaworthy reads it. Paths are relative to the root, without a leading slash. Facts
 * of single layers are merged in RootFS order by `mergeLayers` (model/image/layers.ts).
 */
export interface LayerFacts {
  /** SHA-256 of the uncompressed tar, `sha256:<hex>`: the only name of a layer that is the same in every engine. */
  readonly diffId: string
  /** Bytes of the uncompressed tar. */
  readonly size: number
  /** Text of each file of interest in this layer. */
  readonly files: Readonly<Record<string, string>>
  /** Paths of interest (or their parents) that are a link, a device, too large …, with the reason in words. */
  readonly unreadable: Readonly<Record<string, string>>
  /** Paths that this layer removes (OCI whiteouts), or replaces with something that is not a directory. */
  readonly removed: readonly string[]
  /** Directories that this layer makes opaque (`.wh..wh..opq`). */
  readonly opaque: readonly string[]
  readonly setuid: readonly SetuidFile[]
  /** Absent in older evidence: not examined. */
  readonly records?: PackageRecords | undefined
  /** Absent in older evidence, like `records`. */
  readonly applications?: ApplicationRecords | undefined
  /** Absent if the layer, as it was stored where it was read, has none. */
  readonly toc?: LayerToc | undefined
  readonly programs?: ProgramRecords | undefined
  /** Absent: the layer was not searched for them. */
  readonly credentials?: CredentialRecords | undefined
}

/** The image that is judged, as data that can be saved and read again. */
export interface Image {
  /** The image as the user named it: a reference or the path of an archive. */
  readonly reference: string
  /** SHA-256 of the config JSON. An engine's own id differs on the containerd store. */
  readonly digest: string
  readonly platform: Platform
  /** The OCI image config, parsed and not changed. */
  readonly config: Readonly<Record<string, unknown>>
  readonly history: readonly HistoryLine[]
  /** In RootFS order, oldest first. */
  readonly layers: readonly LayerFacts[]
}

/** `linux/amd64`, `linux/arm/v7`: in the form of Docker's `--platform`. */
export function platformName({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter((part) => part !== null).join('/')
}
