import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { compat } from '../../../../../src/checks/docker-bench/builtin/compat.js'
import { runs } from '../../../../support/runs.js'
import { anImage, aState, line } from './builders.js'
import { answerOf, type Described, described } from './generated.js'

/** Docker Bench's rules once more, told of what a person would describe and not of an engine's answer. */
const TABLE: Readonly<Record<string, (one: Described) => boolean | readonly string[]>> = {
  '4.1': ({ user }) => user === '' || user === '0' || user === 'root',
  '5.2': ({ apparmor }) => apparmor !== 'docker-default',
  '5.3': ({ options }) => options.length === 0,
  '5.4': ({ capabilities }) =>
    capabilities.some((name) => ['SYS_ADMIN', 'CAP_NET_ADMIN', 'all'].includes(name)),
  '5.5': ({ privileged }) => privileged,
  '5.6': ({ mounts }) =>
    ['/', '/boot', '/dev', '/etc', '/lib', '/proc', '/sys', '/usr'].filter((path) => {
      const first = mounts.findIndex(({ source, destination }) => source === path || destination === path)
      return first >= 0 && mounts.slice(first).some(({ writable }) => writable)
    }),
  '5.7': ({ processes, status }) => status !== 'paused' && processes.includes('sshd'),
  '5.8': ({ published }) =>
    v4(published)
      .filter(({ port }) => port <= 1024)
      .map(({ port }) => String(port)),
  '5.9': ({ published }) => v4(published).map(({ port }) => String(port)),
  '5.10': ({ modes }) => modes.network === 'host',
  '5.11': ({ memory }) => memory === 0,
  '5.12': ({ shares, cpus }) => shares + cpus === 0,
  '5.13': ({ readOnly }) => !readOnly,
  '5.14': ({ published }) => published.filter(({ ip }) => ip === '0.0.0.0').map(({ ip }) => ip),
  '5.15': ({ retries }) => retries > 5,
  '5.16': ({ modes }) => modes.pid === 'host',
  '5.17': ({ modes }) => modes.ipc === 'host',
  '5.18': ({ devices }) => devices > 0,
  '5.19': ({ ulimits }) => ulimits === 0,
  '5.20': ({ mounts }) => mounts.some(({ propagation }) => /^r?shared$/.test(propagation)),
  '5.21': ({ modes }) => modes.uts === 'host',
  '5.22': ({ options }) => options.some((option) => /^seccomp.unconfined$/.test(option)),
  '5.25': ({ cgroupParent }) => cgroupParent !== '',
  '5.26': ({ options }) => !options.some((option) => option.startsWith('no-new-privileges')),
  '5.27': ({ healthy }) => !healthy,
  '5.29': ({ pids }) => pids === null || pids === 0 || pids === -1,
  '5.31': ({ modes }) => modes.userns === 'host',
  '5.32': ({ mounts }) =>
    mounts.some((mount) => `${mount.source} ${mount.destination}`.includes('docker.sock')),
}
const INFORMING = ['5.18', '5.19']
const v4 = (published: Described['published']) => published.filter(({ ip }) => !ip.includes(':'))

function expected(id: string, all: readonly Described[]): { word: string; items: readonly string[] } {
  const items = all.flatMap((one) => {
    const hit = TABLE[id]?.(one) ?? false
    if (typeof hit === 'boolean') {
      return hit ? [one.name] : []
    }
    return hit.map((what) => `${one.name}:${what}`)
  })
  const bad = INFORMING.includes(id) ? 'INFO' : 'WARN'
  return { word: items.length > 0 ? bad : 'PASS', items }
}

