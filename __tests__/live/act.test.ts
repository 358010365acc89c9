import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/reports/json/schema.js'
import { githubStub } from '../support/github-stub/stub.js'
import { type ActRun, isGate, runAct } from './act/act.js'
import { commandsIn } from './act/commands.js'
import { cleanImage, LACKING_CVE, lackingImage, whitelist } from './act/subjects.js'
import { removeImages, stanza, tinyDebian } from './images.js'
import { leftoversOfEnded, newFolder } from './support.js'

let clean: string
let lacking: string
beforeAll(() => {
  clean = cleanImage()
  lacking = lackingImage()
})
afterAll(removeImages)

const ENTRY = { id: LACKING_CVE, package: 'apt', reason: 'not reachable', owner: 'platform' }

const commandsOf = ({ events }: ActRun, ...names: string[]) =>
  events.filter((event) => isGate(event) && names.includes(event.command ?? ''))

/** All that the action's main step printed, commands in their raw form. */
const outputOf = ({ events }: ActRun) =>
  events
    .filter((event) => isGate(event) && (event.raw_output || event.raw))
    .map(({ raw, msg = '' }) => raw ?? msg)
    .join('')

const reportIn = ({ reports }: ActRun) => JSON.parse(reports['report.json'] ?? '') as Report

async function expectCleanedUp(run: ActRun): Promise<void> {
  const post = run.events.filter((event) => isGate(event, 'Post'))
  expect(post.map(({ stepResult }) => stepResult)).toContain('success')
  expect(post.map(({ msg }) => msg)).toContain('cleaned up: nothing from this run is left over\n')
  expect(run.temp).toEqual([])
  expect(await leftoversOfEnded()).toEqual([])
}

