import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Keys of gate.yml. */
export type GateKeys = Readonly<Record<string, unknown>>

/** The text of a gate.yml. */
export function gateYml(keys: GateKeys): string {
  const lines = Object.entries(keys).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
  return `version: 1\n${lines.join('')}`
}

/**
 * Makes a folder of policies, for the input `policies`: a gate.yml with these keys, and copies of other files, by
 * their names in it.
 * @returns the folder
 */
export function makePolicies(
  folder: string,
  keys: GateKeys,
  copies: Readonly<Record<string, string>> = {},
): string {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'gate.yml'), gateYml(keys))
  for (const [name, from] of Object.entries(copies)) {
    copyFileSync(from, join(folder, name))
  }
  return folder
}
