import { join } from 'node:path'
import { which } from '@actions/io'
import { withoutEnd } from '../../model/text.js'
import { homeFolder, readPlain } from '../files/files.js'
import { execute } from '../process/exec.js'

/** Logins of `docker login`, read only. */
export interface RegistryLogins {
  /** True if the user is logged in there. */
  has(registry: string): boolean
  /** True where the user is logged in anywhere. */
  any(): boolean
  /** `Basic …`, or `null` if there is none that can be used. Must never be shown. */
  basic(registry: string, signal: AbortSignal): Promise<string | null>
}

interface DockerConfig {
  readonly auths: Readonly<Record<string, unknown>>
  readonly credHelpers: Readonly<Record<string, unknown>>
  readonly credsStore: unknown
}

/** A helper may ask for a password, and nobody is there to type it. Milliseconds. */
const HELPER_MS = 3000

/**
 * Reads docker's own config.json, and the logins in DOCKER_AUTH_CONFIG, which come first (docker 28.3 and GitLab's runner
 * take them so). Whatever is wrong with either, there is no login then: what is public can be read all the same.
 */
export function dockerLogins(env: NodeJS.ProcessEnv = process.env): RegistryLogins {
  const file = join(env.DOCKER_CONFIG || join(homeFolder(), '.docker'), 'config.json')
  const { auths, ...helpers } = readConfig(() => readPlain(file))
  const fromEnvironment = readConfig(() => env.DOCKER_AUTH_CONFIG ?? null)
  const config = { ...helpers, auths: { ...auths, ...fromEnvironment.auths } }
  const helperOf = (registry: string) => {
    const own = keysOf(registry).map((key) => config.credHelpers[key])
    return [...own, config.credsStore].find((name) => typeof name === 'string' && /^[\w-]+$/.test(name))
  }
  return {
    has: (registry) =>
      keysOf(registry).some(
        (key) => Object.hasOwn(config.auths, key) || Object.hasOwn(config.credHelpers, key),
      ),
    any: () => Object.keys(config.auths).length + Object.keys(config.credHelpers).length > 0,
    async basic(registry, signal) {
      for (const key of keysOf(registry)) {
        const entry = config.auths[key] as { auth?: unknown } | null | undefined
        if (typeof entry?.auth === 'string' && entry.auth !== '') {
          return basicOf(decode(entry.auth))
        }
      }
      const helper = helperOf(registry)
      return helper === undefined ? null : askHelper(String(helper), keysOf(registry)[0] ?? registry, signal)
    },
  }
}

/** Docker Hub's login has a historical address. */
function keysOf(registry: string): readonly string[] {
  if (registry === 'docker.io') {
    return ['https://index.docker.io/v1/', 'index.docker.io', 'docker.io']
  }
  return [registry, `https://${registry}`, `https://${registry}/`]
}

function readConfig(textOf: () => string | null): DockerConfig {
  const none = { auths: {}, credHelpers: {}, credsStore: null }
  try {
    const read = JSON.parse(textOf() || '{}') as Partial<DockerConfig> | null
    return {
      auths: { ...read?.auths },
      credHelpers: { ...read?.credHelpers },
      credsStore: read?.credsStore ?? null,
    }
  } catch {
    return none
  }
}

function decode(base64: string): string {
  return withoutEnd(Buffer.from(base64, 'base64').toString('utf8'), '\0')
}

function basicOf(pair: string): string | null {
  // `<token>` is a refresh token, not a password; it is only of use for another exchange.
  const usable = /^[^:\0\r\n]+:[^\0\r\n]+$/.test(pair) && !pair.startsWith('<token>:')
  return usable ? `Basic ${Buffer.from(pair).toString('base64')}` : null
}

/** The protocol of docker-credential-helpers: the server on standard input, JSON back. */
async function askHelper(name: string, server: string, signal: AbortSignal): Promise<string | null> {
  const command = await which(`docker-credential-${name}`, false)
  if (command === '') {
    return null
  }
  const options = { env: process.env, input: server, limitMs: HELPER_MS, graceMs: 200, signal }
  const printed = await execute(command, ['get'], options).then(
    ({ code, late, stdout }) => (code === 0 && !late ? stdout.text : ''),
    () => '',
  )
  try {
    const { Username, Secret } = JSON.parse(printed) as { Username?: unknown; Secret?: unknown }
    return typeof Username === 'string' && typeof Secret === 'string'
      ? basicOf(`${Username}:${Secret}`)
      : null
  } catch {
    return null
  }
}
