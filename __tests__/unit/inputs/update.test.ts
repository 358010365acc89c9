import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { WORK_TREE } from '../../../src/inputs/policy-files.js'
import { readUpdatePlan, readUpdateRequest } from '../../../src/inputs/update.js'
import { inputs } from '../../support/inputs.js'
import { problemThrownBy } from '../../support/problems.js'

const folder = mkdtempSync(join(tmpdir(), 'update-request-'))
const compose = join(folder, 'compose.yml')
writeFileSync(compose, 'services: {test: {image: "${IMAGE}"}}\n')
afterAll(() => rmSync(folder, { recursive: true }))

const errorsOf = (values: Readonly<Record<string, string>>, images: readonly string[] = ['app:1']) =>
  problemThrownBy(() => readUpdateRequest(images, inputs(values))).what.split('\n')

describe('readUpdateRequest', () => {
  test('when nothing is given, then the image’s own health check is the test, once', () => {
    expect(readUpdateRequest(['app:1'], inputs())).toEqual({
      image: 'app:1',
      test: null,
      testRetries: 0,
      tagSuffix: '-patched',
      securityMirror: 'http://security.debian.org/debian-security',
      by: 'layer',
      buildLimitMs: 1_800_000,
      push: null,
      pullRequest: false,
      buildCommand: 'docker build --pull --no-cache -t "$IMAGE" -f "$DOCKERFILE" .',
    })
  })

  test('when the patched image is to be pushed, then it is read back as that is asked for', () => {
    expect(readUpdateRequest(['a:1'], inputs({ push: '' })).push).toBeNull()
    expect(readUpdateRequest(['a:1'], inputs({ push: 'judged' })).push).toBeNull()
    expect(readUpdateRequest(['a:1'], inputs({ push: 'patched' })).push).toEqual({ full: false })
    const full = { push: 'patched', 'push-verify': 'full' }
    expect(readUpdateRequest(['a:1'], inputs(full)).push).toEqual({ full: true })
  })

  test('when a pull request is wanted, then the image is built from its Dockerfile', () => {
    const requestOf = (update: string) => readUpdateRequest(['a:1'], inputs({ update }))
    expect(requestOf('pull-request')).toMatchObject({ by: 'dockerfile', pullRequest: true })
    expect(requestOf('prove')).toMatchObject({ by: 'layer', pullRequest: false })
  })

  test('when a command or a compose file is given, then that is the test', () => {
    expect(readUpdateRequest(['a:1'], inputs({ test: './smoke' })).test).toEqual({
      kind: 'command',
      command: './smoke',
    })
    expect(readUpdateRequest(['a:1'], inputs({ test: `${compose}#test` })).test).toEqual({
      kind: 'compose',
      document: '{"services":{"test":{"image":"$IMAGE"}}}',
      service: 'test',
    })
  })

  test('when a pull request brings the compose file, then nothing is read of it', () => {
    const read = () => {
      throw new Error('it was read')
    }
    const source = { ...WORK_TREE, read, unbound: ['test.yml'] }
    expect(readUpdateRequest(['a:1'], inputs({ test: 'test.yml#test' }), source).test).toEqual({
      kind: 'unbound',
      file: 'test.yml',
    })
  })

  test.each([
    [{ 'test-retries': '-1' }, 'test-retries: must be a whole number from 0 to 10'],
    [{ test: 'gone.yml#test' }, 'test: there is no file "gone.yml"'],
    // What this input took before it had words.
    [{ push: 'true' }, 'push: "true" is not one of none, judged, patched'],
    [{ 'push-verify': 'some' }, 'push-verify: "some" is neither present nor full'],
    [{ 'update-by': 'magic' }, 'update-by: "magic" is neither layer nor dockerfile'],
    [{ 'tag-suffix': ' ' }, 'tag-suffix: "1" is not a valid image tag'],
    [
      { 'debian-security-mirror': "http://a.example/'; reboot #" },
      'debian-security-mirror: an update can use only an http(s) URL without credentials',
    ],
  ])('when %j is given, then that is refused', (values, message) => {
    expect(errorsOf(values)).toEqual([message])
  })

  test('when the image is an archive, or there are several, then that is refused with what to do', () => {
    expect(errorsOf({}, ['./app.tar'])[0]).toMatch(/first load it with "docker load"/)
    expect(errorsOf({}, ['a:1', 'b:1'])[0]).toBe('image: an update takes exactly one image, not 2')
  })
})

describe('readUpdatePlan', () => {
  const planOf = (values: Readonly<Record<string, string>>) => readUpdatePlan(['app:1'], inputs(values))

  test('when it is a word of the four, then it is taken, and else refused', () => {
    for (const update of ['', 'off', 'suggest']) {
      expect(planOf(update === '' ? {} : { update })).toBeNull()
    }
    expect(planOf({ update: 'prove' })).toEqual(readUpdateRequest(['app:1'], inputs()))
    expect(planOf({ update: 'pull-request' })?.pullRequest).toBe(true)
    expect(problemThrownBy(() => planOf({ update: 'yes' })).code).toBe('bad-input')
  })

  test('when the patched image is to be pushed and none is built, then that is refused', () => {
    expect(problemThrownBy(() => planOf({ push: 'patched' })).what).toMatch(
      /^"push: patched" needs an update/,
    )
    expect(planOf({ push: 'patched', update: 'prove' })?.push).toEqual({ full: false })
  })
})
