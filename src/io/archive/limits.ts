import type { ApplicationStatement } from '../../model/application.js'

/** Limits for what an archive may make us do, in bytes and counts; an archive counts as hostile until it is read. */
export interface Limits {
  /** Uncompressed bytes of one layer, and of all layers of the archive. */
  readonly layerBytes: number
  readonly allLayerBytes: number
  /** Uncompressed to compressed bytes, checked once more than `ratioFromBytes` came out. */
  readonly ratio: number
  readonly ratioFromBytes: number
  /** Headers in all layers together, and in the archive around them. */
  readonly layerEntries: number
  readonly archiveEntries: number
  /** An extended header (long name, pax records). */
  readonly extendedHeaderBytes: number
  /** One JSON document, and all of them. */
  readonly jsonBytes: number
  readonly allJsonBytes: number
  /** A layer's table of contents for lazy pulling: its text, its bytes as stored, and the text of all. */
  readonly tocBytes: number
  readonly packedTocBytes: number
  readonly allTocBytes: number
  /** Indexes inside indexes, and descriptors in all of them. */
  readonly indexDepth: number
  readonly descriptors: number
  /** A dpkg database, any other file of interest, all of them in one layer, and in the archive. */
  readonly statusBytes: number
  readonly textBytes: number
  readonly layerTextBytes: number
  readonly allTextBytes: number
  /** Characters of package databases after each layer that changes one: each state is read. */
  readonly databases: number
  /** Files of interest in one layer. */
  readonly filesOfInterest: number
  /** setuid files, and whiteouts listed by name, in one layer. */
  readonly listed: number
  /** Lists of package files and of MD5 sums in the archive, and bytes of one of them. */
  readonly records: number
  readonly recordBytes: number
  /** Programs and shared libraries whose MD5 sum is computed: size of one, and of all in the archive. */
  readonly programBytes: number
  readonly libraryBytes: number
  readonly sampledBytes: number
  /** Characters of dpkg's lists of files that are kept until all layers are known. */
  readonly listBytes: number
  /** Application packages in the archive; one archive of code in memory, or on disk; the unpacked size of all. */
  readonly applicationStatements: number
  readonly jarBytes: number
  readonly storedJarBytes: number
  readonly unpackedBytes: number
  /** Bytes of files behind hard links that are read again under another name. */
  readonly linkedBytes: number
  /** Symbolic links in the archive, and files that one in `node_modules` may lead to. */
  readonly packageLinks: number
  /** Programs in the archive, and the size of those whose SHA-256 is computed. */
  readonly programs: number
  readonly hashedBytes: number
  /** Files in the archive that a well-known program's name is on, and that are programs. */
  readonly namedPrograms: number
}

const MiB = 1024 * 1024
const GiB = 1024 * MiB

/**
 * gzip cannot do better than 1032:1, so the ratio only stops zstd bombs (real layers stay below 100:1); the sums
 * cover the rest. Go's archive/tar, which the engine and Clair use, allows 1 MiB for extended headers.
 */
export const DEFAULT_LIMITS: Limits = {
  layerBytes: 32 * GiB,
  allLayerBytes: 64 * GiB,
  ratio: 2000,
  ratioFromBytes: 100 * MiB,
  layerEntries: 5_000_000,
  archiveEntries: 200_000,
  extendedHeaderBytes: MiB,
  jsonBytes: 8 * MiB,
  allJsonBytes: 64 * MiB,
  // Some 300 bytes a file, which shrink to 60: layers of 100,000 files. The stored bytes are in memory.
  tocBytes: 32 * MiB,
  packedTocBytes: 8 * MiB,
  allTocBytes: 128 * MiB,
  indexDepth: 4,
  descriptors: 1000,
  // A system with 5,000 packages has 6 MiB.
  statusBytes: 16 * MiB,
  textBytes: MiB,
  layerTextBytes: 128 * MiB,
  allTextBytes: 256 * MiB,
  databases: GiB,
  filesOfInterest: 4096,
  listed: 10_000,
  // Two for each of the 100,000 packages that a database may have.
  records: 200_000,
  recordBytes: 8 * MiB,
  // Two thirds of a small image's packages, read in 0.02 s.
  programBytes: MiB / 32,
  libraryBytes: MiB,
  sampledBytes: 32 * MiB,
  // 2,000 packages with 200,000 files have 30 MiB.
  listBytes: 64 * MiB,
  // The largest workspaces of npm have some 20,000.
  applicationStatements: 100_000,
  // A jar is in memory as a whole while it is read; one with a whole application has about 60 MiB.
  jarBytes: 128 * MiB,
  // A larger one is read where the layer is stored: only its directory, and what is needed. The largest zip without
  // ZIP64.
  storedJarBytes: 4 * GiB,
  // Some seconds of work. For a stored file its bytes count too: a directory may name it again and again.
  unpackedBytes: GiB,
  // Each name costs its file: a store with all of npm's most used packages has some 100 MiB of package.json.
  linkedBytes: 4 * GiB,
  // The largest workspaces of npm have some 20,000 packages, some with several package.json.
  packageLinks: 200_000,
  // Large images for machine learning have some 20,000.
  programs: 200_000,
  // A third of a second.
  hashedBytes: 256 * MiB,
  // An image with all branches of Python and all releases of Node.js has some hundred.
  namedPrograms: 5000,
}

/** What was used so far, over the whole archive. */
export interface Usage {
  layerBytes: number
  layerEntries: number
  archiveEntries: number
  jsonBytes: number
  tocBytes: number
  textBytes: number
  records: number
  sampledBytes: number
  listBytes: number
  applicationStatements: number
  unpackedBytes: number
  linkedBytes: number
  packageLinks: number
  programs: number
  namedPrograms: number
  /** Size and name of an archive of code -> SHA-256 -> what it says. */
  readonly archives: Map<string, Map<string, readonly ApplicationStatement[]>>
}

export function noUsage(): Usage {
  return {
    layerBytes: 0,
    layerEntries: 0,
    archiveEntries: 0,
    jsonBytes: 0,
    tocBytes: 0,
    textBytes: 0,
    records: 0,
    sampledBytes: 0,
    listBytes: 0,
    applicationStatements: 0,
    unpackedBytes: 0,
    linkedBytes: 0,
    packageLinks: 0,
    programs: 0,
    namedPrograms: 0,
    archives: new Map(),
  }
}
