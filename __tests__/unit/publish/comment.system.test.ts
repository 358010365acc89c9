import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type VerdictWord, withSiblings } from '../../../src/model/verdict.js'
import { anImageVerdict, aRuledFinding, aVerdict } from '../../support/builders.js'
import { aWorld, HEAD, PULL, pullRequest, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await aWorld()
})
afterEach(async () => {
  expect(world.stub.faults).toEqual([])
  await world.close()
})

const only = { checkRun: false } as const
const NEXT = 'c'.repeat(40)

function verdictOf(verdict: VerdictWord, reference = 'app:1.4.0') {
  const findings = verdict === 'fail' ? [aRuledFinding()] : []
  return aVerdict({ verdict, images: [anImageVerdict({ reference, verdict, findings })] })
}
const failing = verdictOf('fail')
const passing = verdictOf('pass')
const run = (number: number, head = HEAD) =>
  pullRequest(world.stub.url, world.workspace, { run: number, head })
const bodies = () => world.stub.comments.filter(({ author }) => author !== 'alice').map(({ body }) => body)
const body = () => {
  const [first, ...others] = bodies()
  if (first === undefined || others.length > 0) {
    throw new Error(`${bodies().length} comments`)
  }
  return first
}
const seen = () => body().replace(/<!--[\s\S]*?-->\n?/g, '')
const writes = () => world.stub.log.filter(({ method, path }) => method !== 'GET' && path !== '/graphql')

describe('when several platforms of an image are judged', () => {
  const arm64 = { os: 'linux', architecture: 'arm64', variant: null }
  const [passes] = verdictOf('pass').images
  const [fails] = verdictOf('fail').images
  const both = aVerdict({
    verdict: 'fail',
    images: withSiblings([passes, fails && { ...fails, platform: arm64 }].flatMap((one) => one ?? [])),
  })

  test('then each has a part of its own, the worse one first, and a leg of a matrix takes the place of one', async () => {
    await world.publish(both, only, run(1))
    const parts = seen().match(/^- (?:⛔|✅).*$/gm)
    expect(seen()).toContain(
      '### ⛔ app:1.4.0 on 2 platforms (linux/arm64 fail, linux/amd64 pass) may not be released: 1 task\n',
    )
    expect(parts).toEqual([
      '- ⛔ app:1.4.0 (linux/arm64) may not be released: 1 task',
      '- ✅ app:1.4.0 (linux/amd64) may be released',
    ])
    const alone = aVerdict({ verdict: 'pass', images: passes ? [{ ...passes, platform: arm64 }] : [] })
    await world.publish(alone, { ...only, platform: 'linux/arm64' }, run(2))
    expect(seen()).toContain('### ✅ 2 images may be released\n')
  })

  test.each([
    ['fail', 'linux/amd64', 'failure'],
    ['fail', 'linux/arm64', 'failure'],
    ['incomplete', 'linux/amd64', 'action_required'],
    ['incomplete', 'linux/arm64', 'action_required'],
  ] as const)(
    'when one is %s, and it is %s, then comment and check run name it first, whatever the order of the index',
    async (word, worse, conclusion) => {
      const names = ['linux/amd64', 'linux/arm64'] as const
      const images = names.flatMap((name) =>
        verdictOf(name === worse ? word : 'pass').images.map((one) => ({
          ...one,
          platform: { ...arm64, architecture: name.slice('linux/'.length) },
        })),
      )
      const better = names.find((name) => name !== worse) ?? ''
      await world.publish(aVerdict({ verdict: word, images: withSiblings(images) }))
      expect(world.stub.checkRuns.map((one) => one.conclusion)).toEqual([conclusion])
      expect(world.stub.checkRuns[0]?.title).toContain(
        `app:1.4.0 on 2 platforms (${worse} ${word}, ${better} pass) `,
      )
      expect(seen()).toContain(
        `### ⛔ app:1.4.0 on 2 platforms (${worse} ${word}, ${better} pass) may not be released`,
      )
      // Whose a line is, where each platform has one.
      expect(seen()).toMatch(new RegExp(`^app:1\\.4\\.0 \\(${worse}\\): `, 'm'))
      expect(seen()).not.toMatch(/^app:1\.4\.0: /m)
      const parts = seen().match(/^- .*$/gm) ?? []
      expect(parts[0]).toContain(`⛔ app:1.4.0 (${worse}) `)
      expect(parts[1]).toBe(`- ✅ app:1.4.0 (${better}) may be released`)
    },
  )

  test('then the check run names the worse one in its title, and all in its name', async () => {
    await world.publish(both, { platform: 'all platforms', comment: 'never' })
    const [check] = world.stub.checkRuns
    expect(check?.name).toBe('Seaworthy: app:1.4.0 (all platforms)')
    expect(check?.title).toContain('app:1.4.0 on 2 platforms (linux/arm64 fail, linux/amd64 pass) may not be')
  })
})

