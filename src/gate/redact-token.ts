import { secretValues } from '../model/index.js'

/** Tokens are recognized by these prefixes alone (src/checks/docker-bench/builtin/secrets.ts). */
const FORM =
  /^(?:gh[pousr]_|github_pat_|gl[a-z]{2,4}-|xox[a-z]-|npm_|pypi-AgE|dckr_[a-z]{3}_|AIza|A[KS]IA|eyJ)/

/**
 * Masks the secrets of an environment in documents that are written whole and judged again. So the replacement has
 * the same form as the secret; otherwise the secret would no longer be found in an image that contains it. Values
 * that may be ordinary words of the documents (only lower-case letters) stay. The login of git, as a checkout keeps
 * it (HTTP's Basic, RFC 7617), is masked too.
 */
export function tokenRedaction(environment: NodeJS.ProcessEnv = process.env): (text: string) => string {
  const tokens = secretValues(Object.entries(environment)).filter((value) => /[^a-z./_-]/.test(value))
  const secrets = tokens.flatMap((token) => [base64(`x-access-token:${token}`), base64(token), token])
  return (text) => secrets.reduce((all, secret) => all.replaceAll(secret, replacementFor(secret)), text)
}

function replacementFor(secret: string): string {
  const form = FORM.exec(secret)?.[0] ?? ''
  const rest = secret.slice(form.length)
  return form + rest.replace(/[a-z]/g, 'x').replace(/[A-Z]/g, 'X').replace(/[0-9]/g, '0')
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
