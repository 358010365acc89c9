import type { ApplicationStatement } from '../../model/application.js'

const MiB = 1024 * 1024
const GiB = 1024 * MiB

/**
 * Limits for what an archive may make us do, in bytes and counts; an archive counts as hostile until it is read. gzip
 * cannot do better than 1032:1, so the ratio only stops zstd bombs (real layers stay below 100:1); the sums cover the
 * rest. Go's archive/tar, which the engine and Clair use, allows 1 MiB for extended headers.
 */
export const DEFAULT_LIMITS = {
  /** Uncompressed bytes of one layer, and of all layers of the archive. */
  layerBytes: 32 * GiB,
  allLayerBytes: 64 * GiB,
  /** Uncompressed to compressed bytes, checked once more than `ratioFromBytes` came out. */
  compressionRatio: 2000,
  ratioFromBytes: 100 * MiB,
  /** Headers in all layers together, and in the archive around them. */
  layerEntries: 5_000_000,
  archiveEntries: 200_000,
  /** An extended header (long name, pax records). */
  extendedHeaderBytes: MiB,
  /** One JSON document, and all of them. */
  jsonBytes: 8 * MiB,
  allJsonBytes: 64 * MiB,
  /**
   * A layer's table of contents for lazy pulling: its text, its bytes as stored (in memory), and the text of all. Some
   * 300 bytes a file, which shrink to 60: layers of 100,000 files.
   */
  tocBytes: 32 * MiB,
  packedTocBytes: 8 * MiB,
  allTocBytes: 128 * MiB,
  /** Indexes inside indexes, and descriptors in all of them. */
  indexDepth: 4,
  descriptors: 1000,
  /**
   * A dpkg database (a system with 5,000 packages has 6 MiB), any other file of interest, all of them in one layer, and
   * in the archive.
   */
  statusBytes: 16 * MiB,
  textBytes: MiB,
  layerTextBytes: 128 * MiB,
  allTextBytes: 256 * MiB,
  /** Characters of package databases after each layer that changes one: each state is read. */
  databaseCharacters: GiB,
  /** Files of interest in one layer. */
  filesOfInterest: 4096,
  /** setuid files, and whiteouts listed by name, in one layer. */
  listedPaths: 10_000,
  /** Lists of package files and of MD5 sums: two for each of the 100,000 packages that a database may have. */
  packageLists: 200_000,
  packageListBytes: 8 * MiB,
  /**
   * Programs and shared libraries whose MD5 sum is computed: size of one, and of all in the archive. Two thirds of a
   * small image's packages, read in 0.02 s.
   */
  summedProgramBytes: MiB / 32,
  summedLibraryBytes: MiB,
  sampledBytes: 32 * MiB,
  /** Characters of dpkg's lists of files that are kept: 2,000 packages with 200,000 files have 30 MiB. */
  packageListCharacters: 64 * MiB,
  /** Application packages in the archive: the largest workspaces of npm have some 20,000. */
  applicationStatements: 100_000,
  /** A jar that is in memory as a whole while it is read; one with a whole application has about 60 MiB. */
  jarBytes: 128 * MiB,
  /**
   * A larger one is read where the layer is stored: only its directory, and what is needed. The largest zip without
   * ZIP64.
   */
  storedJarBytes: 4 * GiB,
  /** Some seconds of work. For a stored file its bytes count too: a directory may name it again and again. */
  unpackedBytes: GiB,
  /**
   * Files behind hard links that are read again: each name costs its file. A store with all of npm's most used packages
   * has some 100 MiB of package.json.
   */
  linkedBytes: 4 * GiB,
  /**
   * Symbolic links in the archive, and files that one in `node_modules` may lead to: the largest workspaces of npm have
   * some 20,000 packages, some with several package.json.
   */
  packageLinks: 200_000,
  /** Programs in the archive: large images for machine learning have some 20,000. */
  programs: 200_000,
  /** A file that is searched for credentials, which passes in memory; and how many of them are kept. */
  credentialBytes: MiB,
  credentials: 2000,
  /** Size of programs whose SHA-256 is computed: a third of a second. */
  hashedBytes: 256 * MiB,
  /** Files named as well-known programs: with all branches of Python and releases of Node.js there are some hundred. */
  namedPrograms: 5000,
}

export type Limits = Readonly<typeof DEFAULT_LIMITS>

/** What was used so far, over the whole archive. */
export type Usage = ReturnType<typeof newUsage>

export function newUsage() {
  return {
    layerBytes: 0,
    layerEntries: 0,
    archiveEntries: 0,
    jsonBytes: 0,
    tocBytes: 0,
    textBytes: 0,
    packageLists: 0,
    sampledBytes: 0,
    packageListCharacters: 0,
    applicationStatements: 0,
    unpackedBytes: 0,
    linkedBytes: 0,
    packageLinks: 0,
    programs: 0,
    credentials: 0,
    namedPrograms: 0,
    /** Size and name of an archive of code -> SHA-256 -> what it says. */
    archives: new Map<string, Map<string, readonly ApplicationStatement[]>>(),
  }
}
