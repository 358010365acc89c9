import * as z from 'zod'
import {
  ACCOUNT_KINDS,
  type AccountKind,
  CREDENTIAL_KINDS,
  type CredentialKind,
  NOTED_CREDENTIAL_KINDS,
} from '../credentials/credential.js'
import { text, texts } from '../schemas.js'
import { describing, sectionIn } from './row.js'

type Kind = CredentialKind | AccountKind
type Rows = { readonly [One in Kind]: ReturnType<typeof rowOf> }

export function credentialRows(): Rows {
  const kinds: readonly Kind[] = [...CREDENTIAL_KINDS, ...NOTED_CREDENTIAL_KINDS, ...ACCOUNT_KINDS]
  return Object.fromEntries(kinds.map((kind) => [kind, rowOf(kind)])) as Rows
}

const NOTED_KINDS: ReadonlySet<string> = new Set([...NOTED_CREDENTIAL_KINDS, 'password-hash'])
const ACCOUNT_KIND_SET: ReadonlySet<string> = new Set(ACCOUNT_KINDS)

function rowOf(kind: Kind) {
  const isAccount = ACCOUNT_KIND_SET.has(kind)
  return describing({
    about: 'application',
    blocks: NOTED_KINDS.has(kind) ? 'never' : 'always',
    page: sectionIn('docs/findings/credentials.md'),
    details: DetailsSchema,
    name: isAccount ? 'Account' : 'Credential',
    help: isAccount
      ? 'Whoever reaches a login of this image can use such an account.'
      : 'Everyone who can pull the image has what is in its layers, deleted files too.',
    helpUri: null,
    todo: TODO[kind],
  })
}

const DetailsSchema = z.strictObject({
  count: text,
  paths: texts,
  fingerprints: texts.describe('Of each path in turn; "none" where there is none'),
  state: z
    .enum(['in-image', 'deleted'])
    .describe('in-image: a container sees the files; deleted: only whoever reads the layer does'),
})

export const NO_FINGERPRINT = 'none'

/**
 * Comes after the advice to replace or revoke the credential: once published it stays known, whatever is built next.
 */
const OUT_OF_LAYER =
  'take it out of the layer (multi-stage build, RUN --mount=type=secret, .dockerignore; deleting it in a later instruction is not enough), and rebuild'

const TODO: Readonly<Record<Kind, string>> = {
  'private-key': `Replace this key everywhere, ${OUT_OF_LAYER}`,
  'ssh-host-key': `Make the SSH server's keys when a container first starts, not in the image: ${OUT_OF_LAYER}`,
  keystore: `Replace the private key in this keystore everywhere, ${OUT_OF_LAYER}`,
  'cloud-credential': `Revoke this cloud credential, ${OUT_OF_LAYER}`,
  token: `Revoke this token, ${OUT_OF_LAYER}`,
  password: `Change this password, ${OUT_OF_LAYER}`,
  'encrypted-key': 'Check whether this key belongs in the image: only its password protects it',
  'snakeoil-key':
    'Make the key of ssl-cert when a container first starts: all containers of the image share it',
  'shell-history': 'Remove the history of a shell from the layer: commands may show more than they should',
  'git-folder': 'Keep .git out of the image with .dockerignore: it has all earlier versions of all files',
  'empty-password': 'Lock the account (passwd --lock), or set a password when a container starts',
  'second-root': 'Remove the second account with UID 0, or give it another UID',
  'password-hash': 'Check whether the account needs a password that everyone with the image can try to guess',
}
