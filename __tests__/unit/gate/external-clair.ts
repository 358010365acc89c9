import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals'
import { runGate } from '../../../src/gate/gate.js'
import { readJudging } from '../../../src/inputs/policies.js'
import { readRequest } from '../../../src/inputs/request.js'
import { INPUTS } from '../../../src/inputs/table.js'
import { newRunId } from '../../../src/io/engine/leftovers.js'
import type { Verdict } from '../../../src/model/verdict.js'
import { type Behaviour, type FakeClair, fakeClair } from '../../support/fake-clair.js'
import { makePolicies } from '../../support/policies.js'
import { type Rows, trackerOf } from '../checks/clair/builders.js'

// The whole gate over real archives, with a Clair that others run. That Clair is a fake (support/fake-clair.ts).

export const archives = fileURLToPath(new URL('../../support/archives', import.meta.url))
export const IMAGE = join(archives, 'save-26-containerdstore-buildkit.tar.gz')

/** libc6 2.36-9+deb12u9 of glibc and openssl 3.0.15-1~deb12u1 are what the image's last layers leave. */
export const VULNERABLE: Rows = {
  glibc: { 'CVE-2026-20001': { fixed_version: '2.36-9+deb12u4', urgency: 'high' } },
  openssl: {
    'CVE-2026-20002': { fixed_version: '3.0.22-1~deb12u2', urgency: 'high' },
    'CVE-2026-20003': { status: 'open', urgency: 'low', nodsa: 'Minor issue', nodsa_reason: '' },
  },
  zlib: { 'CVE-2026-20004': { fixed_version: '1:1.2.13.dfsg-2', urgency: 'high' } },
}
const { 'CVE-2026-20003': deferred } = VULNERABLE.openssl ?? {}
export const CLEAN: Rows = { glibc: VULNERABLE.glibc ?? {}, openssl: { 'CVE-2026-20003': deferred ?? {} } }

export const folder = mkdtempSync(join(tmpdir(), 'gate-'))
const before = { ...process.env }
export const clairs: FakeClair[] = []

// Each test file has its own copy of this module, and so these hooks.
beforeAll(() => {
  process.env.DOCKER_HOST = 'unix:///nonexistent/docker.sock'
  process.env.RUNNER_TEMP = mkdtempSync(join(folder, 'temp-'))
})

afterEach(async () => {
  for (const clair of clairs.splice(0)) {
    await clair.close()
  }
  expect(readdirSync(process.env.RUNNER_TEMP ?? '')).toEqual([])
})

afterAll(() => {
  for (const name of ['DOCKER_HOST', 'RUNNER_TEMP']) {
    if (before[name] === undefined) {
      delete process.env[name]
    } else {
      process.env[name] = before[name]
    }
  }
  rmSync(folder, { recursive: true })
})

interface Setting extends Behaviour {
  /** Debian's tracker, as the gate gets it. */
  readonly tracker?: Rows
  /** The database of Clair; the tracker if not given. */
  readonly database?: Rows
  readonly images?: readonly string[]
  readonly inputs?: Readonly<Record<string, string>>
  /** gate.yml's timeouts.clair. */
  readonly clairSeconds?: number
  readonly signal?: AbortSignal
  /** Warnings that are expected. */
  readonly warned?: RegExp
}

/** Runs the gate as an entry would, with its inputs as texts. */
export async function gate(setting: Setting = {}): Promise<{ verdict: Verdict; clair: FakeClair }> {
  const {
    tracker = VULNERABLE,
    database = tracker,
    images = [IMAGE],
    inputs = {},
    clairSeconds = 100,
  } = setting
  const clair = await fakeClair(database, setting)
  clairs.push(clair)
  const trackerFile = join(folder, 'tracker.json')
  writeFileSync(trackerFile, trackerOf(tracker))
  const values: Readonly<Record<string, string>> = {
    tracker: trackerFile,
    cvss: 'none',
    epss: 'none',
    kev: 'none',
    'clair-url': clair.url,
    'layer-url': 'http://127.0.0.1',
    timeout: '200',
    policies: makePolicies(join(folder, 'policies'), { timeouts: { clair: clairSeconds } }),
    ...inputs,
  }
  const allValues: Record<string, string> = { checks: 'clair', ...values }
  const readInput = (name: string) =>
    allValues[name] ?? INPUTS.find((input) => input.name === name)?.default ?? ''
  const judging = readJudging(readInput, '2026-11-24')
  const around = {
    runId: newRunId(),
    signal: setting.signal ?? new AbortController().signal,
    progress: () => {},
    warn: (text: string) => {
      if (!setting.warned?.test(text)) {
        throw new Error(text)
      }
    },
  }
  return { verdict: await runGate(readRequest(images, readInput), judging, around), clair }
}

export const problemsOf = (verdict: Verdict) =>
  verdict.images.flatMap(({ checks }) =>
    checks.flatMap(({ check, problem }) => (check === 'credentials' ? [] : [problem?.code ?? 'answered'])),
  )

/** The images have a setuid program of no package, which is noted in each. */
export const UNOWNED = 'unowned-program'

export const findingsOf = (verdict: Verdict) =>
  verdict.images.flatMap(({ findings }) =>
    findings
      .filter(({ id }) => id !== UNOWNED)
      .map(({ package: name, id, ruling, agreement }) => `${name} ${id} ${ruling} ${agreement}`),
  )
