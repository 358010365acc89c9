// What a command takes: for the benchmarks.
import { spawn } from 'node:child_process'

/** Seconds of wall-clock and of processor time, and the highest resident memory in MB, of a command. */
export function measure(command, args) {
  const started = performance.now()
  return new Promise((resolve) => {
    // GNU time's %M is in kB; it writes to stderr after what the command wrote there.
    const child = spawn('/usr/bin/time', ['-f', '%M %U %S', command, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let errors = ''
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    child.on('close', (code) => {
      const [kilobytes, user, system] = (errors.trim().split('\n').at(-1) ?? '').split(' ').map(Number)
      const seconds = (performance.now() - started) / 1000
      resolve({ seconds, cpu: user + system, memory: kilobytes / 1000, code, errors })
    })
  })
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
export const secondsOf = (runs) => median(runs.map(({ seconds }) => seconds))
export const cpuOf = (runs) => median(runs.map(({ cpu }) => cpu))
export const memoryOf = (runs) => Math.max(...runs.map((it) => it.memory))
