/**
 * Credentials in the files of an image's layers. A secret's value is never stored: this data goes into evidence,
 * reports and logs.
 */

/** Kinds of credentials: anyone who has the layer can use them. */
export const CREDENTIAL_KINDS = [
  'private-key',
  // A key that was made when its package was installed: everyone who has the image has the same key.
  'ssh-host-key',
  'keystore',
  'cloud-credential',
  'token',
  'password',
] as const
/** Kinds that do no harm by themselves, but seldom belong in an image. */
export const NOTED_CREDENTIAL_KINDS = [
  'encrypted-key',
  'snakeoil-key',
  'shell-history',
  'git-folder',
] as const
/** Kinds of findings about accounts in passwd(5) and shadow(5); the last kind is only noted. */
export const ACCOUNT_KINDS = ['empty-password', 'second-root', 'password-hash'] as const
export type AccountKind = (typeof ACCOUNT_KINDS)[number]

export type CredentialKind = (typeof CREDENTIAL_KINDS)[number] | (typeof NOTED_CREDENTIAL_KINDS)[number]

export interface Credential {
  readonly kind: CredentialKind
  /** For people: `RSA private key`, `GitHub token`, `password of registry.example`. Text from outside, shortened. */
  readonly what: string
  /**
   * Identifies the credential, wherever else it is. For a key, of its public half: `SHA256:` and base64 as of
   * ssh-keygen(1) for SSH, of the SubjectPublicKeyInfo (RFC 5280) for others. For a token of at least 20 random
   * characters: 16 hexadecimal digits of SHA-256 over kind and value. `null`: a password, which could be guessed from
   * a hash, or a key whose public half is not readable.
   */
  readonly fingerprint: string | null
  /** Line number, from 1; `null`: the file has no lines. */
  readonly line: number | null
}

/** A file of a layer, with what was found in it. */
export interface CredentialFile {
  readonly found: readonly Credential[]
  /** Whether a package of dpkg's lists states this MD5 sum for it. */
  readonly isOfPackage: boolean
  /** Whether a later entry of the same layer replaces it: it is in the layer all the same. */
  readonly isReplaced: boolean
}

/** A line of passwd(5) or shadow(5) about an account that matters here. */
export interface Account {
  readonly name: string
  readonly uid: number | null
  /**
   * `empty`: whoever knows the name may log in. `hashed`: it has a password. `locked`: nobody can log in by a
   * password. `shadow`: shadow(5) has it (in a line of passwd(5)).
   */
  readonly password: 'empty' | 'hashed' | 'locked' | 'shadow'
}

/** Files that were not searched for credentials. */
export interface Unread {
  readonly files: number
  readonly bytes: number
}

/** Credentials and accounts in the files of one layer. */
export interface CredentialRecords {
  /**
   * Path -> the files that the layer has there, last one first; also those that this or a later layer deletes or
   * replaces.
   */
  readonly files: Readonly<Record<string, readonly CredentialFile[]>>
  /** By path: `etc/passwd`, `etc/shadow`. */
  readonly accounts: Readonly<Record<string, readonly Account[]>>
  /** Files that were not searched: larger texts, archives and binaries, unless a package lists them. */
  readonly unread: Unread
  /** Why not all credentials of the layer are listed; `null`: all are. */
  readonly cut: string | null
}
