import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { readOrNull } from '../../model/index.js'

/** Between KILL and the end of a killed process, in milliseconds: it may be waiting for a disk. */
const KILL_TIMEOUT_MS = 1000

/** `process.exit` does not wait for child processes, so they are killed. */
const running = new Set<number>()
process.on('exit', () => {
  for (const id of running) {
    signalGroup(id, 'SIGKILL')
  }
})

/**
 * A process group that runs for us. It ends when we do, however that happens.
 * @param id more than 1: these and less would be all processes, or our own group (kill(2))
 */
export function processGroup(id: number) {
  running.add(id)
  return {
    kill: () => void signalGroup(id, 'SIGKILL'),
    /** Asks it to end (TERM), and kills it if it has not ended after that time, in milliseconds. */
    async end(graceMs: number): Promise<void> {
      signalGroup(id, 'SIGTERM')
      if (!(await hasEnded(id, graceMs))) {
        signalGroup(id, 'SIGKILL')
      }
    },
    /** Resolves when nothing is left of it, or only in a state that cannot be ended. */
    async gone(): Promise<void> {
      await hasEnded(id, KILL_TIMEOUT_MS)
      running.delete(id)
    },
  }
}

/** Sends a signal to the group; false if the group is empty. */
function signalGroup(id: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-id, signal)
  } catch (error) {
    // EPERM: a process exists, and belongs to another user (sudo).
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

async function hasEnded(id: number, ms: number): Promise<boolean> {
  const until = performance.now() + ms
  while (signalGroup(id, 0) && isAlive(id)) {
    if (performance.now() > until) {
      return false
    }
    await sleep(20)
  }
  return true
}

/** False if all that remain have already ended (proc(5), stat): in a job container nobody reaps orphans. */
function isAlive(id: number): boolean {
  if (!existsSync('/proc/self/stat')) {
    return true
  }
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.some((pid) => {
    // Empty for a process that has ended in the meantime.
    const stat = readOrNull(() => readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? ''
    const [state = '', , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(group) === id && !'ZX'.includes(state)
  })
}
