import { expect, test } from '@jest/globals'
import { allSettled, withInputName } from '../../../../../src/checks/clair/services/service-images.js'
import { EngineError } from '../../../../../src/io/engine/engine-error.js'
import { SeaworthyError } from '../../../../../src/model/problem.js'

const options = {
  clairImage: 'debian:bookworm',
  postgresImage: 'postgres:17',
  signal: new AbortController().signal,
}
const problemOf = async (error: Error) => {
  const thrown = await withInputName('clair-image', options, Promise.reject(error)).catch(
    (one: unknown) => one,
  )
  return thrown instanceof SeaworthyError ? thrown.problem : thrown
}

test('when the engine refuses a container, then the input and its image are named', async () => {
  const refused = new EngineError(400, 'No command specified', '/containers/create', 'unix:///x')
  expect(await problemOf(refused)).toEqual({
    code: 'engine-refused',
    what: 'a container created from debian:bookworm does not start: the image has no command: it has neither CMD nor ENTRYPOINT',
    where: 'clair-image',
    todo: 'set clair-image to a Clair 4.9 image that the engine has or can pull',
  })
})

test('when the image cannot be had, then the input is named, and no archive is proposed', async () => {
  const missing = new SeaworthyError({
    code: 'no-such-image',
    what: 'there is no image "x"',
    where: 'unix:///x',
  })
  expect(await problemOf(missing)).toMatchObject({ code: 'no-such-image', where: 'clair-image' })
  expect(JSON.stringify(await problemOf(missing))).not.toContain('archive')
})

test('when it is anything else, or the run was ended, then it stays what it is', async () => {
  const own = new TypeError('a fault of ours')
  expect(await problemOf(own)).toBe(own)
  const ended = { ...options, signal: AbortSignal.abort() }
  const refused = new EngineError(500, 'x', '/', 'y')
  await expect(withInputName('postgres-image', ended, Promise.reject(refused))).rejects.toBe(refused)
})

test('when both images are missing, then one error names both, and what to do about each', async () => {
  const missing = (image: string) =>
    Promise.reject(
      new SeaworthyError({ code: 'no-such-image', what: `there is no image "${image}"`, where: 'unix:///x' }),
    )
  const both = allSettled([
    withInputName('postgres-image', options, missing('postgres:17')),
    withInputName('clair-image', options, missing('debian:bookworm')),
  ])
  await expect(both).rejects.toMatchObject({
    problem: {
      code: 'no-such-image',
      what: 'there is no image "postgres:17"; there is no image "debian:bookworm"',
      where: 'postgres-image, clair-image',
      todo: expect.stringMatching(/^set postgres-image to .*; set clair-image to /),
    },
  })
  const other = allSettled([Promise.reject(new TypeError('ours')), missing('x')])
  await expect(other).rejects.toThrow('ours')
})
