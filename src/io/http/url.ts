import { percentDecoded } from '../../model/index.js'

const SECRET_NAME = /token|key|sig|secret|pass|pwd|auth|cred/i

/**
 * A URL that may be shown: without user and password, and without values of query parameters that look like secrets
 * (signed URLs). Anything that is not a URL is returned without the text between `//` and `@`.
 */
export function redactUrl(text: string): string {
  const url = URL.parse(text)
  if (url === null || url.host === '') {
    return text.replace(/\/\/[^/@\s]*@/g, '//')
  }
  url.username = ''
  url.password = ''
  for (const name of [...url.searchParams.keys()]) {
    if (SECRET_NAME.test(name)) {
      url.searchParams.set(name, '***')
    }
  }
  return url.href
}

/** `Authorization` for the credentials in a URL (RFC 7617), which are removed from it; `null` if it has none. */
export function authorizationOf(url: URL): string | null {
  if (url.username === '' && url.password === '') {
    return null
  }
  const pair = `${decoded(url.username)}:${decoded(url.password)}`
  url.username = ''
  url.password = ''
  return `Basic ${Buffer.from(pair).toString('base64')}`
}

/** A stray % stands for itself. */
function decoded(text: string): string {
  return percentDecoded(text) ?? text
}
