type Json = Readonly<Record<string, unknown>>

/**
 * An inspect answer of a container without the values of the variables that the run options gave it: they are not
 * judged, and may be secrets. Those of the image stay: anyone who has the image can read them.
 */
export function redactEnvironment(container: unknown, image: unknown): unknown {
  const config = part(container, 'Config')
  const own = new Set(texts(part(image, 'Config')?.Env))
  if (!config || !Array.isArray(config.Env)) return container
  const Env = texts(config.Env).map((one) => (own.has(one) ? one : one.replace(/=.*$/s, '=(not kept)')))
  return { ...(container as Json), Config: { ...config, Env } }
}

function part(value: unknown, key: string): Json | null {
  const found = typeof value === 'object' && value !== null ? (value as Json)[key] : null
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Json) : null
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
