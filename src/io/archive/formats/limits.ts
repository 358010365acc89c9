import type { ApplicationStatement } from '../../../model/index.js'

const MiB = 1024 * 1024
const GiB = 1024 * MiB

/**
 * Limits in bytes and counts: an archive is not trusted until it has been verified. gzip cannot exceed
 * 1032:1, so the ratio only stops zstd bombs (real layers stay below 100:1); the totals cover the rest. Go's
 * archive/tar, which the engine and Clair use, allows 1 MiB for extended headers.
 */
export const DEFAULT_LIMITS = {
  /** Uncompressed bytes of one layer, and of all layers of the archive. */
  layerBytes: 32 * GiB,
  allLayerBytes: 64 * GiB,
  /** Ratio of uncompressed to compressed bytes; checked after `ratioFromBytes`. */
  compressionRatio: 2000,
  ratioFromBytes: 100 * MiB,
  /** Tar entries in all layers together, and in the archive that contains the layers. */
  layerEntries: 5_000_000,
  archiveEntries: 200_000,
  /** An extended header (long name, pax records). */
  extendedHeaderBytes: MiB,
  /** One JSON document, and all of them. */
  jsonBytes: 8 * MiB,
  allJsonBytes: 64 * MiB,
  /**
   * A layer's table of contents for lazy pulling: its text; its compressed bytes, which are kept in memory;
   * and the texts of all layers. Enough for 100,000 files of 300 bytes, which compress to 60.
   */
  tocBytes: 32 * MiB,
  packedTocBytes: 8 * MiB,
  allTocBytes: 128 * MiB,
  /** Indexes inside indexes, and descriptors in all of them. */
  indexDepth: 4,
  descriptors: 1000,
  /** A dpkg database (5,000 packages have 6 MiB); another file of interest; a layer's; and the archive's. */
  statusBytes: 16 * MiB,
  textBytes: MiB,
  layerTextBytes: 128 * MiB,
  allTextBytes: 256 * MiB,
  /** Characters of the package database in all layers that change it: each of its states is read. */
  databaseCharacters: GiB,
  /** In one layer. */
  filesOfInterest: 4096,
  /** setuid files, and whiteouts listed by name, in one layer. */
  listedPaths: 10_000,
  /** Path lists and md5sums: two for each of the 100,000 packages that a database may have. */
  packageLists: 200_000,
  packageListBytes: 8 * MiB,
  /**
   * Sizes whose MD5 sum is computed: of a program, a library, and all in the archive. They cover two thirds
   * of a small image's packages, in 0.02 s.
   */
  summedProgramBytes: MiB / 32,
  summedLibraryBytes: MiB,
  sampledBytes: 32 * MiB,
  /** Path lists and md5sums that are kept: 2,000 packages with 200,000 files have 30 MiB. */
  packageListCharacters: 64 * MiB,
  /** Application packages in the archive: the largest workspaces of npm have some 20,000. */
  applicationStatements: 100_000,
  /** A jar up to this size is read as a whole; of a larger one, only what is needed. */
  jarBytes: 8 * MiB,
  /** The largest zip without ZIP64. */
  storedJarBytes: 4 * GiB,
  /** Some seconds of work. Stored files of archives count too, since a directory may list one many times. */
  unpackedBytes: GiB,
  /** Read again, once per hard link. A store of npm's most used packages has 100 MiB of package.json. */
  linkedBytes: 4 * GiB,
  /**
   * Links, and files to which links in `node_modules` may lead: the largest workspaces have some 20,000
   * packages.
   */
  packageLinks: 200_000,
  /** Programs in the archive: large images for machine learning have some 20,000. */
  programs: 200_000,
  /** Size of a file that is searched for credentials, in memory; and how many credentials are kept. */
  credentialBytes: MiB,
  credentials: 2000,
  /** Total size of programs whose SHA-256 is computed: a third of a second. */
  hashedBytes: 256 * MiB,
  /** Files named as well-known programs: with all branches of Python and releases of Node.js there are some hundred. */
  namedPrograms: 5000,
}

export type Limits = Readonly<typeof DEFAULT_LIMITS>

/** What has been used of these limits so far, in the whole archive. */
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
    /** Size and name of a code archive -> its SHA-256 -> its statements. */
    archives: new Map<string, Map<string, readonly ApplicationStatement[]>>(),
  }
}
