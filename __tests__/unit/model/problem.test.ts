import { describe, expect, test } from '@jest/globals'
import {
  joinedError,
  joinedProblem,
  networkProblem,
  problemOf,
  SeaworthyError,
  withAdvice,
} from '../../../src/model/problem.js'
import { defaultAdvice, PROBLEM_CODES } from '../../../src/model/problem-codes.js'

describe('what to do about a problem', () => {
  test('when whoever makes it says nothing, then it is the advice of its code, last of the four', () => {
    const { problem } = new SeaworthyError({ code: 'archive-digest', what: 'it is another', where: 'a.tar' })
    expect(JSON.stringify(problem)).toBe(
      '{"code":"archive-digest","what":"it is another","where":"a.tar","todo":"fetch the archive again; if the error persists, find out who changed it"}',
    )
  })

  test('when whoever makes it says it, then that holds', () => {
    const own = { code: 'archive-digest', what: 'it is another', where: 'a.tar', todo: 'look' } as const
    expect(withAdvice(own)).toBe(own)
  })

  test('when an error of ours is thrown, then it says so and where', () => {
    expect(problemOf(new TypeError('x is undefined'), 'gate')).toEqual({
      code: 'internal',
      what: 'x is undefined',
      where: 'gate',
      todo: defaultAdvice('internal'),
    })
  })
})

describe('several errors as one', () => {
  const image = new SeaworthyError({ code: 'no-such-image', what: 'no image', where: 'app:1', todo: 'pull' })
  const feed = new SeaworthyError({ code: 'feed-too-large', what: 'too large', where: 'epss', todo: 'pull' })

  test('when all are for people, then it has all of their words once, and the first code', () => {
    expect(joinedError([image, feed])).toMatchObject({
      problem: {
        code: 'no-such-image',
        what: 'no image; too large',
        where: 'app:1, epss',
        todo: 'pull',
      },
    })
  })

  test('when one is an error of ours, then it is the first', () => {
    const error = new TypeError('x is undefined')
    expect(joinedError([image, error])).toBe(image)
    expect(joinedError([error, image])).toBe(error)
  })
})

describe('servers that cannot be reached', () => {
  const silent = (code: 'http-unreachable' | 'tracker-unreachable', host: string, why = 'getaddrinfo') =>
    withAdvice({
      code,
      what: `the host name cannot be resolved here: ${why} ${host}`,
      where: `https://${host}/`,
      unreachable: [host],
    })
  const [archive, tracker] = [
    silent('http-unreachable', 'deb.debian.org'),
    silent('tracker-unreachable', 'tracker.debian.org'),
  ]
  const image = withAdvice({ code: 'no-such-image', what: 'no image', where: 'app:1' })

  test('when there are several, then they are one problem, whose hosts are named', () => {
    const problem = joinedProblem([archive, tracker])
    expect(problem).toMatchObject({
      code: 'http-unreachable',
      what: '2 servers could not be reached, because their names cannot be resolved here: deb.debian.org, tracker.debian.org',
      unreachable: ['deb.debian.org', 'tracker.debian.org'],
    })
    expect(problem?.todo).toMatch(/^check the network/)
    expect(joinedError([archive, tracker].map((one) => new SeaworthyError(one)))).toMatchObject({ problem })
    expect(joinedProblem([problem ?? archive, tracker])).toEqual(problem)
  })

  test('when something else is wrong too, then both are reported, and not that it is the network alone', () => {
    const problem = joinedProblem([archive, image, tracker])
    expect(problem?.what).toMatch(/^2 servers could not be reached.*; no image$/)
    expect(problem).not.toHaveProperty('unreachable')
  })

  test('when it is one server, or only one problem, then that one says more', () => {
    expect(joinedProblem([archive])).toBe(archive)
    expect(networkProblem([archive, archive])).toBeNull()
    expect(joinedProblem([archive, image])?.what).toContain('getaddrinfo deb.debian.org; no image')
  })
})

describe('the table of codes', () => {
  test('when a code is written, then it is small letters and dashes, for links', () => {
    expect(PROBLEM_CODES.filter((code) => !/^[a-z]+(-[a-z]+)*$/.test(code))).toEqual([])
  })

  test('when a code is unlisted, or has no advice, then none can be given: it does not compile', () => {
    // @ts-expect-error no such code
    expect(withAdvice({ code: 'no-such-code', what: '', where: '' }).todo).toBeUndefined()
    // @ts-expect-error nothing fits all who make it
    expect(withAdvice({ code: 'no-engine', what: '', where: '' }).todo).toBeNull()
  })
})
