import { describe, expect, test } from '@jest/globals'
import { benchFilesOf } from '../../../../../src/checks/docker-bench/builtin/state.js'
import { anImage as anImageWithLayers } from '../../../../support/builders.js'
import { aContainer, anImage, line, strictly } from './builders.js'

const files = (...programs: string[]) => ({ files: { passwd: '', setuid: [], programs } })
const withoutCheck = (config: Readonly<Record<string, unknown>>, ...programs: string[]) =>
  anImage({ Healthcheck: null, ...config }, [line('COPY a /')], files(...programs))
const EXPOSED = { ExposedPorts: { '8080/tcp': {}, '53/udp': {} } }

describe('when an image has no health check', () => {
  const requestOf = (
    image: ReturnType<typeof anImage>,
    bound: Readonly<Record<string, unknown>> | null = null,
  ) =>
    strictly('4.6', {
      images: [image],
      containers: bound === null ? [] : [aContainer({ HostConfig: { PortBindings: bound } })],
    }).health

  test('then the request to make is by a program of the image, and to its only TCP port', () => {
    const programs = ['/usr/bin/perl', '/usr/bin/python3.11', '/usr/local/bin/node', '/usr/bin/ruby3.1']
    expect(requestOf(withoutCheck(EXPOSED, ...programs))).toEqual({ path: '/usr/local/bin/node', port: 8080 })
    expect(requestOf(withoutCheck(EXPOSED, ...programs, '/bin/curl'))?.path).toBe('/bin/curl')
    expect(requestOf(withoutCheck(EXPOSED, '/usr/bin/ruby3.1'))?.path).toBe('/usr/bin/ruby3.1')
  })

  test('then the port that the run options publish comes before the exposed one', () => {
    const image = withoutCheck(EXPOSED, '/usr/bin/curl')
    const binding = [{ HostIp: '127.0.0.1', HostPort: '80' }]
    expect(requestOf(image, { '3000/tcp': binding })?.port).toBe(3000)
    expect(requestOf(image, {})?.port).toBe(8080)
  })

  test.each([
    [['CMD-SHELL', 'wget -qO- http://localhost:8080/healthz || exit 1'], '/healthz'],
    [['CMD', 'curl', '-f', 'http://127.0.0.1:8080/api/_status'], '/api/_status'],
    [['CMD', 'curl', '-f', 'http://db:9090/health'], undefined],
    [['CMD', 'curl', '-f', 'http://localhost:8080/health;$(id)/x'], '/health'],
    [['NONE'], undefined],
  ])('but the run options have %j, then the request is for the path %s', (check, path) => {
    const { health } = strictly('4.6', {
      images: [withoutCheck(EXPOSED, '/usr/bin/curl')],
      containers: [aContainer({ Config: { Healthcheck: { Test: check } } })],
    })
    expect(health).toEqual({
      path: '/usr/bin/curl',
      port: 8080,
      ...(path === undefined ? {} : { urlPath: path }),
    })
  })

  test.each([
    ['no such program', withoutCheck(EXPOSED, '/usr/bin/perl')],
    ['one only in another folder', withoutCheck(EXPOSED, '/opt/x/bin/curl', '/usr/bin/curl;x')],
    ['no port', withoutCheck({}, '/usr/bin/curl')],
    ['several ports', withoutCheck({ ExposedPorts: { '80/tcp': {}, '443/tcp': {} } }, '/usr/bin/curl')],
  ])('and %s, then there is no request to make', (_, image) => {
    expect(requestOf(image)).toBeUndefined()
  })

  test('then only executables of the final file system count, and none if a layer could not be read', () => {
    const group = { form: 'elf', isExecutable: true, listings: [], record: null } as const
    const programs = (...paths: string[]) => ({
      groups: [
        { ...group, paths },
        { ...group, paths: ['usr/bin/ruby'], isExecutable: false },
        { ...group, form: 'script', paths: ['usr/bin/wget'] } as const,
      ],
      sha256: {},
      cut: null,
    })
    const { layers, config, ...rest } = anImageWithLayers()
    const [layer] = layers
    if (layer === undefined) {
      throw new Error('the image has a layer')
    }
    const lower = { ...layer, programs: programs('usr/bin/curl', 'usr/local/bin/node') }
    const upper = { ...layer, diffId: `sha256:${'9'.repeat(64)}`, removed: ['usr/bin/curl'] }
    const all = [lower, upper]
    const image = { ...rest, config: { ...config, rootfs: { diff_ids: all.map(({ diffId }) => diffId) } } }
    expect(benchFilesOf({ ...image, layers: all }).programs).toEqual(['/usr/local/bin/node'])
    const unread = { ...upper, unreadable: { '.': 'it is cut' } }
    expect(benchFilesOf({ ...image, layers: [lower, unread] })).not.toHaveProperty('programs')
  })
})

test('when an image has a health check, then there is no request to make', () => {
  const config = { ...EXPOSED, Healthcheck: { Test: ['CMD', 'true'] } }
  expect(strictly('4.6', { images: [withoutCheck(config, '/usr/bin/curl')] }).health).toBeUndefined()
})
