import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { ROOT } from '../live/support.js'

export interface WorkflowStep {
  readonly name?: string
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, string>>
}

/** The steps of all jobs of a workflow of this repository, in their order. */
export function workflowSteps(path: string): readonly WorkflowStep[] {
  const { jobs } = load(readFileSync(join(ROOT, path), 'utf8')) as {
    readonly jobs: Readonly<Record<string, { readonly steps?: readonly WorkflowStep[] }>>
  }
  return Object.values(jobs).flatMap(({ steps = [] }) => steps)
}

/** Runs a step's script as the runner does (`bash -e {0}`), with nothing in its environment but what is given. */
export function runScript(
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn('bash', ['-e', '-c', script], {
    env: { PATH: process.env.PATH, ...env },
    // With a socket there bash reads ~/.bashrc, as it does for rshd.
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
    })
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })))
}
