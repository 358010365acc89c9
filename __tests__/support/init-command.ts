import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { jest } from '@jest/globals'
import { Command } from 'commander'
import { addInit } from '../../src/cli/init.js'

/** The folder of this repository, from which it takes the examples. */
const HOME = process.cwd()

/** `seaworthy init` in the current folder: what it prints, and its exit code. */
export async function run(
  args: readonly string[] = [],
  home = HOME,
): Promise<{ readonly text: string; readonly code: unknown }> {
  const printed: string[] = []
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  addInit(program, new AbortController().signal, home)
  await program.parseAsync(['init', ...args], { from: 'user' }).finally(() => spy.mockRestore())
  const code = process.exitCode
  process.exitCode = 0
  return { text: printed.join(''), code }
}

export function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}

/** The patterns of an ignore file. */
export const ignored = (path: string) =>
  read(path)
    .split('\n')
    .filter((line) => /^[^#]/.test(line))

export const read = (path: string) => readFileSync(path, 'utf8')

/** A project with a compose file, which has a test. */
export const APP = {
  Dockerfile: 'ARG D=bookworm-slim\nFROM debian:$D AS base\nFROM node:24 AS build\nFROM base\nUSER app\n',
  'compose.yml':
    'services:\n  app:\n    image: $IMAGE\n    build: app\n  db:\n    image: postgres\n  smoke-test:\n    build: test\n',
  'app/main.js': '',
  'test/main.js': '',
  'package.json': '{}',
}
