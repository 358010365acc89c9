import { masked, type VerdictLayer } from '../model/index.js'
import { redact } from './docker-bench/builtin/secrets.js'

/** In characters. */
const MAX_LOG_LENGTH = 100_000

/**
 * What a container printed, without the secrets passed to it, and without anything that looks like one. Done before
 * anything is truncated.
 * @param variables of its environment, `NAME=value`
 */
export function maskedOutput(text: string, variables: readonly string[]): string {
  const environment = variables.map((one): [string, string] => {
    const at = one.indexOf('=')
    return [one.slice(0, at), one.slice(at + 1)]
  })
  return redact(
    masked(text.slice(-MAX_LOG_LENGTH), environment).replace(
      /-----BEGIN [^-]*-----[\s\S]*?(-----END|$)/g,
      '***',
    ),
  )
}

/** The layers of a verdict as reports show them: the command that made a layer may contain a secret, as of a build argument. */
export function maskedLayers(layers: readonly VerdictLayer[]): readonly VerdictLayer[] {
  return layers.map(({ createdBy, ...layer }) => ({
    ...layer,
    createdBy: createdBy === null ? null : redact(createdBy),
  }))
}