describe('from run to run', () => {
  test('when it fails, fails again and passes then one comment is made, kept, and green and short at last', async () => {
    await world.publish(failing, only, run(1))
    expect(seen()).toContain('### ⛔ app:1.4.0 (linux/amd64) may not be released: 1 task\n')
    expect(seen()).toMatch(/RUN apt-get update .*apt-get install -y --only-upgrade .*apt libapt-pkg6\.0/s)
    const id = world.stub.comments[0]?.id
    await world.publish(failing, only, run(2, NEXT))
    expect(seen()).toContain(`commit ${NEXT.slice(0, 7)}`)
    await world.publish(passing, only, run(3, NEXT))
    expect(seen()).toMatch(
      /^### ✅ app:1\.4\.0 \(linux\/amd64\) may be released\n\nKEV not checked\.\n\n- regression test: not run\n- data: debian-tracker 2026-11-24, today\n\n<sub>judged as of .*<\/sub>\n\n$/,
    )
    expect(world.stub.comments[0]?.id).toBe(id)
    expect(writes().map(({ method }) => method)).toEqual(['POST', 'PATCH', 'PATCH'])
  })

  test('when nothing has changed then nothing is written', async () => {
    await world.publish(failing, only)
    await world.publish(failing, only)
    expect(writes()).toHaveLength(1)
  })

  test('when an older run comes late then the newer one’s words stay', async () => {
    await world.publish(failing, only, run(5, NEXT))
    const before = body()
    await world.publish(passing, only, run(4))
    expect(body()).toBe(before)
  })

  test('when the tag is new with each build then the image is told of once', async () => {
    await world.publish(verdictOf('fail', 'app:sha-1'), only, run(1))
    await world.publish(verdictOf('pass', 'app:sha-2'), only, run(2, NEXT))
    expect(seen()).toContain('### ✅ app:sha-2')
    expect(seen()).not.toContain('sha-1')
  })

  test('when an image has not been judged for the new head yet then that is said, and it counts for nothing', async () => {
    await world.publish(failing, only, run(1))
    await world.publish(verdictOf('fail', 'db:2'), only, run(1))
    await world.publish(passing, only, run(2, NEXT))
    expect(seen()).toContain('### ✅ app:1.4.0')
    expect(seen()).toContain(
      `db:2 (linux/amd64): not judged for this commit yet; last judged for ${HEAD.slice(0, 7)}.`,
    )
    await world.publish(passing, only, run(3, 'd'.repeat(40)))
    expect(seen()).not.toContain('db:2')
  })
})