describe('when a pull request brings an image that lacks an update', () => {
  let run: ActRun
  beforeAll(async () => {
    // Policies are the base's; check run and comment are switched off, so that commands are what is shown.
    const stub = await githubStub()
    const expired = whitelist({ ...ENTRY, expires: '2026-01-31' })
    const base = 'd'.repeat(40)
    stub.files.set(`${base}:policies/whitelist.yml`, expired)
    stub.files.set(`${base}:policies/gate.yml`, 'version: 1\nchecks: [clair]\n')
    run = await runAct({
      api: { url: stub.url, token: 'ghs_not-a-token', runNumber: 1 },
      onCommit: (merge) => stub.commits.set(merge, [base, 'a'.repeat(40)]),
      event: 'pull_request',
      payload: { number: 7, pull_request: { number: 7, head: { ref: 'new' }, base: { ref: 'main' } } },
      inputs: { image: lacking, 'check-run': 'false', comment: 'never' },
      files: { 'policies/whitelist.yml': expired },
    })
    await stub.close()
    expect(stub.errors).toEqual([])
  })

  test('then the job fails, and the next step still gets the verdict, in Node 24', () => {
    expect([run.code, run.jobResult]).toEqual([1, 'failure'])
    const { NODE, ...after } = run.after
    expect(after).toMatchObject({ VERDICT: 'fail', OUTCOME: 'failure', GITHUB_EVENT_NAME: 'pull_request' })
    expect(NODE).toMatch(/^v24\./)
  })

  test('then outputs and report.json say the same', () => {
    const report = reportIn(run)
    const { findings = [], digest } = report.images[0] ?? {}
    const count = (ruling: string) => String(findings.filter((it) => it.ruling === ruling).length)
    expect(run.outputs).toEqual({
      verdict: report.verdict,
      digest,
      findings: String(findings.length),
      act: count('act'),
      accepted: count('accepted'),
      deferred: count('deferred'),
      unfixed: count('unfixed'),
      noted: count('noted'),
      due: '0',
      // Nothing shows what the image is built on.
      own: '0',
      base: '0',
      mode: 'enforce',
      'manifest-digest': '',
      vsa: 'seaworthy-report/report.vsa.json',
      report: 'seaworthy-report/report.json',
      'report-dir': 'seaworthy-report',
      reports: expect.any(String),
      sarif: 'seaworthy-report/report.sarif',
      'sarif-category': expect.stringContaining('act-lacking'),
      update: 'none',
      'patched-image': '',
      'pull-request': '',
      counts: expect.stringMatching(/^\{"act":\{"\w+":1\}/),
      'packages-to-update': 'apt',
      // The archive was not asked (checks: clair).
      'rebuild-needed': 'unknown',
      'rebuild-brings': '',
      images: JSON.stringify([
        { reference: lacking, platform: 'linux/amd64', digest, manifest: null, verdict: 'fail' },
      ]),
      summary: expect.stringContaining('may not be released'),
    })
    expect(run.outputs).toMatchObject({ verdict: 'fail', act: '1' })
    const paths = Object.keys(run.reports).map((name) => `seaworthy-report/${name}`)
    expect(run.outputs.reports?.split('\n').sort()).toEqual(paths.sort())
  })

  test('then errors name the package and the CVE, and a warning the expired entry’s line', () => {
    const [blocking, verdict, ...others] = commandsOf(run, 'error')
    // With all that was printed, so that a failure shows whether an error is missing or split.
    expect(outputOf(run)).toContain(': Update 1 package::fixes 1 CVE'.replace(':', '%3A'))
    expect(blocking?.kvPairs?.title).toBe(`${lacking}: Update 1 package`)
    expect(blocking?.arg).toContain(LACKING_CVE)
    // The archive was not asked (checks: clair).
    expect(blocking?.arg).toContain('apt 2.6.1 → the newest version that apt offers')
    expect(verdict?.arg).toBe(run.outputs.summary)
    expect(others).toEqual([])
    const [warning] = commandsOf(run, 'warning')
    expect(warning?.kvPairs).toMatchObject({ file: 'policies/whitelist.yml', line: '3' })
    expect(warning?.arg).toContain('expired on 2026-01-31')
  })

  test('then the summary says what to do first', () => {
    const [heading = '', , ...rest] = run.summary.split('\n')
    expect(heading).toMatch(/^### ⛔ .*may not be released/)
    expect(rest.join('\n')).toContain(LACKING_CVE)
  })

  test('then the post step has run, and nothing is left', () => expectCleanedUp(run))
})

describe('when a tag is pushed and the whitelist accepts what its image has', () => {
  let run: ActRun
  beforeAll(async () => {
    run = await runAct({
      event: 'push',
      payload: { ref: 'refs/tags/v1.2.3', created: true },
      form: 'acme/seaworthy@v1',
      inputs: { image: `${lacking}\n${clean}`, policies: 'release', today: '2026-11-24' },
      files: {
        // A release needs Docker Bench's own results else.
        'release/gate.yml': 'version: 1\nchecks: [clair]\nbench-engine: builtin\n',
        'release/whitelist.yml': whitelist({ ...ENTRY, expires: '2027-03-31', 'max-severity': 'critical' }),
      },
    })
  })

  test('then the published form of the action passes the job', () => {
    expect(run.stderr).not.toContain('Error')
    expect([run.code, run.jobResult]).toEqual([0, 'success'])
    expect(run.after).toMatchObject({ VERDICT: 'pass', OUTCOME: 'success', GITHUB_REF: 'refs/tags/v1.2.3' })
    expect(run.outputs).toMatchObject({ verdict: 'pass', act: '0', accepted: '1' })
  })

  test('then there is nothing to annotate, and the summary tells what was accepted', () => {
    expect(commandsOf(run, 'error', 'warning')).toEqual([])
    expect(run.summary).toMatch(/^### ✅ /)
    expect(run.summary).toContain('Accepted (1)')
  })

  test('then the post step has run, and nothing is left', () => expectCleanedUp(run))
})

describe('when a scheduled job meets hostile words in image, tracker and whitelist', () => {
  /** What the runner would take for a command, if it stood in its output as it is. */
  const EVIL = '::error::pwned\n::error::pwned\r::warning::pwned %0A::error::pwned ##[error]pwned'
  let run: ActRun
  beforeAll(async () => {
    const evil = tinyDebian('act-evil', stanza('apt', '2.6.1') + stanza('tar', '1.34'))
    const row = (more: object) => ({
      description: EVIL,
      releases: { bookworm: { status: 'open', urgency: 'not yet assigned', repositories: {}, ...more } },
    })
    const entries = {
      'CVE-2026-0001': row({ nodsa: EVIL, nodsa_reason: 'ignored' }),
      'CVE-2026-0002': row({ status: 'resolved', fixed_version: '9.9-1' }),
      'CVE-2026-0003': row({ urgency: EVIL }),
    }
    const tracker = join(newFolder(), 'tracker.json')
    writeFileSync(tracker, JSON.stringify({ apt: entries, tar: entries }))
    const entry = { ...ENTRY, id: 'CVE-2026-0002', reason: EVIL, owner: EVIL }
    run = await runAct({
      event: 'schedule',
      payload: { schedule: '17 4 * * *' },
      inputs: { image: evil, tracker, today: '2026-11-24' },
      files: {
        'policies/whitelist.yml': whitelist({ ...entry, 'max-severity': 'critical', expires: '2026-12-31' }),
      },
    })
  })

  test('then the words are in the output', () => {
    expect(run.outputs).toMatchObject({ verdict: 'fail', act: '1', accepted: '1', deferred: '2' })
    expect(outputOf(run)).toContain('pwned')
    expect(run.summary).toContain('pwned')
  })

  test('then neither act nor the runner’s rules see a command in them', () => {
    const ours = [expect.stringMatching(/^fixes 1 CVE, not rated\n/), run.outputs.summary]
    expect(commandsOf(run, 'error', 'warning', 'notice').map(({ arg }) => arg)).toEqual(ours)
    const inLog = commandsIn(outputOf(run)).filter(({ name }) => !/^(end)?group$/.test(name))
    expect(inLog.map(({ data }) => data)).toEqual(ours)
  })

  test('then the post step has run, and nothing is left', () => expectCleanedUp(run))
})
