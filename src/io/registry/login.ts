import { join } from 'node:path'
import { which } from '@actions/io'
import { withoutEnd } from '../../model/index.js'
import { homeFolder, readPlain } from '../files/files.js'
import { execute } from '../process/exec.js'

/** Logins of `docker login`, which are only read. */
export interface RegistryLogins {
  has(registry: string): boolean
  /** True if the user is logged in to any registry. */
  any(): boolean
  /** The value of the header, `Basic …`; `null` if there is no usable login. It must never be shown. */
  basic(registry: string, signal: AbortSignal): Promise<string | null>
}

interface DockerConfig {
  readonly auths: Readonly<Record<string, unknown>>
  readonly credHelpers: Readonly<Record<string, unknown>>
  readonly credsStore: unknown
}

/** Timeout of a credential helper, in milliseconds: it may prompt for a password that nobody can type. */
const HELPER_TIMEOUT_MS = 3000

/**
 * Reads docker's config.json, and the logins in DOCKER_AUTH_CONFIG, which take precedence (as in docker 28.3
 * and GitLab's runner). If either is invalid it counts as empty: public images can be read without a login.
 */
export function dockerLogins(env: NodeJS.ProcessEnv = process.env): RegistryLogins {
  const configFile = join(env.DOCKER_CONFIG || join(homeFolder(), '.docker'), 'config.json')
  const { auths, ...helpers } = readConfig(() => readPlain(configFile))
  const fromEnvironment = readConfig(() => env.DOCKER_AUTH_CONFIG ?? null)
  const config = { ...helpers, auths: { ...auths, ...fromEnvironment.auths } }
  const helperOf = (registry: string) => {
    const ownHelpers = configKeysOf(registry).map((key) => config.credHelpers[key])
    const names = [...ownHelpers, config.credsStore].filter((name) => typeof name === 'string')
    return names.find((name) => /^[\w-]+$/.test(name))
  }
  return {
    has: (registry) =>
      configKeysOf(registry).some(
        (key) => Object.hasOwn(config.auths, key) || Object.hasOwn(config.credHelpers, key),
      ),
    any: () => Object.keys(config.auths).length + Object.keys(config.credHelpers).length > 0,
    async basic(registry, signal) {
      for (const key of configKeysOf(registry)) {
        const entry = config.auths[key] as { auth?: unknown } | null | undefined
        if (typeof entry?.auth === 'string' && entry.auth !== '') {
          return basicOf(decode(entry.auth))
        }
      }
      const helper = helperOf(registry)
      return helper === undefined ? null : askHelper(helper, configKeysOf(registry)[0] ?? registry, signal)
    },
  }
}

/** The keys under which a registry's login may be stored; that of Docker Hub has a historical URL. */
function configKeysOf(registry: string): readonly string[] {
  if (registry === 'docker.io') {
    return ['https://index.docker.io/v1/', 'index.docker.io', 'docker.io']
  }
  return [registry, `https://${registry}`, `https://${registry}/`]
}

function readConfig(readText: () => string | null): DockerConfig {
  try {
    const { auths, credHelpers, credsStore = null } = JSON.parse(readText() || '{}') ?? {}
    return { auths: { ...auths }, credHelpers: { ...credHelpers }, credsStore }
  } catch {
    return { auths: {}, credHelpers: {}, credsStore: null }
  }
}

function decode(base64: string): string {
  return withoutEnd(Buffer.from(base64, 'base64').toString('utf8'), '\0')
}

function basicOf(pair: string): string | null {
  // The user `<token>` marks a refresh token, not a password: it would need another exchange.
  const isUsable = /^[^:\0\r\n]+:[^\0\r\n]+$/.test(pair) && !pair.startsWith('<token>:')
  return isUsable ? `Basic ${Buffer.from(pair).toString('base64')}` : null
}

/** The protocol of docker-credential-helpers: the server on standard input, JSON back. */
async function askHelper(name: string, server: string, signal: AbortSignal): Promise<string | null> {
  const command = await which(`docker-credential-${name}`, false)
  if (command === '') {
    return null
  }
  const options = { env: process.env, input: server, limitMs: HELPER_TIMEOUT_MS, graceMs: 200, signal }
  const output = await execute(command, ['get'], options).then(
    ({ code, late, stdout }) => (code === 0 && !late ? stdout.text : ''),
    () => '',
  )
  try {
    const { Username: name, Secret: secret } = JSON.parse(output) as Record<string, unknown>
    return typeof name === 'string' && typeof secret === 'string' ? basicOf(`${name}:${secret}`) : null
  } catch {
    return null
  }
}
