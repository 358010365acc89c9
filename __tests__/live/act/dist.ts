import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Report } from '../../../src/reports/json/schema.js'
import { docker, lines, newFolder, ROOT } from '../support.js'
import { fileCommands } from './commands.js'
import { actionDefaults, LOCAL_INPUTS } from './inputs.js'

/** What a step of the action left, as the runner would find it. */
export interface Step {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  readonly summary: string
  /** Its work tree, in which it ran; relative paths of outputs start here. */
  readonly folder: string
  /** Its RUNNER_TEMP. */
  readonly temp: string
}

export interface StepOptions {
  /** Files of the work tree before it starts. */
  readonly files?: Readonly<Record<string, string>>
  /** Symbolic links of the work tree: path -> target. */
  readonly links?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** RUNNER_TEMP of an earlier step of the same job. */
  readonly temp?: string
  /** A copy of dist, where something may write to it. */
  readonly dist?: string
  /** A work tree that is there already. */
  readonly work?: string
}

/**
 * Starts an entry of dist as the runner does: nothing in its environment but what the runner sets, and where Node keeps
 * what it has compiled.
 */
export function startStep(
  entry: 'action' | 'post' | 'release-lines' | 'publish-fork',
  inputs: Readonly<Record<string, string>>,
  options: StepOptions = {},
): { child: ChildProcess; ended: Promise<Step> } {
  const outside = newFolder()
  const folder = options.work ?? join(outside, 'work')
  const temp = options.temp ?? join(outside, 'temp')
  for (const path of [folder, temp]) {
    mkdirSync(path, { recursive: true })
  }
  const commandFile = (name: string) => {
    const path = join(outside, name)
    writeFileSync(path, '')
    return path
  }
  for (const [path, text] of Object.entries(options.files ?? {})) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const [path, target] of Object.entries(options.links ?? {})) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    symlinkSync(target, join(folder, path))
  }
  const files = {
    output: commandFile('output'),
    state: commandFile('state'),
    summary: commandFile('summary'),
  }
  const child = spawn(process.execPath, [join(options.dist ?? join(ROOT, 'dist'), `${entry}.js`)], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: outside,
      RUNNER_TEMP: temp,
      GITHUB_ACTIONS: 'true',
      CI: 'true',
      ...inherited('DOCKER_HOST', 'NODE_COMPILE_CACHE'),
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_WORKSPACE: folder,
      GITHUB_OUTPUT: files.output,
      GITHUB_STATE: files.state,
      GITHUB_STEP_SUMMARY: files.summary,
      GITHUB_ENV: commandFile('env'),
      GITHUB_PATH: commandFile('path'),
      ...inputVariables(inputs),
      ...options.env,
    },
  })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      output[name] += chunk.toString('utf8')
    })
  }
  const read = (path: string) => readFileSync(path, 'utf8')
  const ended = new Promise<Step>((resolve) => {
    child.on('close', (code) => {
      const outputs = fileCommands(read(files.output))
      const state = fileCommands(read(files.state))
      resolve({ code, ...output, outputs, state, summary: read(files.summary), folder, temp })
    })
  })
  return { child, ended }
}

function inherited(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

export function runStep(...args: Parameters<typeof startStep>): Promise<Step> {
  return startStep(...args).ended
}

/** INPUT_… for each input, with the defaults of action.yml, as the runner sets them. */
function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  const all = Object.entries({ ...actionDefaults(), ...LOCAL_INPUTS, ...inputs })
  return Object.fromEntries(all.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
}

export function reportOfStep({ folder, outputs }: Step): Report {
  return JSON.parse(readFileSync(join(folder, outputs.report ?? ''), 'utf8')) as Report
}

/** What is left of one run, while others may go on next to it. */
export function leftOf({ temp, state }: Pick<Step, 'temp' | 'state'>): readonly string[] {
  const id = state['run-id'] ?? ''
  if (!/^[0-9a-f]{12}$/.test(id)) {
    throw new Error(`the run saved no id: ${id}`)
  }
  const label = ['--filter', `label=dev.seaworthy.run=${id}`]
  return [
    ...lines(docker('ps', '-aq', ...label)).map((it) => `container ${it}`),
    ...lines(docker('network', 'ls', '-q', ...label)).map((it) => `network ${it}`),
    ...lines(docker('volume', 'ls', '-q', ...label)).map((it) => `volume ${it}`),
    ...readdirSync(temp).map((name) => `file ${name}`),
  ]
}
