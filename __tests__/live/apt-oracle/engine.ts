import { spawn } from 'node:child_process'
import { isEveryCase } from '../../support/runs.js'
import { BASES } from '../support.js'

export type Suite = keyof typeof BASES
/** Bullseye, which Debian no longer supports, is asked in `script/long`, as the many random cases are. */
export const SUITES = (Object.keys(BASES) as Suite[]).filter((suite) => isEveryCase || suite !== 'bullseye')

/** Runs a command without a shell; its output, or an error with what it said. */
export function run(command: string, args: readonly string[], input?: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) {
        resolve(Buffer.concat(out).toString('utf8'))
      } else {
        reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${Buffer.concat(err)}`))
      }
    })
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

/** A container that stays, without a network: what apt reads is put into it. */
export async function startContainer(suite: Suite): Promise<string> {
  const label = 'dev.seaworthy.test=apt-oracle'
  const args = ['run', '-d', '--rm', '--label', label, '--network', 'none', BASES[suite], 'sleep', '1200']
  return (await run('docker', args)).trim()
}

export async function removeContainer(id: string): Promise<void> {
  await run('docker', ['rm', '-f', id])
}

export function inContainer(id: string, script: string, ...args: readonly string[]): Promise<string> {
  return run('docker', ['exec', id, 'sh', '-c', script, 'sh', ...args])
}

export async function putTar(id: string, tar: Buffer): Promise<void> {
  await run('docker', ['cp', '-', `${id}:/`], tar)
}
