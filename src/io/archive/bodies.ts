import type { Body } from './tar-reader.js'

/** Several readers of one file's bytes, called in this order; `null`: nobody wants them. */
export function allOf(bodies: readonly (Body | null)[]): Body | null {
  const [first, ...more] = bodies.filter((one) => one !== null)
  if (first === undefined || more.length === 0) {
    return first ?? null
  }
  return {
    write(bytes) {
      first.write(bytes)
      for (const one of more) {
        one.write(bytes)
      }
    },
    end() {
      first.end()
      for (const one of more) {
        one.end()
      }
    },
  }
}
