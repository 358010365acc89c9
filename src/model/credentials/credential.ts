import * as z from 'zod'
import { type TypeOf, text, textOrNull } from '../schemas.js'

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

const CredentialSchema = z.object({
  kind: z.enum([...CREDENTIAL_KINDS, ...NOTED_CREDENTIAL_KINDS]),
  /** For people: `RSA private key`, `GitHub token`, `password of registry.example`. Text from outside, shortened. */
  what: text,
  /**
   * Identifies the credential, wherever else it is. For a key, of its public half: `SHA256:` and base64 as of
   * ssh-keygen(1) for SSH, of the SubjectPublicKeyInfo (RFC 5280) for others. For a token of at least 20 random
   * characters: 16 hexadecimal digits of SHA-256 over kind and value. `null`: a password, which could be guessed from
   * a hash, or a key whose public half is not readable.
   */
  fingerprint: textOrNull,
  /** From 1; `null`: the file has no lines. */
  line: z.int().nullable(),
})
export type Credential = TypeOf<typeof CredentialSchema>
export type CredentialKind = Credential['kind']

const CredentialFileSchema = z.object({
  found: z.array(CredentialSchema),
  /** Whether a package of dpkg's lists states this MD5 sum for it. */
  isOfPackage: z.boolean(),
  /** Whether a later entry of the same layer replaces it: it is in the layer all the same. */
  isReplaced: z.boolean(),
})
/** A file of a layer, with what was found in it. */
export type CredentialFile = TypeOf<typeof CredentialFileSchema>

const AccountSchema = z.object({
  name: text,
  uid: z.int().nullable(),
  /**
   * `empty`: whoever knows the name may log in. `hashed`: it has a password. `locked`: nobody can log in by a
   * password. `shadow`: shadow(5) has it (in a line of passwd(5)).
   */
  password: z.enum(['empty', 'hashed', 'locked', 'shadow']),
})
/** A line of passwd(5) or shadow(5) about an account that matters here. */
export type Account = TypeOf<typeof AccountSchema>

const UnreadSchema = z.object({ files: z.int(), bytes: z.int() })
/** Files that were not searched for credentials. */
export type Unread = TypeOf<typeof UnreadSchema>

export const CredentialRecordsSchema = z.object({
  /**
   * Path -> the files that the layer has there, last one first; also those that this or a later layer deletes or
   * replaces.
   */
  files: z.record(text, z.array(CredentialFileSchema)),
  /** By path: `etc/passwd`, `etc/shadow`. */
  accounts: z.record(text, z.array(AccountSchema)),
  /** Larger texts, archives and binaries, unless a package lists them. */
  unread: UnreadSchema,
  /** Why not all credentials of the layer are listed; `null`: all are. */
  cut: textOrNull,
})
/** Credentials and accounts in the files of one layer. */
export type CredentialRecords = TypeOf<typeof CredentialRecordsSchema>
