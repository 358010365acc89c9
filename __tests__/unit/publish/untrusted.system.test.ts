import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readFinishedRun } from '../../../src/io/github/workflow-run.js'
import type { VerdictStatus } from '../../../src/model/verdict.js'
import { publishUntrusted } from '../../../src/publish/untrusted.js'
import { renderJson } from '../../../src/reports/json/json.js'
import { readUntrustedReport } from '../../../src/reports/json/untrusted.js'
import { anImageVerdict, aRuledFinding, aVerdict } from '../../support/builders.js'
import { codeOf, problemThrownBy } from '../../support/problems.js'
import { aPublishSetting, HEAD, MERGE, PULL, type PublishSetting, TOKEN } from './publish-setting.js'

let setting: PublishSetting
beforeEach(async () => {
  setting = await aPublishSetting()
  setting.stub.pulls.push({
    number: PULL,
    head: 'mallory:new',
    sha: HEAD,
    from: 'mallory/shop',
    base: 'main',
  })
})
afterEach(async () => {
  await setting.close()
  expect(setting.stub.errors).toEqual([])
})

const report = (status: VerdictStatus, because = 'so', policyFile = 'policies/whitelist.yml') =>
  renderJson(
    aVerdict({
      verdict: status,
      images: [
        anImageVerdict({
          verdict: status,
          findings:
            status === 'fail'
              ? [aRuledFinding({ because, id: because, policy: { file: policyFile, line: 3 } })]
              : [],
        }),
      ],
    }),
    { name: 'seaworthy', version: '0' },
  )

function finished(part: object = {}, more: NodeJS.ProcessEnv = {}) {
  const path = join(setting.workspace, 'run.json')
  const head = { full_name: 'mallory/shop', owner: { login: 'mallory' } }
  const run = {
    id: 55,
    run_number: 3,
    run_attempt: 1,
    event: 'pull_request',
    path: '.github/workflows/gate.yml',
  }
  const all = {
    ...run,
    head_sha: HEAD,
    head_branch: 'new',
    head_repository: head,
    pull_requests: [],
    ...part,
  }
  writeFileSync(path, JSON.stringify({ workflow_run: all }))
  return readFinishedRun({
    GITHUB_EVENT_NAME: 'workflow_run',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_SHA: MERGE,
    GITHUB_EVENT_PATH: path,
    GITHUB_API_URL: setting.stub.url,
    ...more,
  })
}

async function publish(texts: string | readonly string[], part: object = {}) {
  const run = finished(part)
  if (run === null) {
    throw new Error('no run')
  }
  const verdicts = [texts].flat().map((text) => readUntrustedReport(text, 'report.json'))
  return publishUntrusted(verdicts, run, {
    token: TOKEN,
    checkName: 'Seaworthy: report of a fork',
    comment: true,
    runId: 'r',
    backoffMs: 1,
    overwriteCheckMs: 10,
  })
}

describe('when a fork’s run is published by a second workflow', () => {
  test.each<VerdictStatus>(['pass', 'fail', 'incomplete'])(
    'and says %s, then the check run is neutral',
    async (status) => {
      expect(await publish(report(status))).toEqual([])
      expect(setting.stub.checkRuns).toEqual([
        expect.objectContaining({
          conclusion: 'neutral',
          status: 'completed',
          head_sha: HEAD,
          name: 'Seaworthy: report of a fork',
          title: expect.stringMatching(/^Reported by an untrusted run: /),
          summary: expect.stringContaining('It is not verified'),
          details_url: 'https://github.com/acme/shop/actions/runs/55',
        }),
      ])
      expect(
        setting.stub.checkRuns[0]?.annotations.filter((it) => it.annotation_level !== 'warning'),
      ).toEqual([])
    },
  )

  test('then the comment says whose words it has, and has no tick', async () => {
    await publish(report('fail'))
    expect(setting.stub.comments[0]?.issue).toBe(PULL)
    expect(setting.stub.comments[0]?.body).toContain('### ⚪ Reported by an untrusted run: ')
    await publish(report('pass'), { run_number: 4 })
    expect(setting.stub.comments).toHaveLength(1)
    expect(setting.stub.comments[0]?.body).toContain('### ⚪ Reported by an untrusted run: ')
    expect(setting.stub.comments[0]?.body).not.toContain('✅')
  })

  test.each([
    ['the pull request was pushed to since', { head_sha: MERGE }],
    ['there is no such branch', { head_branch: 'other&head=acme:main' }],
    [
      'another repository has the branch',
      { head_repository: { full_name: 'x/y', owner: { login: 'mallory' } } },
    ],
  ])('and %s, then nothing is published', async (_, part) => {
    expect(await publish(report('fail'), part)).toEqual([
      expect.stringContaining('exactly one open pull request'),
    ])
    expect([setting.stub.checkRuns, setting.stub.comments]).toEqual([[], []])
  })

  test('and it has several reports, then they share what one request takes, and one comment', async () => {
    const many = Array.from({ length: 40 }, (_, at) =>
      aRuledFinding({
        id: `CVE-2026-${1000 + at}`,
        fixedVersion: null,
        installable: null,
        policy: { file: 'src/a.ts', line: at + 1 },
      }),
    )
    const reports = ['app', 'web'].map((name) => {
      const image = anImageVerdict({ reference: `${name}:1`, verdict: 'fail', findings: many })
      return renderJson(aVerdict({ verdict: 'fail', images: [image] }), { name: 'seaworthy', version: '0' })
    })
    const notes = await publish(reports)
    expect(setting.stub.checkRuns.map(({ name, annotations }) => [name, annotations.length])).toEqual([
      ['Seaworthy: report of a fork (1)', 25],
      ['Seaworthy: report of a fork (2)', 25],
    ])
    expect(notes).toEqual([
      '15 annotations left out to stay within the limit for an untrusted report (Seaworthy: report of a fork (1))',
      '15 annotations left out to stay within the limit for an untrusted report (Seaworthy: report of a fork (2))',
    ])
    expect(setting.stub.comments).toHaveLength(1)
    expect(setting.stub.comments[0]?.body).toContain('app')
    expect(setting.stub.comments[0]?.body).toContain('web')
    // No file is compared: there is no work tree.
    expect(setting.stub.log.map(({ path }) => path).filter((path) => path.includes('/contents/'))).toEqual([])
  })

  test.each([
    ['failure', 1],
    ['cancelled', 1],
    ['success', 0],
  ])('and all reports pass, but it ended with %s, then a job may have none', async (conclusion, count) => {
    await publish(report('pass'), { conclusion })
    const caveat = `the run itself ended with "${conclusion}", so a job without a report may have failed`
    const texts = [setting.stub.comments[0]?.body, setting.stub.checkRuns[0]?.summary]
    expect(texts.filter((text) => text?.replaceAll('\\', '').includes(caveat))).toHaveLength(2 * count)
    expect(setting.stub.comments).toHaveLength(count)
  })

  test('and it has judged several platforms of one image, then each is in the comment', async () => {
    const reports = (['fail', 'pass'] as const).map((verdict, at) => {
      const platform = { os: 'linux', architecture: at === 0 ? 'amd64' : 'arm64', variant: null }
      const findings = verdict === 'fail' ? [aRuledFinding()] : []
      return renderJson(aVerdict({ verdict, images: [anImageVerdict({ verdict, findings, platform })] }), {
        name: 'seaworthy',
        version: '0',
      })
    })
    await publish(reports)
    const [comment] = setting.stub.comments
    expect(comment?.body).toContain('1 of 2 images may not be released: 1 task')
  })

  test('and the token may not, then it is reported', async () => {
    setting.stub.readOnly = true
    expect(await publish(report('fail'))).toEqual([
      expect.stringMatching(/^Seaworthy: report of a fork was not published: GitHub returned 403/),
      expect.stringMatching(/^the comment was not published: GitHub returned 403/),
    ])
  })
})

