import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import { exchangeText } from '../../../../src/io/http/plain-http.js'
import { selfSigned } from '../../../support/certificate.js'
import { type Answer, fakeServer, flood } from '../../../support/fake-server.js'
import { problemOfRejected } from '../../../support/rejections.js'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) {
    await cleanup()
  }
})

const signal = new AbortController().signal

async function server(answer: Answer) {
  const fake = await fakeServer(answer)
  cleanups.push(fake.close)
  return fake
}

describe('exchangeText', () => {
  test('when there is no body, then it is a GET, with the headers given', async () => {
    const fake = await server((_, response) => response.writeHead(418).end('é'))
    expect(await exchangeText(`${fake.url}/a?b=c`, { headers: { x: 'y' }, signal })).toEqual({
      status: 418,
      text: 'é',
    })
    expect(fake.requestsReceived).toMatchObject([
      { method: 'GET', path: '/a?b=c', headers: { x: 'y', accept: 'application/json' } },
    ])
  })

  test('when there is a body, then it is a POST of its JSON with its length in bytes', async () => {
    const fake = await server((_, response) => response.end())
    await exchangeText(fake.url, { body: { é: null }, signal })
    expect(fake.requestsReceived[0]).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': '11' },
    })
    expect(fake.requestsReceived[0]?.body.toString()).toBe('{"é":null}')
  })

  test('when a character is split between two pieces, then it is whole in the text', async () => {
    const bytes = Buffer.from('aé€')
    const fake = await server(async (_, response) => {
      for (const byte of bytes) {
        await new Promise((resolve) => response.write(Buffer.from([byte]), resolve))
      }
      response.end()
    })
    expect((await exchangeText(fake.url, { signal })).text).toBe('aé€')
  })

  test('when it is told to go elsewhere, then it does not', async () => {
    const fake = await server((_, response) => response.writeHead(302, { location: '/other' }).end())
    expect((await exchangeText(fake.url, { signal })).status).toBe(302)
    expect(fake.requestsReceived).toHaveLength(1)
  })

  test.each<[string, Answer]>([
    [
      'with a length',
      (_, response) => {
        response.writeHead(200, { 'content-length': 50 }).write('{"a":', () => response.destroy())
      },
    ],
    [
      'in chunks',
      (_, response) => {
        response.writeHead(200).write('{}', () => response.destroy())
      },
    ],
    ['before it began', (_, response) => response.destroy()],
  ])('when an answer %s is cut, then that is an error, never a shorter text', async (_, answer) => {
    const fake = await server(answer)
    await expect(exchangeText(fake.url, { signal })).rejects.toThrow()
  })

  test('when what answers does not speak HTTP, then that is an error', async () => {
    const raw = createServer((socket) => socket.on('error', () => undefined).end('SSH-2.0-x\r\n'))
    await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve))
    cleanups.push(() => raw.close())
    const { port } = raw.address() as AddressInfo
    await expect(exchangeText(`http://127.0.0.1:${port}`, { signal })).rejects.toThrow(/Parse|hang up|RESET/)
  })

  test('when the certificate of an https server is nobody’s, then it is not spoken to', async () => {
    let requests = 0
    const tls = createTlsServer(selfSigned(), (_, response) => response.end(String(++requests)))
    tls.on('tlsClientError', () => undefined)
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve))
    cleanups.push(() => tls.close())
    const { port } = tls.address() as AddressInfo
    await expect(exchangeText(`https://127.0.0.1:${port}`, { signal })).rejects.toThrow(/self-signed/)
    expect(requests).toBe(0)
  })

  test('when the answer has no end, then that is reported, and it is read no further', async () => {
    const fake = await server(flood)
    const problem = await problemOfRejected(exchangeText(`${fake.url}/?token=secret`, { signal }))
    expect(problem).toMatchObject({ code: 'answer-too-large', where: `${fake.url}/?token=***` })
    expect(problem.what).toContain('64 MiB')
  })

  test('when it is aborted in the midst of an answer, then it ends', async () => {
    const controller = new AbortController()
    const fake = await server((_, response) =>
      response.writeHead(200).write('{', () => controller.abort(new Error('ended'))),
    )
    await expect(exchangeText(fake.url, { signal: controller.signal })).rejects.toThrow()
  })
})
