import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Command } from 'commander'
import { addDictionary } from '../../../src/cli/dictionary.js'

let printed: string[]
const { write } = process.stderr
beforeEach(() => {
  printed = []
  process.stderr.write = (text: string | Uint8Array) => printed.push(String(text)) > 0
})
afterEach(() => {
  process.stderr.write = write
})

/** `dictionary record` with a day that stops it before anything is collected. */
async function record(...args: string[]): Promise<{ text: string }> {
  const program = new Command('seaworthy').exitOverride()
  addDictionary(program, new AbortController().signal)
  for (const command of program.commands.flatMap((one) => [one, ...one.commands])) {
    command.exitOverride()
  }
  const line = ['dictionary', 'record', 'app:1', '--today', 'never', ...args]
  const error: unknown = await program.parseAsync(line, { from: 'user' }).catch((reason: unknown) => reason)
  return { text: String(error) }
}

test('when a scan has flags about other checks, then they may stay on the line, and are named as not used', async () => {
  const flags = ['--clair-image', 'registry.example/clair:4', '--offline', '--timeout', 'nonsense']
  expect((await record(...flags.slice(0, 3))).text).toContain('"never" is not a date')
  expect(printed.join('')).toMatch(
    /^(?:--clair-image, --offline|--offline, --clair-image): not used, because only Docker Bench runs\n/,
  )
  // What is used is read, and an error in it is reported.
  expect((await record(...flags)).text).toContain('timeout')
})

test('when a flag is none of a scan either, then it is an error', async () => {
  expect((await record('--clair-picture', 'x')).text).toContain("unknown option '--clair-picture'")
})

test('when no other flag is on the line, then nothing is printed about flags', async () => {
  await record('--run-options', '--init')
  expect(printed.join('')).not.toContain('not used')
})