describe('compat and an independent table of the rules', () => {
  test('when any containers are described, then both say the same of them, in the same order', () => {
    fc.assert(
      fc.property(fc.array(described, { minLength: 1, maxLength: 4 }), (all) => {
        const running = all.filter(({ status }) => status === 'running' || status === 'paused')
        const containers = all.map((one, at) => answerOf(one, `id${at}`))
        const ours = new Map(compat(aState({ containers })).map((result) => [result.id, result]))
        if (running.length === 0) {
          expect([...ours.keys()].filter((id) => id.startsWith('5.'))).toEqual(['5.1'])
          expect(ours.get('4.1')?.word).toBe('INFO')
          return
        }
        for (const id of Object.keys(TABLE)) {
          const { word, items } = ours.get(id) ?? {}
          expect({ id, word, items }).toEqual({ id, ...expected(id, running) })
        }
      }),
      runs(300),
    )
  })

  test('when a container cannot be inspected, then Docker Bench passes it but for five checks', () => {
    const gone = { id: 'x', name: 'gone', inspect: null, top: null }
    const bad = compat(aState({ containers: [gone] })).filter(({ items }) => items.includes('gone'))
    expect(bad.map(({ id, word }) => `${id} ${word}`)).toEqual([
      '5.4 WARN',
      '5.18 INFO',
      '5.25 WARN',
      '5.26 WARN',
      '5.27 WARN',
    ])
  })

  test('when there is nothing at all, then its image checks pass for want of looking', () => {
    const words = compat(aState({ images: [], containers: [] })).map(({ id, word }) => `${id} ${word}`)
    expect(words).toEqual(
      expect.arrayContaining(['4.1 INFO', '4.6 PASS', '4.7 PASS', '4.9 PASS', '5.1 PASS']),
    )
    expect(words).toHaveLength(13)
  })
})

describe('compat on images', () => {
  const words = (...images: ReturnType<typeof anImage>[]) =>
    Object.fromEntries(compat(aState({ images })).map(({ id, word, items }) => [id, { word, items }]))

  test('when an image has two tags, then it is named for each, in words cut at blanks', () => {
    const image = anImage({ Healthcheck: undefined }, [], { repoTags: ['a:1', 'b:1'] })
    expect(words(image)['4.6']).toEqual({ word: 'WARN', items: ['[a:1', 'b:1]', '[a:1', 'b:1]'] })
  })

  test('when an image has no tag, then 4.6 names its short id, and 4.7 and 4.9 nothing', () => {
    const history = [line(''), line('RUN apt-get update'), line('ADD a /')]
    const said = words(
      anImage({ Healthcheck: undefined }, history, { repoTags: [], id: 'sha256:0123456789abcdef' }),
    )
    expect(said['4.6']).toEqual({ word: 'WARN', items: ['0123456789ab'] })
    expect(said['4.7']).toEqual({ word: 'INFO', items: [] })
    expect(said['4.9']).toEqual({ word: 'INFO', items: [] })
  })

  test.each([
    [`${'x'.repeat(38)}update`, 'INFO'],
    [`${'x'.repeat(39)}update`, 'INFO'],
    [`${'x'.repeat(39)}update!`, 'PASS'],
    ['ENV A=update', 'INFO'],
  ])('when the text of a line is %s, then 45 places of it are searched: %s', (text, word) => {
    expect(words(anImage({}, [line(text)]))['4.7']?.word).toBe(word)
  })

  test.each([
    ['1', 'PASS'],
    ['true', 'WARN'],
    [null, 'WARN'],
  ])('when DOCKER_CONTENT_TRUST is %s, then 4.5 is %s', (contentTrust, word) => {
    expect(compat(aState({ contentTrust })).find(({ id }) => id === '4.5')?.word).toBe(word)
  })

  test('when containers are on docker0, then 5.30 names them all by id', () => {
    const network = {
      Name: 'bridge',
      Options: { 'com.docker.network.bridge.name': 'docker0' },
      Containers: { abc: { Name: 'web' }, def: { Name: 'other' } },
    }
    const result = compat(aState({ networks: [{ Name: 'own' }, network] })).find(({ id }) => id === '5.30')
    expect(result).toMatchObject({ word: 'INFO', items: ['abc:web', 'def:other'] })
  })
})
