import { build } from '../build.js'
import { CONFIGURATION } from '../configuration.js'
import type { Pair } from './other.js'

/** The images of a mutation of the configuration, for a tool that looks at no evidence. */
export function pairOf(id: string): Pair {
  const mutation = CONFIGURATION.find((one) => one.id === id)
  if (mutation === undefined) {
    throw new Error(`there is no mutation ${id}`)
  }
  const unchanged = build(mutation.on)
  const evidence = { mutated: '', unchanged: '' }
  return { mutation, image: build(mutation.on, mutation), unchanged, evidence }
}
