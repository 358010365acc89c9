import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { collectSecurityUpdates } from '../../../../../src/checks/security-updates/collect.js'
import type { PoolAnswers } from '../../../../../src/checks/security-updates/pool/document.js'
import { decide } from '../../../../../src/gate/decide.js'
import { imageTasks } from '../../../../../src/judge/tasks/actions.js'
import { becauseText } from '../../../../../src/model/because/texts.js'
import type { Evidence } from '../../../../../src/model/evidence.js'
import { packagesToUpdate } from '../../../../../src/update/plan/plan.js'
import { aPolicy } from '../../../../support/builders.js'
import '../../../../support/no-network.js'
import {
  aDebianImage,
  aKey,
  indexFiles,
  NOW,
  opening,
  publish,
  startServer,
  type TestKey,
  type TestServer,
} from '../../../../support/debian-archive.js'
import { NEVER } from '../../../../support/waiting.js'

/**
 * A stand-in for bullseye after 2026-08-31: an archive on the loopback whose indexes are signed, and whose release is
 * past its end of support by the table of the test.
 */
const ROW = { codename: 'bookworm', version: '12', released: '2023-06-10', eol: '2026-07-11', eolElts: null }
const TRIXIE = { codename: 'trixie', version: '13', released: '2025-08-09', eol: '2028-08-09', eolElts: null }
const ENDED = [
  { ...ROW, eolLts: '2026-08-31' },
  { ...TRIXIE, eolLts: '2030-06-30' },
]
const SUPPORTED = [{ ...ROW, eolLts: '2028-06-30' }]

const NAMES = ['apt', 'bash'] as const
const fileOf = (name: string) => `pool/updates/main/${name[0]}/${name}/${name}_2.0_amd64.deb`
const stanzaOf = (name: string) =>
  `Package: ${name}\nVersion: 2.0\nArchitecture: amd64\nFilename: ${fileOf(name)}\nSize: 9\nSHA256: ${'0'.repeat(64)}\n`

let key: TestKey
let server: TestServer
beforeAll(async () => {
  key = await aKey()
})
beforeEach(async () => {
  server = await startServer()
  for (const suite of ['bookworm', 'bookworm-updates']) {
    await publish(server, key, {
      suite,
      files: indexFiles('Package: zsh\nVersion: 1\nArchitecture: amd64\n'),
    })
  }
  const security = indexFiles(NAMES.map(stanzaOf).join('\n'))
  await publish(server, key, { suite: 'bookworm-security', files: security })
})
afterEach(() => server.close())

interface Setting {
  readonly support?: typeof ENDED
  readonly image?: ReturnType<typeof aDebianImage>
}

async function collect({ support = ENDED, image = aDebianImage() }: Setting = {}): Promise<Evidence> {
  const [evidence] = await collectSecurityUpdates(
    [opening(image)],
    {
      archive: {
        mirror: `${server.url}/debian`,
        securityMirror: `${server.url}/debian-security`,
        offline: false,
        fixDays: false,
      },
      tracker: null,
      onOrigins: () => {},
      cacheDir: null,
      trustedCacheDir: null,
      allowedBases: 'any',
      officialMirrors: [],
      engine: () => Promise.reject(new Error('no engine')),
      now: NOW,
      signal: new AbortController().signal,
      timeoutMs: NEVER,
      patienceMs: NEVER,
      progress: () => {},
    },
    { certificates: [key.certificate], oldest: {}, support },
    [],
  )
  if (evidence === undefined) {
    throw new Error('no evidence')
  }
  return evidence
}

function judged(evidence: Evidence, image = aDebianImage()) {
  const collected = {
    reference: 'app:1',
    image,
    problem: null,
    evidence: [evidence],
    dockerfiles: [],
    platform: null,
    others: null,
  }
  const policy = aPolicy([], { checks: ['security-updates'], allowedBases: 'any' })
  const [verdict] = decide([collected], policy, '2026-11-24').images
  if (verdict === undefined) {
    throw new Error('no image')
  }
  return verdict
}

const poolOf = ({ documents }: Evidence) => JSON.parse(documents['pool.json'] ?? '[]') as PoolAnswers
const states = (evidence: Evidence) => poolOf(evidence).map(({ state }) => state)
const page = (name: string) => `/debian-security/${fileOf(name)}`
const isPool = (path: string) => path.includes('/pool/')

