/**
 * What a check keeps in a folder of the cache directory that proves itself when it is read, by something outside the
 * cache: a hash that is signed or pinned. Only this may be carried by a cache that others write to.
 */
export interface KeptFiles {
  /** Below the cache directory. */
  readonly folder: string
  readonly names: RegExp
  /** How many there may be, and bytes of all of them. */
  readonly most: number
  readonly mostBytes: number
}
