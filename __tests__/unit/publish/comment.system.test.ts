import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type VerdictStatus, withSiblings } from '../../../src/model/verdict.js'
import { anImageVerdict, aRuledFinding, aVerdict } from '../../support/builders.js'
import { aPublishSetting, HEAD, PULL, type PublishSetting, pullRequest } from './publish-setting.js'

let setting: PublishSetting
beforeEach(async () => {
  setting = await aPublishSetting()
})
afterEach(async () => {
  expect(setting.stub.errors).toEqual([])
  await setting.close()
})

const only = { checkRun: false } as const
const NEXT = 'c'.repeat(40)

function verdictOf(verdict: VerdictStatus, reference = 'app:1.4.0') {
  const findings = verdict === 'fail' ? [aRuledFinding()] : []
  return aVerdict({ verdict, images: [anImageVerdict({ reference, verdict, findings })] })
}
const failing = verdictOf('fail')
const passing = verdictOf('pass')
const run = (number: number, head = HEAD) =>
  pullRequest(setting.stub.url, setting.workspace, { run: number, head })
const bodies = () => setting.stub.comments.filter(({ author }) => author !== 'alice').map(({ body }) => body)
const body = () => {
  const [first, ...others] = bodies()
  if (first === undefined || others.length > 0) {
    throw new Error(`${bodies().length} comments`)
  }
  return first
}
const visibleBody = () => body().replace(/<!--[\s\S]*?-->\n?/g, '')
const writes = () => setting.stub.log.filter(({ method, path }) => method !== 'GET' && path !== '/graphql')

describe('when several platforms of an image are judged', () => {
  const arm64 = { os: 'linux', architecture: 'arm64', variant: null }
  const [passes] = verdictOf('pass').images
  const [fails] = verdictOf('fail').images
  const both = aVerdict({
    verdict: 'fail',
    images: withSiblings([passes, fails && { ...fails, platform: arm64 }].flatMap((one) => one ?? [])),
  })

  test('then each has a part of its own, the worse one first, and a job of a matrix takes the place of one', async () => {
    await setting.publish(both, only, run(1))
    const parts = visibleBody().match(/^- (?:⛔|✅).*$/gm)
    expect(visibleBody()).toContain(
      '### ⛔ app:1.4.0 on 2 platforms (linux/arm64 fail, linux/amd64 pass) may not be released: 1 task\n',
    )
    expect(parts).toEqual([
      '- ⛔ app:1.4.0 (linux/arm64) may not be released: 1 task',
      '- ✅ app:1.4.0 (linux/amd64) may be released',
    ])
    const alone = aVerdict({ verdict: 'pass', images: passes ? [{ ...passes, platform: arm64 }] : [] })
    await setting.publish(alone, { ...only, platform: 'linux/arm64' }, run(2))
    expect(visibleBody()).toContain('### ✅ 2 images may be released\n')
  })

  test.each([
    ['fail', 'linux/amd64', 'failure'],
    ['fail', 'linux/arm64', 'failure'],
    ['incomplete', 'linux/amd64', 'action_required'],
    ['incomplete', 'linux/arm64', 'action_required'],
  ] as const)(
    'when one is %s, and it is %s, then comment and check run name it first, whatever the order of the index',
    async (status, worse, conclusion) => {
      const names = ['linux/amd64', 'linux/arm64'] as const
      const images = names.flatMap((name) =>
        verdictOf(name === worse ? status : 'pass').images.map((one) => ({
          ...one,
          platform: { ...arm64, architecture: name.slice('linux/'.length) },
        })),
      )
      const better = names.find((name) => name !== worse) ?? ''
      await setting.publish(aVerdict({ verdict: status, images: withSiblings(images) }))
      expect(setting.stub.checkRuns.map((one) => one.conclusion)).toEqual([conclusion])
      expect(setting.stub.checkRuns[0]?.title).toContain(
        `app:1.4.0 on 2 platforms (${worse} ${status}, ${better} pass) `,
      )
      expect(visibleBody()).toContain(
        `### ⛔ app:1.4.0 on 2 platforms (${worse} ${status}, ${better} pass) may not be released`,
      )
      // Whose a line is, where each platform has one.
      expect(visibleBody()).toMatch(new RegExp(`^app:1\\.4\\.0 \\(${worse}\\): `, 'm'))
      expect(visibleBody()).not.toMatch(/^app:1\.4\.0: /m)
      const parts = visibleBody().match(/^- .*$/gm) ?? []
      expect(parts[0]).toContain(`⛔ app:1.4.0 (${worse}) `)
      expect(parts[1]).toBe(`- ✅ app:1.4.0 (${better}) may be released`)
    },
  )

  test('then the check run names the worse one in its title, and all in its name', async () => {
    await setting.publish(both, { platform: 'all platforms', comment: 'never' })
    const [check] = setting.stub.checkRuns
    expect(check?.name).toBe('Seaworthy: app:1.4.0 (all platforms)')
    expect(check?.title).toContain('app:1.4.0 on 2 platforms (linux/arm64 fail, linux/amd64 pass) may not be')
  })
})

