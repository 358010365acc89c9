import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { SeaworthyError } from '../../model/index.js'
import { redactUrl } from './url.js'

export interface PlainReply {
  readonly status: number
  readonly text: string
}

export type Dial = (host: string, port: number) => Duplex

/**
 * One exchange with a local service: no proxy, no redirect, no retry. (`fetch` costs 17 MB of memory in Node, and
 * http.ts is for outside hosts.) Throws `answer-too-large`.
 * @param body sent as JSON by POST; default: a GET
 * @param dial if the address is reached in another way than from here
 * @param lookup which addresses of a name may be connected to; default: all
 */
export function exchangeText(
  url: string,
  options: {
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: unknown
    readonly signal: AbortSignal
    readonly dial?: Dial | undefined
    readonly lookup?: LookupFunction | undefined
  },
): Promise<PlainReply> {
  const { signal, body, dial, lookup } = options
  const text = body === undefined ? undefined : JSON.stringify(body)
  const headers: Record<string, string | number> = { accept: 'application/json', ...options.headers }
  if (text !== undefined) {
    headers['content-type'] = 'application/json'
    headers['content-length'] = Buffer.byteLength(text)
  }
  const send = url.startsWith('https:') ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const method = text === undefined ? 'GET' : 'POST'
    const { hostname, port } = new URL(url)
    // Node asks for a socket, and takes any stream.
    const through = dial && { createConnection: () => dial(hostname, Number(port)) as Socket }
    const connecting = { ...(lookup && { lookup }), ...(through ?? { agent: false }) }
    const sent = send(url, { method, headers, signal, ...connecting }, (answer) => {
      const status = answer.statusCode ?? 0
      // Clair closes the connection after the head of this answer, and the head is enough.
      if (status === 429) {
        answer.on('error', () => undefined).destroy()
        return resolve({ status, text: '' })
      }
      bodyOf(answer, redactUrl(url))
        .then((body) => ({ status, text: body.toString('utf8') }))
        .then(resolve, reject)
    })
    sent.on('error', reject)
    sent.end(text)
  })
}

/** Far more than any answer that is read whole: Clair's report on a large image has some MiB. In bytes. */
const LIMIT = 64 * 2 ** 20

/**
 * The whole body of an answer. An endless one must not use up all memory, nor crash the process with a string longer
 * than Node allows.
 * @param where address of the answer, for people
 * @throws SeaworthyError answer-too-large; the connection is closed then
 */
export async function bodyOf(
  answer: AsyncIterable<Uint8Array>,
  where: string,
  limit = LIMIT,
): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer) {
    size += chunk.length
    if (size > limit) {
      const what = `the response is larger than ${limit / 2 ** 20} MiB; the rest was not read`
      throw new SeaworthyError({ code: 'answer-too-large', what, where })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