describe('when it is commented on', () => {
  test.each([
    ['changes', [], 'made'],
    ['failure', [], 'made'],
    ['always', ['made'], 'made'],
    ['never', [], ''],
  ] as const)('by %s then a pass makes %j and a fail %j', async (comment, afterPass, afterFail) => {
    await world.publish(passing, { ...only, comment })
    expect(bodies().map(() => 'made')).toEqual(afterPass)
    await world.publish(failing, { ...only, comment }, run(2))
    expect(bodies().map(() => 'made')).toEqual(afterFail === '' ? [] : [afterFail])
    if (comment === 'never') {
      expect(world.stub.log).toEqual([])
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
      await world.publish({ ...passing, images }, { ...only, comment })
      expect(bodies().map(() => 'made')).toEqual(made)
    },
  )

  test('when the event is no pull request then there is no comment', async () => {
    await world.publish(failing, only, { GITHUB_EVENT_NAME: 'schedule' })
    expect(world.stub.log).toEqual([])
  })
})

describe('legs of a matrix', () => {
  test('when four come one after the other then all are told, the worst first', async () => {
    await world.publish(passing, { ...only, comment: 'always' })
    await world.publish(failing, { ...only, platform: 'linux/arm64' })
    await world.publish(verdictOf('pass', 'db:2'), only)
    await world.publish(verdictOf('incomplete', 'web:3'), only)
    expect(seen()).toContain('### ⛔ 2 of 4 images may not be released: 1 task\n')
    expect(
      seen()
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
      names.map((name) => world.publish(verdictOf('fail', name), { ...only, pause }).finally(next)),
    )
    for (const name of names) {
      expect(seen()).toContain(`${name} (linux/amd64) may not be released`)
    }
    expect(seen()).toContain('### ⛔ 8 of 8 images')
    expect(world.warnings).toEqual([])
  })

  test('when another writes between our reading and writing then it writes again, and both are there', async () => {
    await world.publish(verdictOf('fail', 'other:1'), only)
    const [comment] = world.stub.comments
    const theirs = body()
    await world.publish(failing, only)
    // Another leg had read before we wrote, and writes over us while we wait.
    let pauses = 0
    const pause = async () => {
      if (++pauses === 1 && comment) {
        comment.body = theirs
      }
    }
    await world.publish(verdictOf('fail', 'third:1'), { ...only, pause })
    expect(seen()).toContain('third:1')
    expect(seen()).toContain('other:1')
    expect(writes().map(({ method }) => method)).toEqual(['POST', 'PATCH', 'PATCH', 'PATCH'])
  })

  test('when two were made at the same moment then the older stays and has both', async () => {
    const first = world.stub.addComment.bind(world.stub)
    await world.publish(verdictOf('fail', 'other:1'), only)
    const theirs = body()
    world.stub.comments.length = 0
    world.stub.fail({
      method: 'POST',
      path: /comments/,
      times: 1,
      first: () => first({ body: theirs, author: 'github-actions[bot]', type: 'Bot' }),
    })
    await world.publish(failing, only)
    expect(seen()).toContain('other:1')
    expect(seen()).toContain('app:1.4.0')
    expect(writes().map(({ method }) => method)).toEqual(['POST', 'POST', 'PATCH', 'DELETE'])
  })
})

describe('what people do', () => {
  test('when it is deleted then it is made again, also while we write', async () => {
    await world.publish(failing, only, run(1))
    world.stub.comments.length = 0
    await world.publish(failing, only, run(2))
    expect(bodies()).toHaveLength(1)
    world.stub.fail({
      method: 'PATCH',
      times: 1,
      first: () => {
        world.stub.comments.length = 0
      },
    })
    await world.publish(failing, only, run(3))
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
    await world.publish(failing, only, run(1))
    const [comment] = world.stub.comments
    if (comment) {
      comment.body = edit(comment.body)
    }
    await world.publish(failing, only, run(2))
    expect(seen()).toContain('may not be released')
    expect(seen()).not.toMatch(/all is well|hello/)
    expect(world.stub.comments).toHaveLength(1)
  })

  test('when its mark is edited away then it is theirs, and there is another one', async () => {
    await world.publish(failing, only, run(1))
    const [comment] = world.stub.comments
    if (comment) {
      comment.body = 'mine now'
    }
    await world.publish(failing, only, run(2))
    expect(bodies()).toEqual(['mine now', expect.stringContaining('may not be released')])
  })

  test('when somebody else wrote the mark, or quoted it, then that comment is left alone', async () => {
    await world.publish(failing, only, run(1))
    const text = body().replace('may not be', 'may be')
    world.stub.comments.length = 0
    world.stub.addComment({ body: text, author: 'mallory' })
    world.stub.addComment({ body: text, author: 'other[bot]', type: 'Bot' })
    world.stub.addComment({ body: text, author: 'github-actions', type: 'User' })
    world.stub.addComment({ body: `> ${text}`, author: 'github-actions[bot]', type: 'Bot' })
    const others = world.stub.comments.map((comment) => ({ ...comment }))
    await world.publish(failing, only, run(2))
    expect(world.stub.comments.slice(0, 4)).toEqual(others)
    expect(world.stub.comments).toHaveLength(5)
  })

  test('when there are 500 comments then ours is found among them', async () => {
    const updatedAt = '2026-11-01T00:00:00.000Z'
    for (let index = 0; index < 450; index++) {
      world.stub.addComment({ body: `no. ${index}`, updatedAt })
    }
    await world.publish(failing, only, run(1))
    for (let index = 0; index < 50; index++) {
      world.stub.addComment({ body: `no. ${index}`, updatedAt })
    }
    world.stub.log.length = 0
    await world.publish(passing, only, run(2))
    expect(bodies()).toHaveLength(1)
    expect(seen()).toContain('✅')
    expect(world.stub.log.length).toBeLessThanOrEqual(10)
  })

  test('when comments are on another pull request then they are not ours', async () => {
    world.stub.addComment({ issue: PULL + 1, body: 'x', author: 'github-actions[bot]', type: 'Bot' })
    await world.publish(failing, only)
    expect(world.stub.comments).toHaveLength(2)
  })
})

describe('whose the token is', () => {
  test.each(['acme-gate[bot]', 'acme-gate-user'])(
    'when it is %s then its own comment is found again',
    async (viewer) => {
      world.stub.viewer = viewer
      await world.publish(failing, only, run(1))
      await world.publish(passing, only, run(2))
      expect(world.stub.comments.map(({ author }) => author)).toEqual([viewer])
    },
  )

  test('when GitHub does not say then it is the one of every workflow', async () => {
    world.stub.viewer = null
    await world.publish(failing, only, run(1))
    await world.publish(passing, only, run(2))
    expect(world.stub.comments).toHaveLength(1)
  })
})

describe('when GitHub does not take it', () => {
  const commenting = { path: /comments/ }

  test('with a fork’s token then all is said, and nothing is written', async () => {
    world.stub.readOnly = true
    const from = pullRequest(world.stub.url, world.workspace, { from: 'mallory/shop' })
    const { checkRun, notes } = await world.publish(failing, {}, from)
    expect(checkRun).toBe(false)
    expect(notes).toEqual([
      expect.stringMatching(
        /^the check run was not published: GitHub returned 403: Resource not acc.*checks: write/,
      ),
      expect.stringMatching(
        /^the comment was not published: GitHub returned 403: Resource not acc.*pull-requests: write/,
      ),
    ])
    expect([world.stub.comments, world.stub.checkRuns]).toEqual([[], []])
  })

  test.each([
    [404, '404'],
    [422, '422'],
    [500, '500'],
  ])('with %i then that is said', async (status, words) => {
    world.stub.fail({ ...commenting, status })
    const { notes } = await world.publish(failing, only)
    expect(notes).toEqual([expect.stringContaining(words)])
  })

  test('with 429 then it waits as told', async () => {
    world.stub.fail({ ...commenting, status: 429, headers: { 'retry-after': '1' }, times: 2 })
    const pauses: number[] = []
    const pause = async (ms: number) => void pauses.push(ms)
    expect((await world.publish(failing, { ...only, pause })).notes).toEqual([])
    expect(pauses.filter((ms) => ms >= 1000)).toEqual([1000, 1000])
    expect(bodies()).toHaveLength(1)
  })

  test('with a cut connection after it was made then there is one', async () => {
    world.stub.fail({ ...commenting, method: 'POST', cut: 'after', times: 1 })
    expect((await world.publish(failing, only)).notes).toEqual([])
    expect(bodies()).toHaveLength(1)
  })

  test('with a cut connection before each POST then that is said', async () => {
    world.stub.fail({ ...commenting, method: 'POST', cut: 'before' })
    expect((await world.publish(failing, only)).notes).toHaveLength(1)
  })
})

test('when two workflows judge then each has its own comment', async () => {
  await world.publish(failing, only)
  const GITHUB_WORKFLOW_REF = 'acme/shop/.github/workflows/--> night.yml@refs/heads/main'
  await world.publish(failing, only, { GITHUB_WORKFLOW_REF })
  await world.publish(passing, only, { GITHUB_WORKFLOW_REF, GITHUB_RUN_NUMBER: '2' })
  expect(bodies().map((text) => /###.*released/.exec(text)?.[0].slice(4, 5))).toEqual(['⛔', '✅'])
})
