import { endInWords, execute } from '../io/process/exec.js'
import { masked } from '../model/secret-name.js'

/** What a test gave. `output`: its last lines, secrets of its environment masked. */
export interface TestResult {
  readonly ok: boolean
  /** How it ended, in words: "exit 0", "exit 1", "not done within 60 s". */
  readonly ended: string
  readonly seconds: number
  /** The attempt that was the last one, from 1. */
  readonly attempt: number
  readonly output: string
}

/** Of what a test prints, in characters. */
const MOST = 16_384

/** What the test must not see: the runner's and our own secrets. */
const HIDDEN = /^(?:INPUT_|ACTIONS_|GITHUB_TOKEN$|GH_TOKEN$|SEAWORTHY_CLAIR_PSK$)/

/** What a test sees of our environment. */
export function testEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !HIDDEN.test(name)))
}

/**
 * Runs the user's own command by `sh -c`, with the image's name in $IMAGE. It ends with its whole process group when
 * the time is over.
 * @param limitMs in milliseconds
 */
export async function runCommand(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  limitMs: number,
  signal: AbortSignal,
): Promise<Omit<TestResult, 'attempt'>> {
  signal.throwIfAborted()
  const began = performance.now()
  const inherited = Object.entries(testEnvironment())
  const [file = 'sh', ...args] = command
  let output = ''
  const onOutput = (text: string) => {
    output = (output + text).slice(-MOST)
  }
  const options = { env: { ...testEnvironment(), ...env }, limitMs, signal, onOutput }
  const { ended, late } = await execute(file, args, options).then(
    (how) => ({ ended: endInWords(how), late: how.late }),
    (error: unknown) => ({ ended: error instanceof Error ? error.message : String(error), late: false }),
  )
  signal.throwIfAborted()
  const seconds = Math.round(performance.now() - began) / 1000
  const words = late ? `not done within ${limitMs / 1000} s` : ended
  const shown = plain(masked(output, inherited))
  return { ok: !late && ended === 'exit 0', ended: words, seconds, output: shown }
}

/** Plain lines: no escape sequences for a terminal. */
export function plain(text: string): string {
  return text
    .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '')
    .replace(/[^\n\P{C}]/gu, ' ')
    .trim()
}
