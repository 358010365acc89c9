import * as z from 'zod'
import { type TypeOf, text } from '../schemas.js'

export const DEBIAN_ARCHIVE = 'http://deb.debian.org/debian'
export const SECURITY_ARCHIVE = 'http://security.debian.org/debian-security'

export const AptSourceSchema = z.strictObject({
  uri: text.describe('Address above dists/, without a slash at the end'),
  suite: text,
  component: text,
  signedBy: text.describe('Keyring files or fingerprints, separated by commas'),
  style: z.enum(['deb822', 'one-line']).describe('How the image writes its own sources'),
})
/** A source of Debian's archive, as in sources.list(5). */
export type AptSource = TypeOf<typeof AptSourceSchema>

/** The source in the one-line style of sources.list(5). */
export function sourceLine({ uri, suite, component, signedBy }: AptSource): string {
  return `deb [signed-by=${signedBy}] ${uri} ${suite} ${component}`
}

/** The sources whose lines, as `sourceLine` writes them, are anywhere in a text. */
export function readSourceLines(text: string): AptSource[] {
  const found = text.matchAll(/\bdeb \[signed-by=([^\s\]']+)\] ([^\s']+) ([^\s']+) ([^\s']+)/g)
  return [...found]
    .map(([, signedBy = '', uri = '', suite = '', component = '']) => {
      return { uri, suite, component, signedBy, style: 'one-line' as const }
    })
    .filter(isSafeSource)
}

/** True if the source has only characters that need no quoting in a command: no user, no password. */
export function isSafeSource({ uri, suite, component, signedBy }: Omit<AptSource, 'style'>): boolean {
  return (
    /^https?:\/\/[A-Za-z0-9.:[\]-]+(?:\/[A-Za-z0-9._~+%/-]*)?$/.test(uri) &&
    [suite, component].every((part) => /^[a-z][a-z0-9-]*$/.test(part)) &&
    signedBy.split(',').every((part) => /^(?:\/[A-Za-z0-9._+/-]+|[0-9A-Fa-f]{16,64}!?)$/.test(part))
  )
}
