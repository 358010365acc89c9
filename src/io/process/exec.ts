import { AsyncLocalStorage } from 'node:async_hooks'
import type { ChildProcess } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import { accessSync, constants, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import { StringDecoder } from 'node:string_decoder'
import { exec } from '@actions/exec'
import { type ProcessGroup, processGroup } from './group.js'

export interface ExecuteOptions {
  /**
   * The command's whole environment: nothing is inherited. A shell adds PWD and SHLVL, and may drop what it could not
   * name itself (`a.b`), as `sh -c` does.
   */
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
  readonly keep?: { readonly part: 'head' | 'tail'; readonly most: number }
  readonly onOutput?: (text: string, from: 'stdout' | 'stderr') => void
}

interface Output {
  readonly text: string
  /** Characters that were not kept. */
  readonly dropped: number
}

export interface Executed {
  /** `null` if a signal ended it. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** It took longer than `limitMs`, however it then ended. */
  readonly late: boolean
  readonly stdout: Output
  readonly stderr: Output
}

const KEEP = { part: 'tail', most: 2 ** 20 } as const
const GRACE_MS = 2000
/** The last output may still be in the pipe. */
const LAST_WORDS_MS = 1000
/**
 * Limit for one argument or variable, in bytes (MAX_ARG_STRLEN of execve(2)); with a longer one exec would never
 * answer.
 */
const LONGEST = 2 ** 17

/**
 * @actions/exec returns no handle of what it started, and its child is in our own process group. So it starts this:
 * the command in a group of its own, whose id is the first line of standard output. If there is setsid (Linux), this
 * process becomes the command itself; otherwise a shell with job control comes before it, whose job messages are
 * discarded. A shell that can't do so (dash and ash without a terminal) says so, and nothing is run. Node's pipes are
 * sockets: without input the command gets /dev/null, so that `bash -c` does not read ~/.bashrc as under rshd.
 */
export const LAUNCHER = `
[ "$1" = input ] || exec </dev/null
shift
report='kill -0 -$$ 2>/dev/null || { echo "could not create a process group of its own" >&2; exit 125; }
echo $$
exec "$@"'
setsid=$(PATH=/usr/bin:/bin:$PATH; command -v setsid) && exec "$setsid" /bin/sh -c "$report" sh "$@"
set -m
/bin/sh -c "$report" sh "$@" &
exec 2>/dev/null
wait $!`

/** Finds the process that exec creates: Node announces all processes, in the context of the caller. */
const asking = new AsyncLocalStorage<(child: ChildProcess) => void>()
subscribe('child_process', (message) => asking.getStore()?.((message as { process: ChildProcess }).process))

/**
 * Runs a command through @actions/exec; the only way to do so. Prints nothing. When it ends, so does everything left
 * in its process group; processes that left the group live on, and nobody waits for them. Rejects with the signal's
 * reason once the group has ended, and with a short error if the command cannot be started.
 */
export async function execute(
  command: string,
  args: readonly string[],
  options: ExecuteOptions,
): Promise<Executed> {
  const { signal, limitMs, graceMs = GRACE_MS, cwd = process.cwd() } = options
  signal.throwIfAborted()
  const env = given(options.env)
  refuseWhatCannotStart(command, args, cwd, env)

  const limit = limitMs === undefined ? null : AbortSignal.timeout(limitMs)
  const stop = limit === null ? signal : AbortSignal.any([signal, limit])
  const run: Run = { group: null, ending: null, by: null, late: false }
  const end = () => {
    run.ending ??= run.group?.end(graceMs) ?? null
  }
  const hold = (child: ChildProcess) => {
    child.once('exit', (_, by) => {
      Object.assign(run, { by, late: limit?.aborted ?? false })
      if (!stop.aborted) {
        run.group?.kill()
      }
      void letGo(child)
    })
    // It need not read all of its input. The pipe is there on the next tick.
    process.nextTick(() => child.stdin?.on('error', () => undefined))
  }
  const withoutFirst = firstLine((line) => {
    if (!/^\d+$/.test(line) || Number(line) <= 1) {
      return
    }
    run.group = processGroup(Number(line))
    if (stop.aborted) {
      end()
    }
  })
  const stdout = outputOf('stdout', options)
  const stderr = outputOf('stderr', options)

  stop.addEventListener('abort', end)
  try {
    const listeners = { stdout: (chunk: Buffer) => stdout.take(withoutFirst(chunk)), stderr: stderr.take }
    const input = Buffer.from(options.input ?? '')
    const told = { env, cwd, input, listeners, silent: true, ignoreReturnCode: true }
    const code: number | null = await asking.run(hold, () =>
      exec('/bin/sh', ['-c', LAUNCHER, 'sh', options.input ? 'input' : 'none', command, ...args], told),
    )
    signal.throwIfAborted()
    if (run.group === null) {
      throw new Error(`${command} cannot be started: ${stderr.kept().text.trim()}`)
    }
    return { code, signal: run.by, late: run.late, stdout: stdout.kept(), stderr: stderr.kept() }
  } finally {
    stop.removeEventListener('abort', end)
    await run.ending
    await run.group?.gone()
  }
}

/** "exit 1", "ended by SIGKILL". */
export function endInWords({ code, signal }: Pick<Executed, 'code' | 'signal'>): string {
  return code === null ? `ended by ${signal ?? 'a signal'}` : `exit ${code}`
}

interface Run {
  group: ProcessGroup | null
  ending: Promise<void> | null
  by: NodeJS.Signals | null
  late: boolean
}

function given(env: ExecuteOptions['env']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** Checked in advance, with an explanation: for some of these exec would neither resolve nor reject. */
function refuseWhatCannotStart(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): void {
  const folders = command.includes('/') ? [cwd] : (env.PATH ?? '/usr/bin:/bin').split(':').filter(Boolean)
  if (!folders.some((folder) => isProgram(resolve(folder, command)))) {
    throw new Error(`ENOENT: there is no command ${command}`)
  }
  const words = [command, ...args, ...Object.entries(env).map((pair) => pair.join('='))]
  if (words.some((word) => word.includes('\0'))) {
    throw new Error(`an argument or variable for ${command} contains a NUL character`)
  }
  if (words.some((word) => Buffer.byteLength(word) >= LONGEST)) {
    throw new Error(`E2BIG: an argument or variable for ${command} has ${LONGEST} bytes or more`)
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Removes the first line from an output. */
function firstLine(onLine: (line: string) => void): (chunk: Buffer) => Buffer {
  let line: string | null = ''
  return (chunk) => {
    if (line === null) {
      return chunk
    }
    const at = chunk.indexOf('\n')
    line += chunk.toString('latin1', 0, at === -1 ? chunk.length : at)
    if (at === -1) {
      return chunk.subarray(chunk.length)
    }
    onLine(line)
    line = null
    return chunk.subarray(at + 1)
  }
}

/** Keeps a part of an output, and counts the rest. */
function outputOf(from: 'stdout' | 'stderr', { keep = KEEP, onOutput }: ExecuteOptions) {
  const decoder = new StringDecoder('utf8')
  let text = ''
  let dropped = 0
  const cutTo = (most: number) => {
    if (text.length <= most) {
      return
    }
    dropped += text.length - keep.most
    text = keep.part === 'head' ? text.slice(0, keep.most) : text.slice(-keep.most)
  }
  return {
    take: (chunk: Buffer) => {
      const more = decoder.write(chunk)
      // Exec collects text without a line end for listeners that we do not have: it would grow without limit.
      if (chunk.length > 0) {
        chunk.fill(0).fill('\n', chunk.length - 1)
      }
      text += more
      // Not for each chunk, because cutting copies.
      cutTo(2 * keep.most)
      if (more !== '') {
        onOutput?.(more, from)
      }
    },
    kept: (): Output => {
      text += decoder.end()
      cutTo(keep.most)
      return { text, dropped }
    },
  }
}

/** A process that left the group may keep the pipes open: neither exec nor Node has to wait for it. */
async function letGo({ stdout, stderr }: ChildProcess): Promise<void> {
  const pipes = [stdout, stderr].filter((pipe) => pipe !== null)
  const signal = AbortSignal.timeout(LAST_WORDS_MS)
  await Promise.all(pipes.map((pipe) => finished(pipe, { signal }).catch(() => null)))
  for (const pipe of pipes) {
    pipe.destroy()
  }
}
