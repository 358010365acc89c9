/**
 * Files that a check keeps in a folder of the cache directory and that are verified when they are read, by something
 * outside the cache: a signed or pinned hash. Only these may go into a cache that others write to.
 */
export interface KeptFiles {
  /** Below the cache directory. */
  readonly folder: string
  readonly names: RegExp
  /** How many there may be, and bytes of all of them. */
  readonly maxEntries: number
  readonly mostBytes: number
}
