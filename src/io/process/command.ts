import { masked, messageOf, secretValues } from '../../model/index.js'
import { type CommandOutput, endText, execute } from './exec.js'

export interface CommandEnd {
  readonly ok: boolean
  /** How it ended, in words: "exit 0", "exit 1", "not finished within 60 s". */
  readonly ended: string
  readonly seconds: number
  /** Its last lines, secrets of the environment masked. */
  readonly output: string
  /** `null` if it could not be started. */
  readonly how: Pick<CommandOutput, 'code' | 'signal' | 'late'> | null
}

/** Limits for a command's output: lines, and characters of each. */
const LINES = 200
const MAX_LINE_LENGTH = 1000
/** How many characters at the end of the output are searched for these lines. */
const SCANNED_CHARACTERS = 2 ** 18

/** Never visible to a user's command: our secrets and the runner's. */
const HIDDEN = /^(?:INPUT_|ACTIONS_|GITHUB_TOKEN$|GH_TOKEN$|SEAWORTHY_CLAIR_PSK$|SEAWORTHY_KEY_PASSWORD$)/
/**
 * What a test does not see either: any token, the registry login that a push needs, and the files by which a step
 * sets outputs and the environment of the next ones (docs.github.com, "Workflow commands", environment files). A test
 * runs the code that is judged. DOCKER_HOST tells it where the engine is.
 */
const HIDDEN_FROM_TESTS = /TOKEN|^DOCKER_(?:AUTH_)?CONFIG$|^GITHUB_(?:ENV|OUTPUT|PATH|STATE|STEP_SUMMARY)$/i
/** https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/, and fine-grained ones. */
const TOKEN_OF_GITHUB = /\b(?:gh[pousr]_|github_pat_)\w/

/** The part of our environment that a build command sees. */
export function commandEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !HIDDEN.test(name)))
}

/** The part that a test sees: no token, under any name. */
export function testEnvironment(): NodeJS.ProcessEnv {
  const tokens = secretValues(Object.entries(process.env).filter(([name]) => OUR_TOKENS.test(name)))
  const isHidden = (name: string, value: string) =>
    HIDDEN_FROM_TESTS.test(name) ||
    TOKEN_OF_GITHUB.test(value) ||
    tokens.some((token) => value.includes(token))
  const variables = Object.entries(commandEnvironment())
  return Object.fromEntries(variables.filter(([name, value = '']) => !isHidden(name, value)))
}

const OUR_TOKENS = /^(?:INPUT_.*TOKEN|ACTIONS_.*TOKEN|GITHUB_TOKEN|GH_TOKEN)$/i

/**
 * Runs a user's command. When the time is over, its whole process group is ended. A limited part of its output is
 * kept, without values of secret variables that we can see ourselves, since it may have read our environment.
 * @param env in addition to what it sees of our environment
 * @param limitMs in milliseconds
 */
export async function runCommand(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  limitMs: number,
  signal: AbortSignal,
  inherited: NodeJS.ProcessEnv = commandEnvironment(),
): Promise<CommandEnd> {
  signal.throwIfAborted()
  const began = performance.now()
  const [file = 'sh', ...args] = command
  const printed = tailOf(SCANNED_CHARACTERS)
  const options = { env: { ...inherited, ...env }, limitMs, signal, onOutput: printed.take }
  const { ended, how } = await execute(file, args, options).then(
    (how) => ({ ended: endText(how), how }),
    (error: unknown) => ({ ended: messageOf(error), how: null }),
  )
  signal.throwIfAborted()
  const seconds = Math.round(performance.now() - began) / 1000
  const isTimedOut = how?.late === true
  return {
    ok: !isTimedOut && how?.code === 0,
    ended: isTimedOut ? `not finished within ${limitMs / 1000} s` : ended,
    seconds,
    output: lastLines(printed.text(), printed.isCut()),
    how: how && { code: how.code, signal: how.signal, late: isTimedOut },
  }
}

function tailOf(most: number) {
  let text = ''
  let isCut = false
  const cut = (limit: number) => {
    if (text.length > limit) {
      text = text.slice(-most)
      isCut = true
    }
  }
  return {
    take: (more: string) => {
      text += more
      // Not for each part, because cutting copies.
      cut(2 * most)
    },
    text: () => {
      cut(most)
      return text
    },
    isCut: () => isCut,
  }
}

/** @param isCut its beginning is missing, and perhaps half of a secret that could no longer be recognized */
function lastLines(text: string, isCut: boolean): string {
  const secrets = Object.entries(process.env)
  const maskedText = masked(text, secrets)
  const longestSecret = secretValues(secrets)[0]?.length ?? 0
  return plain(isCut ? maskedText.slice(longestSecret) : maskedText)
    .split('\n')
    .slice(-LINES)
    .map((line) => (line.length > MAX_LINE_LENGTH ? `${line.slice(0, MAX_LINE_LENGTH)}…` : line))
    .join('\n')
}

/** Plain lines: no escape sequences for a terminal. */
export function plain(text: string): string {
  return text
    .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '')
    .replace(/[^\n\P{C}]/gu, ' ')
    .trim()
}