describe('a release past its end of support, by an archive on the loopback', () => {
  test('when the pool is gone and the index is served, then it is the end of life and no update', async () => {
    const evidence = await collect()
    expect(states(evidence)).toEqual(['gone', 'gone'])
    const image = judged(evidence)
    expect(image.verdict).toBe('fail')
    expect(image.findings.map(({ id, ruling, installable }) => [id, ruling, installable])).toEqual(
      expect.arrayContaining([
        ['end-of-life', 'act', null],
        ['security-update', 'act', false],
      ]),
    )
    const [task, ...more] = imageTasks(image)
    expect(more).toEqual([])
    expect(task).toMatchObject({
      kind: 'decide',
      title: 'Move to Debian 13 (trixie)',
      command: null,
      dockerfile: null,
      packages: [],
    })
    expect(task?.why).toContain(
      'ended on 2026-08-31, and the mirrors no longer have the files for 2 of its 2 updates',
    )
    expect(packagesToUpdate(image.findings)).toEqual([])
    const notes = image.checks[0]?.notes.join('\n') ?? ''
    expect(notes).not.toContain('apt-get')
    expect(notes).toContain('update files: 2 in total, 0 still on the mirrors, 2 gone')
    const [update] = image.findings.filter(({ id }) => id === 'security-update').map(becauseText)
    expect(update).toBe("Debian has a security update: 2.0; the mirrors no longer have the update's file")
  })

  test('when the pool is there, then the updates are to make', async () => {
    for (const name of NAMES) {
      server.pages.set(page(name), 'a package')
    }
    const evidence = await collect()
    expect(states(evidence)).toEqual(['there', 'there'])
    const image = judged(evidence)
    expect(packagesToUpdate(image.findings)).toEqual(['apt', 'bash'])
    expect(imageTasks(image).map(({ title }) => title)).toEqual([
      'Move to Debian 13 (trixie)',
      'Update 2 packages',
    ])
  })

  test('when one file alone is missing, then that update alone is left out', async () => {
    server.pages.set(page('bash'), 'a package')
    const evidence = await collect()
    expect(states(evidence)).toEqual(['gone', 'there'])
    const image = judged(evidence)
    expect(packagesToUpdate(image.findings)).toEqual(['bash'])
    const [move, update] = imageTasks(image)
    expect(update?.command).toContain('--only-upgrade bash')
    expect(move?.why).toContain('no update can be installed for apt')
  })

  test.each([
    ['fails', 503],
    ['refuses', 403],
    ['knows no HEAD', 405],
  ])('when the mirror %s for files, then nobody knows, and the updates stay', async (_, status) => {
    for (const name of NAMES) {
      server.pages.set(page(name), (_request, response) =>
        response.writeHead(status, { 'retry-after': '0' }).end(),
      )
    }
    const evidence = await collect()
    expect(states(evidence)).toEqual(['unknown', 'unknown'])
    expect(poolOf(evidence)[0]?.detail).toContain(`HTTP ${status}`)
    expect(packagesToUpdate(judged(evidence).findings)).toEqual(['apt', 'bash'])
  })

  test('when the mirror breaks off, then nobody knows, and the updates stay', async () => {
    for (const name of NAMES) {
      server.pages.set(page(name), (request) => request.socket.destroy())
    }
    const evidence = await collect()
    expect(states(evidence)).toEqual(['unknown', 'unknown'])
    expect(packagesToUpdate(judged(evidence).findings)).toEqual(['apt', 'bash'])
  })

  test('when there are more updates than are asked for and all of these are gone, then so are the others', async () => {
    const many = Array.from({ length: 70 }, (_, at) => `lib${String(at).padStart(2, '0')}`)
    const files = indexFiles(many.map(stanzaOf).join('\n'))
    await publish(server, key, { suite: 'bookworm-security', files })
    const installed = many.map(
      (name) => `Package: ${name}\nStatus: install ok installed\nVersion: 1.0\nArchitecture: amd64\n`,
    )
    const image = aDebianImage({ 'var/lib/dpkg/status': installed.join('\n') })
    const evidence = await collect({ image })
    expect(states(evidence)).toEqual(Array.from({ length: 64 }, () => 'gone'))
    expect(server.requests.filter(isPool)).toHaveLength(64)
    expect(packagesToUpdate(judged(evidence, image).findings)).toEqual([])
    // One that is there, and nothing is said of those that nobody asked for.
    server.pages.set(page('lib00'), 'a package')
    const some = judged(await collect({ image }), image)
    expect(packagesToUpdate(some.findings)).toHaveLength(7)
  })

  test('when the evidence is judged again, then nobody is asked, and the findings are the same', async () => {
    const evidence = await collect()
    const first = judged(evidence)
    await server.close()
    expect(judged(evidence)).toEqual(first)
    server = await startServer()
  })

  test('when the path of a file leads elsewhere, then nobody is asked for it', async () => {
    const odd = stanzaOf('apt').replace(fileOf('apt'), 'pool/../../secret.deb')
    await publish(server, key, {
      suite: 'bookworm-security',
      files: indexFiles(`${odd}\n${stanzaOf('bash')}`),
    })
    const evidence = await collect()
    expect(states(evidence)).toEqual(['unknown', 'gone'])
    expect(server.requests.filter((path) => path.includes('secret'))).toEqual([])
  })
})

test('when the release is supported, then no file is asked for', async () => {
  const evidence = await collect({ support: SUPPORTED })
  expect(evidence.documents['pool.json']).toBeUndefined()
  expect(server.requests.filter(isPool)).toEqual([])
  expect(packagesToUpdate(judged(evidence).findings)).toEqual(['apt', 'bash'])
})

test('when pool.json is not as it was written, then there is no answer', async () => {
  const evidence = await collect()
  const documents = { ...evidence.documents, 'pool.json': '{"state":"gone"}' }
  expect(judged({ ...evidence, documents }).checks[0]).toMatchObject({
    state: 'unanswered',
    problem: { code: 'evidence-incomplete' },
  })
})