describe('from run to run', () => {
  test('when it fails, fails again and passes then one comment is made, kept, and green and short at last', async () => {
    await setting.publish(failing, only, run(1))
    expect(visibleBody()).toContain('### ⛔ app:1.4.0 (linux/amd64) may not be released: 1 task\n')
    expect(visibleBody()).toMatch(
      /RUN apt-get update .*apt-get install -y --only-upgrade .*apt libapt-pkg6\.0/s,
    )
    const id = setting.stub.comments[0]?.id
    await setting.publish(failing, only, run(2, NEXT))
    expect(visibleBody()).toContain(`commit ${NEXT.slice(0, 7)}`)
    await setting.publish(passing, only, run(3, NEXT))
    expect(visibleBody()).toMatch(
      /^### ✅ app:1\.4\.0 \(linux\/amd64\) may be released\n\nsecurity-updates: not run · clair: none known · .*\. KEV not checked\.\n\n<sub>judged as of .*<\/sub>\n\n$/,
    )
    expect(setting.stub.comments[0]?.id).toBe(id)
    expect(writes().map(({ method }) => method)).toEqual(['POST', 'PATCH', 'PATCH'])
  })

  test('when nothing has changed then nothing is written', async () => {
    await setting.publish(failing, only)
    await setting.publish(failing, only)
    expect(writes()).toHaveLength(1)
  })

  test('when an older run comes late then the newer one’s words stay', async () => {
    await setting.publish(failing, only, run(5, NEXT))
    const before = body()
    await setting.publish(passing, only, run(4))
    expect(body()).toBe(before)
  })

  test('when the tag is new with each build then the image is told of once', async () => {
    await setting.publish(verdictOf('fail', 'app:sha-1'), only, run(1))
    await setting.publish(verdictOf('pass', 'app:sha-2'), only, run(2, NEXT))
    expect(visibleBody()).toContain('### ✅ app:sha-2')
    expect(visibleBody()).not.toContain('sha-1')
  })

  test('when an image has not been judged for the new head yet then that is reported, and it counts for nothing', async () => {
    await setting.publish(failing, only, run(1))
    await setting.publish(verdictOf('fail', 'db:2'), only, run(1))
    await setting.publish(passing, only, run(2, NEXT))
    expect(visibleBody()).toContain('### ✅ app:1.4.0')
    expect(visibleBody()).toContain(
      `db:2 (linux/amd64): not judged for this commit yet; last judged for ${HEAD.slice(0, 7)}.`,
    )
    await setting.publish(passing, only, run(3, 'd'.repeat(40)))
    expect(visibleBody()).not.toContain('db:2')
  })
})

