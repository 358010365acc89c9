/** A package that dpkg calls installed (deb822(5) stanza of a status file), with its source package. */
export interface InstalledPackage {
  readonly name: string
  readonly version: string
  readonly architecture: string
  /** `Source:` without its version; the package's own name if there is none. */
  readonly source: string
  /** The version in `Source: name (version)`; the package's own if there is none. */
  readonly sourceVersion: string
  /** The three words of `Status:` (dpkg(1)); files in `status.d` have none and count as `install ok installed`. */
  readonly want: string
  readonly flag: string
  readonly state: string
  /** Path of the status file, such as var/lib/dpkg/status. */
  readonly database: string
  /** True if dpkg or apt refuses to remove it (`Essential`, apt's `Protected`); absent otherwise. */
  readonly essential?: true
}
