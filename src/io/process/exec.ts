import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { StringDecoder } from 'node:string_decoder'
import { getExecOutput } from '@actions/exec'
import { processGroup } from './group.js'

export interface ExecuteOptions {
  /** The command's whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
  /** Standard input, the only place for a secret: every user of the machine can see arguments. */
  readonly input?: string
  /** In milliseconds: after that, the command is ended, and `late` is set. */
  readonly limitMs?: number
  readonly signal: AbortSignal
  /** Between asking the group to end (TERM) and ending it (KILL), in milliseconds. */
  readonly graceMs?: number
  /** Which part of an output is kept, and how many characters. */
  readonly keep?: { readonly part: 'head' | 'tail'; readonly max: number }
  readonly onOutput?: (text: string, from: 'stdout' | 'stderr') => void
}

interface Output {
  readonly text: string
  readonly dropped: number
}

export interface CommandOutput {
  /** `null` if a signal ended it. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** It took longer than `limitMs`, however it then ended. */
  readonly late: boolean
  readonly stdout: Output
  readonly stderr: Output
}

const KEEP = { part: 'tail', max: 2 ** 20 } as const
const GRACE_MS = 2000
/** How long to wait for output that is still in the pipe when a command has ended, in milliseconds. */
const LAST_OUTPUT_MS = 1000

/**
 * Runs a command in a process group of its own. Prints nothing. When it ends, so does everything left in its process
 * group; processes that left the group live on, and nobody waits for them. Rejects with the signal's reason once the
 * group has ended, and with a short error if the command cannot be started. @actions/exec has no process group, no
 * limit for output, and no handle to end a command (decision 93).
 */
export async function execute(
  command: string,
  args: readonly string[],
  options: ExecuteOptions,
): Promise<CommandOutput> {
  const { signal, limitMs, graceMs = GRACE_MS } = options
  signal.throwIfAborted()
  const { child, pid } = await start(command, args, options)
  const group = processGroup(pid)
  const limit = limitMs === undefined ? null : AbortSignal.timeout(limitMs)
  const stop = limit === null ? signal : AbortSignal.any([signal, limit])
  let ending: Promise<void> | null = null
  const end = () => {
    ending ??= group.end(graceMs)
  }
  const stdout = outputOf(child.stdout, 'stdout', options)
  const stderr = outputOf(child.stderr, 'stderr', options)
  stop.addEventListener('abort', end)
  if (stop.aborted) {
    end()
  }
  try {
    const [code, by] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
    const late = limit?.aborted ?? false
    if (!stop.aborted) {
      group.kill()
    }
    await detachOutput(child)
    signal.throwIfAborted()
    return { code, signal: by, late, stdout: stdout(), stderr: stderr() }
  } finally {
    stop.removeEventListener('abort', end)
    await ending
    await group.gone()
  }
}

/**
 * Runs a command of the engine's that nothing has to end: it has no time limit, and a run that ends meanwhile waits for
 * it. Its environment is ours. The package splits an unquoted path at blanks.
 */
export async function executePlainly(command: string, args: readonly string[]): Promise<CommandOutput> {
  const options = { silent: true, ignoreReturnCode: true }
  const { exitCode, stdout, stderr } = await getExecOutput(`"${command}"`, [...args], options)
  const whole = (text: string) => ({ text, dropped: 0 })
  return { code: exitCode, signal: null, late: false, stdout: whole(stdout), stderr: whole(stderr) }
}

/** "exit 1", "ended by SIGKILL". */
export function endText({ code, signal }: Pick<CommandOutput, 'code' | 'signal'>): string {
  return code === null ? `ended by ${signal ?? 'a signal'}` : `exit ${code}`
}

/**
 * Without input it reads /dev/null, so that `bash -c` does not read ~/.bashrc, as it does on a socket, which is what
 * Node's pipes are.
 */
async function start(command: string, args: readonly string[], options: ExecuteOptions) {
  const { cwd = process.cwd(), env, input } = options
  if (!statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`the folder ${cwd} does not exist`)
  }
  if ([command, ...args, ...Object.values(env)].some((text) => text?.includes('\0'))) {
    throw new Error(`an argument or variable for ${command} contains a NUL character`)
  }
  // `detached`: a group, and a session, of its own.
  const stdio = [input ? 'pipe' : 'ignore', 'pipe', 'pipe'] as const
  const child = spawn(command, args, { cwd, env, detached: true, stdio: [...stdio] })
  if (child.pid === undefined) {
    const [error] = (await once(child, 'error')) as [NodeJS.ErrnoException]
    throw new Error(`${error.code}: there is no command ${command}`)
  }
  // A command need not read all of its input: if it does not, writing fails, which is no error.
  child.stdin?.on('error', () => undefined).end(input)
  return { child, pid: child.pid }
}

/** Keeps a part of an output, and counts the rest. Returns a function that gives what was kept. */
function outputOf(
  pipe: Readable | null,
  from: 'stdout' | 'stderr',
  { keep = KEEP, onOutput }: ExecuteOptions,
): () => Output {
  const decoder = new StringDecoder('utf8')
  let text = ''
  let dropped = 0
  const cutTo = (most: number) => {
    if (text.length > most) {
      dropped += text.length - keep.max
      text = keep.part === 'head' ? text.slice(0, keep.max) : text.slice(-keep.max)
    }
  }
  pipe?.on('data', (chunk: Buffer) => {
    const more = decoder.write(chunk)
    text += more
    // Not for each chunk, because cutting copies.
    cutTo(2 * keep.max)
    if (more !== '') {
      onOutput?.(more, from)
    }
  })
  return () => {
    text += decoder.end()
    cutTo(keep.max)
    return { text, dropped }
  }
}

/** A process that left the group may keep the pipes open: neither the caller nor Node waits for it. */
async function detachOutput({ stdout, stderr }: ChildProcess): Promise<void> {
  const pipes = [stdout, stderr].filter((pipe) => pipe !== null)
  const signal = AbortSignal.timeout(LAST_OUTPUT_MS)
  await Promise.all(pipes.map((pipe) => finished(pipe, { signal }).catch(() => null)))
  for (const pipe of pipes) {
    pipe.destroy()
  }
}