describe('when it is commented on', () => {
  test.each([
    ['changes', [], 'made'],
    ['failure', [], 'made'],
    ['always', ['made'], 'made'],
    ['never', [], ''],
  ] as const)('by %s then a pass makes %j and a fail %j', async (comment, afterPass, afterFail) => {
    await setting.publish(passing, { ...only, comment })
    expect(bodies().map(() => 'made')).toEqual(afterPass)
    await setting.publish(failing, { ...only, comment }, run(2))
    expect(bodies().map(() => 'made')).toEqual(afterFail === '' ? [] : [afterFail])
    if (comment === 'never') {
      expect(setting.stub.log).toEqual([])
    }
  })

  test.each([
    ['changes', 'low', ['made']],
    ['changes', null, []],
    ['failure', 'low', []],
  ] as const)(
    'by %s then a pass with something gone since the baseline (%j) makes %j',
    async (comment, severity, made) => {
      const { id, check, package: name } = aRuledFinding()
      const gone = severity === null ? [] : [{ check, id, package: name, severity, ruling: 'noted' as const }]
      const images = passing.images.map((image) => ({ ...image, gone }))
      await setting.publish({ ...passing, images }, { ...only, comment })
      expect(bodies().map(() => 'made')).toEqual(made)
    },
  )

  test('when the event is no pull request then there is no comment', async () => {
    await setting.publish(failing, only, { GITHUB_EVENT_NAME: 'schedule' })
    expect(setting.stub.log).toEqual([])
  })
})

describe('jobs of a matrix', () => {
  test('when four come one after the other then all are reported, the worst first', async () => {
    await setting.publish(passing, { ...only, comment: 'always' })
    await setting.publish(failing, { ...only, platform: 'linux/arm64' })
    await setting.publish(verdictOf('pass', 'db:2'), only)
    await setting.publish(verdictOf('incomplete', 'web:3'), only)
    expect(visibleBody()).toContain('### ⛔ 2 of 4 images may not be released: 1 task\n')
    expect(
      visibleBody()
        .match(/^- (?:⛔|✅).*$/gm)
        ?.map((line) => line.slice(2, 9)),
    ).toEqual([...['⛔ app:1', '⛔ web:3'], ...['✅ ', '✅ '].map(() => expect.stringMatching(/^✅ /))])
  })

  test('when eight come at once then one comment tells all', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `app-${index}:1`)
    // All read and write at once; then whoever has waited longest looks again, while nobody writes.
    let busy = names.length
    const waiting: (() => void)[] = []
    const next = () => {
      busy--
      if (busy === 0) {
        busy = 1
        waiting.shift()?.()
      }
    }
    const pause = () => new Promise<void>((resolve) => waiting.push(resolve) && next())
    await Promise.all(
      names.map((name) => setting.publish(verdictOf('fail', name), { ...only, pause }).finally(next)),
    )
    for (const name of names) {
      expect(visibleBody()).toContain(`${name} (linux/amd64) may not be released`)
    }
    expect(visibleBody()).toContain('### ⛔ 8 of 8 images')
    expect(setting.warnings).toEqual([])
  })

  test('when another writes between our reading and writing then it writes again, and both are there', async () => {
    await setting.publish(verdictOf('fail', 'other:1'), only)
    const [comment] = setting.stub.comments
    const theirs = body()
    await setting.publish(failing, only)
    // Another job had read before we wrote, and writes over us while we wait.
    let pauses = 0
    const pause = async () => {
      if (++pauses === 1 && comment) {
        comment.body = theirs
      }
    }
    await setting.publish(verdictOf('fail', 'third:1'), { ...only, pause })
    expect(visibleBody()).toContain('third:1')
    expect(visibleBody()).toContain('other:1')
    expect(writes().map(({ method }) => method)).toEqual(['POST', 'PATCH', 'PATCH', 'PATCH'])
  })

  test('when two were made at the same moment then the older stays and has both', async () => {
    const first = setting.stub.addComment.bind(setting.stub)
    await setting.publish(verdictOf('fail', 'other:1'), only)
    const theirs = body()
    setting.stub.comments.length = 0
    setting.stub.fail({
      method: 'POST',
      path: /comments/,
      times: 1,
      first: () => first({ body: theirs, author: 'github-actions[bot]', type: 'Bot' }),
    })
    await setting.publish(failing, only)
    expect(visibleBody()).toContain('other:1')
    expect(visibleBody()).toContain('app:1.4.0')
    expect(writes().map(({ method }) => method)).toEqual(['POST', 'POST', 'PATCH', 'DELETE'])
  })
})

