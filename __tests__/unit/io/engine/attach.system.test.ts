import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from '@jest/globals'
import { attach } from '../../../../src/io/engine/attach.js'
import { connectEngine } from '../../../../src/io/engine/engine.js'
import { EngineError } from '../../../../src/io/engine/engine-error.js'
import { attachingEngine, outputPiece } from '../../../support/fake-attach.js'
import { fakeEngine } from '../../../support/fake-engine.js'
import { json } from '../../../support/fake-server.js'

const closes: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closes.splice(0)) {
    await close()
  }
})

async function attached(...[container]: [Parameters<typeof attachingEngine>[0]]) {
  const engine = await attachingEngine(container)
  closes.push(engine.close)
  return attach(await connectEngine({ DOCKER_HOST: engine.host }), 'abc')
}

describe('attaching to a container', () => {
  test('when it writes to both outputs, then each arrives whole, wherever the stream is cut', async () => {
    const stream = Buffer.concat([
      outputPiece('stdout', 'first, '),
      outputPiece('stderr', 'a warning'),
      outputPiece('stdout', ''),
      outputPiece('stdout', 'second'),
    ])
    for (const size of [1, 3, 8, 9, stream.length]) {
      const { output, errors } = await attached(async (connection) => {
        for (let at = 0; at < stream.length; at += size) {
          await new Promise((resolve) => connection.write(stream.subarray(at, at + size), resolve))
        }
        connection.end()
      })
      expect(await text(output)).toBe('first, second')
      expect(errors()).toBe('a warning')
    }
  })

  test('when something is written, then it is the container’s input, and all streams were asked for', async () => {
    const got = Promise.withResolvers<readonly [string | undefined, string]>()
    const { input } = await attached((connection, request) => {
      connection.on('data', (bytes) => got.resolve([request.url, bytes.toString()]))
    })
    input.write('input')
    const [url, bytes] = await got.promise
    expect(bytes).toBe('input')
    expect(url).toBe('/v1.41/containers/abc/attach?stream=1&stdin=1&stdout=1&stderr=1&detachKeys=')
  })

  test('when it says much to standard error, then its end is kept', async () => {
    const { output, errors } = await attached((connection) => {
      connection.end(
        Buffer.concat([outputPiece('stderr', 'x'.repeat(9000)), outputPiece('stderr', 'the end')]),
      )
    })
    output.resume()
    await once(output, 'end')
    expect(errors()).toHaveLength(4096)
    expect(errors().endsWith('xthe end')).toBe(true)
  })

  test('when the engine refuses, then its message is the error', async () => {
    const engine = await fakeEngine({
      'POST /containers/abc/attach': (_, response) => json(response, 409, { message: 'it is paused' }),
    })
    closes.push(engine.close)
    const work = attach(await connectEngine({ DOCKER_HOST: engine.host }), 'abc')
    await expect(work).rejects.toBeInstanceOf(EngineError)
    await expect(work).rejects.toThrow(/409: it is paused/)
  })
})
