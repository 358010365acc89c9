import { describe, expect, test } from '@jest/globals'
import type { RunDocument, StartReport } from '../../../../src/checks/docker-bench/run/document.js'
import { CONTAINER, results } from './answers.js'
import { ask, container, dbs, healthy, imageOf, runOf, started } from './bench-answers.js'

describe('what is said about the run', () => {
  test('when another platform’s container was made, then Docker Bench’s absence is one of this image', () => {
    const part = { engine: 'both-required', withoutDbs: 'no', apart: 'it is for arm64' } as const
    const { bench, limits } = ask(runOf(part))
    expect(bench).toEqual({ ran: false, why: 'no', isApart: true })
    expect(limits).toEqual(['it is for arm64'])
  })

  test.each<[StartReport['outcome'], string, string[]]>([
    ['healthy', 'x', []],
    ['running', '', ['state of the started container: running']],
    ['ended', 'a\n b', ['state of the started container: ended; end of its output: a b']],
    [
      'unhealthy',
      `${'x'.repeat(300)} ${'y'.repeat(298)}`,
      [`state of the started container: unhealthy; end of its output: …${'y'.repeat(298)}`],
    ],
    [
      'unhealthy',
      'y'.repeat(301),
      [`state of the started container: unhealthy; end of its output: …${'y'.repeat(300)}`],
    ],
  ])('when the container that was started is %s, then its state is in the head', (outcome, output, lines) => {
    const report = { ...healthy, outcome, said: output }
    const { limits } = ask(runOf({ hasOptions: true, start: true, started: { ...started, report } }))
    expect(limits).toEqual(['the container was started without --publish, --pid host', ...lines])
  })

  test.each([
    ['postgres:16', 'acme/app:1', true],
    ['acme/api:1', 'acme/app:1', true],
    ['docker.io/library/postgres', 'app:ci', true],
    ['acme/app-db:1', 'acme/app:1', true],
    ['acme/app:2', 'acme/app:1', false],
    [`docker.io/acme/app@sha256:${'0'.repeat(64)}`, 'acme/app:1', false],
    ['docker.io/library/app', 'app:ci', false],
    // Built under a short name, or deployed from another registry.
    ['ghcr.io/acme/app:1', 'app:ci', false],
    ['app', 'localhost:5000/acme/app:1', false],
    ['mirror.example/hub/acme/app:1', 'ghcr.io/acme/app:1', false],
    // An image without a name.
    ['postgres:16', `sha256:${'1'.repeat(64)}`, false],
    ['postgres:16', '365ebac64eeb', false],
  ])(
    'when the service runs %s, and %s is judged, then that limits the verdict: %s',
    (serviceImage, reference, isNoted) => {
      const service = { name: 'db', indent: 4, lines: {} }
      const run = { hasOptions: true, isCompose: true, service, judged: CONTAINER } as const
      const documents = { 'container.json': container(CONTAINER.name, false) }
      const optionsAt = { file: 'compose.yml', line: 2 }
      const { limits } = ask(runOf({ ...run, serviceImage, optionsAt }), documents, {
        ...imageOf(),
        reference,
      })
      const limit = `section 5 is judged by service "db" in compose.yml, which runs ${serviceImage} instead of this image; select another service with compose-service`
      expect(limits).toEqual(isNoted ? [limit] : [])
      // Where no options are judged, as on another platform, there is nothing to limit.
      const without = ask(runOf({ ...run, serviceImage, optionsAt, hasOptions: false, judged: null }))
      expect(without.limits).toEqual(['section 5 is not applicable, because no run options were set'])
    },
  )

  test('when Docker Bench judged a stand-in, then that is noted; its name for it is the image’s', () => {
    const part: Partial<RunDocument> = { isStandIn: true, imageNames: ['stand-in:1'] }
    expect(ask(runOf(part)).notes).toEqual([])
    const warned = results(false, (one) =>
      one.id === '4.9' ? { ...one, result: 'INFO', items: ['[acme/app:1]'] } : one,
    )
    const { notes, byId } = ask(
      runOf({ ...part, withoutDbs: null, imageNames: ['acme/app:1'] }),
      dbs(warned, false),
      { ...imageOf(), reference: 'registry.example/app:2' },
    )
    expect(notes).toEqual([
      'Docker Bench judged the configuration and the history of the image, without its files',
    ])
    expect(byId.get('4.9')?.dbs?.items).toEqual(['registry.example/app:2'])
  })

  test('when an option was changed for the start, then the reason names what was withheld, or what was set', () => {
    const reasonOf = (differs: NonNullable<RunDocument['started']>['differs']) => {
      const changed = { ...started, changed: ['5.11'], differs }
      const run = runOf({
        withoutDbs: null,
        hasOptions: true,
        start: true,
        judged: CONTAINER,
        started: changed,
      })
      return ask(run, dbs(results(true), true)).byId.get('5.11')?.whyNoDbs
    }
    const one = (kind: 'without' | 'with', what: string, id = '5.11') => ({ kind, what, ids: [id] })
    expect(reasonOf([])).toBe('This option was changed when the container was started.')
    expect(reasonOf([one('with', 'a'), one('with', 'b'), one('with', 'a'), one('with', 'c', '5.9')])).toBe(
      'started with a, b',
    )
    expect(reasonOf([one('with', 'a'), one('without', 'b'), one('without', 'c')])).toBe(
      'started without b, c',
    )
  })

  test('when Docker Bench has no result that counts, then each reason is whole', () => {
    const run = runOf({ withoutDbs: null, hasOptions: true, judged: CONTAINER })
    const documents = { 'container.json': container('judged', false), ...dbs(results(false), false) }
    const { byId } = ask(run, documents)
    const host = "Docker Bench's result describes the machine that it runs on."
    expect(['4.3', '5.1', '5.11'].map((id) => byId.get(id)?.whyNoDbs)).toEqual([
      'Docker Bench has no rule for this check.',
      host,
      'Docker Bench runs this check only on a running container (this needs start: true).',
    ])
  })

  test('when evidence is for the dictionary, then only a result of ours has it', () => {
    const { byId } = ask(runOf())
    expect(['4.8', '4.10', '4.11', '4.6'].map((id) => byId.get(id)?.evidence)).toEqual([
      ...[['setuid-scan'], ['secret-scan'], ['apt-signature-check'], []],
    ])
    const flat = imageOf()
    const image = { ...flat, config: { ...flat.config, history: [] } }
    expect(ask(runOf(), {}, image).byId.get('4.11')?.evidence).toEqual([])
  })
})
