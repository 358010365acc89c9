import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import { abortOnSignals, abortOnUncaught, endQuietly } from '../../../../src/io/process/signals.js'

/** What of a process is listened to; the real one would end the tests. */
const fakeProcess = () =>
  Object.assign(new EventEmitter(), { exitCode: 0, exit: (): never => undefined as never })

describe('an error that nobody waited for', () => {
  test.each(['uncaughtException', 'unhandledRejection'])(
    'when there is an %s, then the run is ended with it, and the process ends with 2',
    (event) => {
      const process = fakeProcess()
      const signal = abortOnUncaught(process)
      process.emit('exit', 0)
      expect([signal.aborted, process.exitCode]).toEqual([false, 0])
      const error = new Error('fault')
      process.emit(event, error)
      process.emit(event, new Error('of the clean-up'))
      expect(signal.reason).toBe(error)
      process.emit('exit', 0)
      expect(process.exitCode).toBe(2)
    },
  )

  test('when errors end the run, then signals still do too', () => {
    const process = fakeProcess()
    const uncaught = abortOnUncaught(process)
    const signal = abortOnSignals(uncaught, process)
    process.emit('uncaughtException', new Error('fault'))
    expect(signal.reason).toBe(uncaught.reason)
  })
})

describe('signals', () => {
  test.each(['SIGINT', 'SIGTERM'])(
    'when %s comes, then the run is ended, and at the second at once',
    (name) => {
      const exits: unknown[] = []
      const process = { ...fakeProcess(), exit: (code: unknown) => exits.push(code) as never }
      Object.setPrototypeOf(process, EventEmitter.prototype)
      const signal = abortOnSignals(new AbortController().signal, process as never)
      ;(process as never as EventEmitter).emit(name)
      expect(signal.reason).toMatchObject({ problem: { code: 'interrupted' } })
      expect(exits).toEqual([])
      ;(process as never as EventEmitter).emit(name)
      expect(exits).toEqual([2])
    },
  )
})

describe('a pipe whose reader has gone', () => {
  test('when it is written to, then that is no error; any other error is', () => {
    const stream = new PassThrough()
    endQuietly(stream)
    stream.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' })
    expect(() => stream.emit('error', full)).toThrow(full)
  })
})
