import { isRecord, isSecretName } from '../../../model/index.js'
import { textsAt } from '../builtin/json.js'
import { redact, secretsInVariable } from '../builtin/secrets.js'

type Json = Readonly<Record<string, unknown>>

const NOT_KEPT = '(not kept)'

/**
 * A container's inspect answer without secrets that the run options may have added: values of variables,
 * which are not judged, and whatever looks like a secret in commands and labels. The image's own values stay,
 * since anyone who has the image can read them.
 */
export function redactContainer(container: unknown, image: unknown): unknown {
  const config = part(container, 'Config')
  if (!config) {
    return container
  }
  const own = part(image, 'Config')
  const inherited = new Set(textsAt(own, 'Env'))
  const [ownEntrypoint, ownCommand] = [textsAt(own, 'Entrypoint'), textsAt(own, 'Cmd')]
  const health = part(config, 'Healthcheck')
  const ownTest = textsAt(own, 'Healthcheck', 'Test')
  const test = ifPresent(health ?? {}, 'Test', (value) => command(value, ownTest))
  return {
    ...(container as Json),
    // `Args` repeats the command as the engine resolved it.
    ...ifPresent(container as Json, 'Args', (value) => command(value, [...ownEntrypoint, ...ownCommand])),
    Config: {
      ...config,
      ...ifPresent(config, 'Env', (value) =>
        textsAt(value).map((one) => (inherited.has(one) ? one : one.replace(/=.*$/s, `=${NOT_KEPT}`))),
      ),
      ...ifPresent(config, 'Cmd', (value) => command(value, ownCommand)),
      ...ifPresent(config, 'Entrypoint', (value) => command(value, ownEntrypoint)),
      ...ifPresent(config, 'Labels', (value) => labels(value as Json, part(own, 'Labels'))),
      ...(health ? { Healthcheck: { ...health, ...test } } : {}),
    },
  }
}

/** A member that exists, changed; `null` and missing ones stay so. */
function ifPresent(object: Json, key: string, change: (value: object) => unknown): Json {
  const value = object[key]
  return typeof value === 'object' && value !== null ? { [key]: change(value) } : {}
}

/** Words of a command; of `--password x` the word after the option is replaced. */
function command(value: unknown, own: readonly string[]): readonly string[] {
  const args = textsAt(value)
  return args.map((arg, index) => {
    if (own.includes(arg)) {
      return arg
    }
    const before = args[index - 1] ?? ''
    return /^--?[a-z][a-z-]*$/.test(before) && isSecretName(before) ? NOT_KEPT : redact(arg)
  })
}

function labels(value: Json, own: Json | null): Json {
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => {
      const isSecret = secretsInVariable('LABEL', `${name}=${String(text)}`).length > 0
      return [name, isSecret && own?.[name] !== text ? NOT_KEPT : text]
    }),
  )
}

function part(value: unknown, key: string): Json | null {
  const found = isRecord(value) ? value[key] : null
  return isRecord(found) ? found : null
}