describe('when the event is read', () => {
  test.each([
    ['another event', {}, { GITHUB_EVENT_NAME: 'pull_request' }],
    ['a run on push', { event: 'push' }, {}],
    ['no commit', { head_sha: 'main' }, {}],
    ['a deleted fork', { head_repository: null }, {}],
    ['an id that is no number', { id: '1/../2' }, {}],
  ])('and it is %s, then there is no run', (_, part, env) => expect(finished(part, env)).toBeNull())

  test('and the branch lies in the repository itself, then the run has published by itself', () => {
    expect(finished({ head_repository: { full_name: 'acme/shop', owner: { login: 'acme' } } })?.own).toBe(
      true,
    )
  })

  test('and the workflow’s path is odd, then it is not taken', () => {
    expect(finished({ path: '.github/workflows/../x -->' })?.run.workflow).toBe('')
  })
})

describe('when the report is hostile', () => {
  test.each([
    ['no JSON', 'pass'],
    ['no report', '{"verdict":"pass"}'],
    ['another key', report('fail').replace('"tool"', '"evil":1,"tool"')],
    ['a verdict of its own', report('fail').replace('"verdict": "fail"', '"verdict": "success"')],
    ['a huge word', report('fail', 'x'.repeat(30_000))],
    ['no image', renderJson(aVerdict({ images: [] }), { name: 's', version: '0' })],
    ['a million findings', `${' '.repeat(25_000_001)}{}`],
    [
      'too many images',
      renderJson(aVerdict({ images: Array(60).fill(anImageVerdict()) }), { name: 's', version: '0' }),
    ],
  ])('because it is %s, then it is refused whole', (_, text) => {
    expect(codeOf(() => readUntrustedReport(text, 'r'))).toBe('untrusted-report')
  })

  test('then the message about it quotes none of its words', () => {
    const text = JSON.stringify({ '::error::pwned': 1 })
    expect(problemThrownBy(() => readUntrustedReport(text, 'r')).what).not.toContain('pwned')
  })

  test.each(['/etc/passwd', '../x', 'a/../../b', 'a\nb', '.', 'a//b', `${'a/'.repeat(200)}b`])(
    'because it points at %j, then there is no such place',
    (file) => {
      const { images } = readUntrustedReport(report('fail', 'so', file), 'r')
      expect(images[0]?.findings[0]?.policy).toBeNull()
      expect(images[0]?.findings[0]?.links).toEqual([])
    },
  )

  test('because its words are Markdown and commands, then they stay words', async () => {
    await publish(report('fail', '<img src=x> @everyone [x](http://evil) | `a` -->'))
    const comment = setting.stub.comments[0]?.body.replace(/<!--[\s\S]*?-->/g, '') ?? ''
    const texts = [setting.stub.checkRuns[0]?.summary ?? '', comment]
    for (const text of texts) {
      expect(text).not.toContain('<img')
      expect(text).not.toContain('@everyone')
      expect(text).not.toContain('](http://evil)')
    }
  })
})