describe('what people do', () => {
  test('when it is deleted then it is made again, also while we write', async () => {
    await setting.publish(failing, only, run(1))
    setting.stub.comments.length = 0
    await setting.publish(failing, only, run(2))
    expect(bodies()).toHaveLength(1)
    setting.stub.fail({
      method: 'PATCH',
      times: 1,
      first: () => {
        setting.stub.comments.length = 0
      },
    })
    await setting.publish(failing, only, run(3))
    expect(bodies()).toHaveLength(1)
  })

  test.each([
    ['its text', (text: string) => text.replace(/### .*/, '### all is well')],
    [
      'its hidden legs',
      (text: string) => text.replace(/seaworthy-legs .*/, 'seaworthy-legs [{"key":1}] -->'),
    ],
    ['its hidden legs, cut', (text: string) => text.slice(0, text.lastIndexOf('seaworthy-legs') + 40)],
    ['all but its mark', (text: string) => `${text.split('\n')[0]}\nhello`],
    // What a browser sends of a text field (HTML Living Standard, 4.10.21.4), and GitHub keeps.
    ['a word in a browser', (text: string) => text.replace('thing', 'hello').replaceAll('\n', '\r\n')],
  ])('when %s is edited then it is written anew', async (_, edit) => {
    await setting.publish(failing, only, run(1))
    const [comment] = setting.stub.comments
    if (comment) {
      comment.body = edit(comment.body)
    }
    await setting.publish(failing, only, run(2))
    expect(visibleBody()).toContain('may not be released')
    expect(visibleBody()).not.toMatch(/all is well|hello/)
    expect(setting.stub.comments).toHaveLength(1)
  })

  test('when its mark is edited away then it is theirs, and there is another one', async () => {
    await setting.publish(failing, only, run(1))
    const [comment] = setting.stub.comments
    if (comment) {
      comment.body = 'mine now'
    }
    await setting.publish(failing, only, run(2))
    expect(bodies()).toEqual(['mine now', expect.stringContaining('may not be released')])
  })

  test('when somebody else wrote the mark, or quoted it, then that comment is left alone', async () => {
    await setting.publish(failing, only, run(1))
    const text = body().replace('may not be', 'may be')
    setting.stub.comments.length = 0
    setting.stub.addComment({ body: text, author: 'mallory' })
    setting.stub.addComment({ body: text, author: 'other[bot]', type: 'Bot' })
    setting.stub.addComment({ body: text, author: 'github-actions', type: 'User' })
    setting.stub.addComment({ body: `> ${text}`, author: 'github-actions[bot]', type: 'Bot' })
    const others = setting.stub.comments.map((comment) => ({ ...comment }))
    await setting.publish(failing, only, run(2))
    expect(setting.stub.comments.slice(0, 4)).toEqual(others)
    expect(setting.stub.comments).toHaveLength(5)
  })

  test('when there are 500 comments then ours is found among them', async () => {
    const updatedAt = '2026-11-01T00:00:00.000Z'
    for (let index = 0; index < 450; index++) {
      setting.stub.addComment({ body: `no. ${index}`, updatedAt })
    }
    await setting.publish(failing, only, run(1))
    for (let index = 0; index < 50; index++) {
      setting.stub.addComment({ body: `no. ${index}`, updatedAt })
    }
    setting.stub.log.length = 0
    await setting.publish(passing, only, run(2))
    expect(bodies()).toHaveLength(1)
    expect(visibleBody()).toContain('✅')
    expect(setting.stub.log.length).toBeLessThanOrEqual(10)
  })

  test('when comments are on another pull request then they are not ours', async () => {
    setting.stub.addComment({ issue: PULL + 1, body: 'x', author: 'github-actions[bot]', type: 'Bot' })
    await setting.publish(failing, only)
    expect(setting.stub.comments).toHaveLength(2)
  })
})

describe('whose the token is', () => {
  test.each(['acme-gate[bot]', 'acme-gate-user'])(
    'when it is %s then its own comment is found again',
    async (viewer) => {
      setting.stub.viewer = viewer
      await setting.publish(failing, only, run(1))
      await setting.publish(passing, only, run(2))
      expect(setting.stub.comments.map(({ author }) => author)).toEqual([viewer])
    },
  )

  test('when GitHub does not say then it is the one of every workflow', async () => {
    setting.stub.viewer = null
    await setting.publish(failing, only, run(1))
    await setting.publish(passing, only, run(2))
    expect(setting.stub.comments).toHaveLength(1)
  })
})

describe('when GitHub does not take it', () => {
  const commenting = { path: /comments/ }

  test('with a fork’s token then all is said, and nothing is written', async () => {
    setting.stub.readOnly = true
    const from = pullRequest(setting.stub.url, setting.workspace, { from: 'mallory/shop' })
    const { checkRun, notes } = await setting.publish(failing, {}, from)
    expect(checkRun).toBe(false)
    expect(notes).toEqual([
      expect.stringMatching(
        /^the check run was not published: GitHub returned 403: Resource not acc.*checks: write/,
      ),
      expect.stringMatching(
        /^the comment was not published: GitHub returned 403: Resource not acc.*pull-requests: write/,
      ),
    ])
    expect([setting.stub.comments, setting.stub.checkRuns]).toEqual([[], []])
  })

  test.each([
    [404, '404'],
    [422, '422'],
    [500, '500'],
  ])('with %i then that is said', async (status, text) => {
    setting.stub.fail({ ...commenting, status })
    const { notes } = await setting.publish(failing, only)
    expect(notes).toEqual([expect.stringContaining(text)])
  })

  test('with 429 then it waits as told', async () => {
    setting.stub.fail({ ...commenting, status: 429, headers: { 'retry-after': '1' }, times: 2 })
    const pauses: number[] = []
    const pause = async (ms: number) => void pauses.push(ms)
    expect((await setting.publish(failing, { ...only, pause })).notes).toEqual([])
    expect(pauses.filter((ms) => ms >= 1000)).toEqual([1000, 1000])
    expect(bodies()).toHaveLength(1)
  })

  test('with a cut connection after it was made then there is one', async () => {
    setting.stub.fail({ ...commenting, method: 'POST', cut: 'after', times: 1 })
    expect((await setting.publish(failing, only)).notes).toEqual([])
    expect(bodies()).toHaveLength(1)
  })

  test('with a cut connection before each POST then that is reported', async () => {
    setting.stub.fail({ ...commenting, method: 'POST', cut: 'before' })
    expect((await setting.publish(failing, only)).notes).toHaveLength(1)
  })
})

test('when two workflows judge then each has its own comment', async () => {
  await setting.publish(failing, only)
  const GITHUB_WORKFLOW_REF = 'acme/shop/.github/workflows/--> night.yml@refs/heads/main'
  await setting.publish(failing, only, { GITHUB_WORKFLOW_REF })
  await setting.publish(passing, only, { GITHUB_WORKFLOW_REF, GITHUB_RUN_NUMBER: '2' })
  expect(bodies().map((text) => /###.*released/.exec(text)?.[0].slice(4, 5))).toEqual(['⛔', '✅'])
})

test.each([
  ['with other inputs', { settings: 'checks: clair' }, {}],
  ['in a job of its own', {}, { GITHUB_JOB: 'bench' }],
  ['in a step of its own', {}, { GITHUB_ACTION: '__acme_seaworthy_2' }],
])('when an image fails and %s the same image passes then both are said', async (_, options, env) => {
  await setting.publish(failing, only)
  await setting.publish(passing, { ...only, ...options }, env)
  expect(visibleBody()).toContain('### ⛔ 1 of 2 images may not be released: 1 task\n')
  expect(visibleBody().match(/^- (?:⛔|✅).*$/gm)).toEqual([
    '- ⛔ app:1.4.0 (linux/amd64) may not be released: 1 task',
    '- ✅ app:1.4.0 (linux/amd64) may be released',
  ])
  // Each replaces its own part when it is run again.
  const again = { GITHUB_RUN_ATTEMPT: '2' }
  await setting.publish(passing, only, again)
  expect(visibleBody()).toContain('### ✅ 2 images may be released\n')
})

test('when matrix jobs build different images of one name then the failing one is said', async () => {
  const other = passing.images.map((image) => ({ ...image, digest: `sha256:${'e'.repeat(64)}` }))
  await setting.publish(failing, only)
  await setting.publish({ ...passing, images: other }, only)
  expect(visibleBody()).toContain('### ⛔ 1 of 2 images may not be released: 1 task\n')
})
