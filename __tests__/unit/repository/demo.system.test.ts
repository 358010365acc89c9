import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'

// Functions of script/demo, each as it is written there.

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function run(name: string, script: string, env: NodeJS.ProcessEnv = {}): string {
  const [body = ''] =
    new RegExp(`^${name}\\(\\) \\{$[\\s\\S]*?^\\}$`, 'm').exec(readFileSync('script/demo', 'utf8')) ?? []
  const text = `set -euo pipefail\nsay() { printf '%s\\n' "$*"; }\n${body}\n${script}`
  return execFileSync('bash', ['-c', text], { encoding: 'utf8', env: { ...process.env, ...env } })
}

test('when the demo runs, then its advisories are an archive as in the bucket of OSV', () => {
  const output = run('choose_advisories', 'feeds=(); choose_advisories; echo "${feeds[@]}"', { work: folder })
  expect(output).toContain(`--osv ${folder}/osv`)
  const zip = readFileSync(join(folder, 'osv/npm/all.zip'))
  expect(zip.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004')
})

/** What is chosen, and what docker was asked for. @param fails commands of docker that fail */
function chosen(fails: string, env: NodeJS.ProcessEnv): { image: string; calls: string[] } {
  const work = mkdtempSync(join(folder, 'work-'))
  const bin = join(work, 'bin')
  mkdirSync(bin)
  const docker = `#!/bin/sh\necho "$*" >>"$LAB_WORK/calls"\ncase " ${fails} " in *" $1 "*) exit 1 ;; esac\n`
  writeFileSync(join(bin, 'docker'), docker)
  chmodSync(join(bin, 'docker'), 0o755)
  writeFileSync(join(work, 'calls'), '')
  const output = run('choose_bench', 'choose_bench; echo "image=${SEAWORTHY_BENCH_IMAGE:-}"', {
    ...{ PATH: `${bin}:${process.env.PATH}`, LAB_WORK: work, work, BENCH: 'demo/bench:1' },
    ...{ SEAWORTHY_BASE_BOOKWORM: 'debian:bookworm', SEAWORTHY_BENCH_IMAGE: '', ...env },
  })
  const calls = readFileSync(join(work, 'calls'), 'utf8').split('\n').filter(Boolean)
  return {
    image: /^image=(.*)$/m.exec(output)?.[1] ?? 'none',
    calls: calls.map((one) => one.split(' ', 1)[0] ?? ''),
  }
}

test('when Docker Bench can be had, then it judges in the image of the action, else in one that is made here', () => {
  const source = { SEAWORTHY_BENCH_SOURCE: '/srv/docker-bench' }
  expect(chosen('', source)).toEqual({ image: '', calls: ['image'] })
  expect(chosen('image', source)).toEqual({ image: '', calls: ['image', 'pull'] })
  expect(chosen('image pull', source)).toEqual({
    image: 'demo/bench:1',
    calls: ['image', 'pull', 'build', 'run'],
  })
  expect(chosen('image pull run', source)).toEqual({ image: '', calls: ['image', 'pull', 'build', 'run'] })
})

test('when it cannot be had, or an image is named, then none is made', () => {
  expect(chosen('image pull', { SEAWORTHY_BENCH_SOURCE: '' })).toEqual({ image: '', calls: [] })
  const named = { SEAWORTHY_BENCH_SOURCE: '/srv/docker-bench', SEAWORTHY_BENCH_IMAGE: 'docker:29-cli' }
  expect(chosen('image pull', named)).toEqual({ image: 'docker:29-cli', calls: [] })
})
