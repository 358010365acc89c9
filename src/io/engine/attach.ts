import { type Duplex, PassThrough, type Readable } from 'node:stream'
import { bodyOf } from '../http/plain-http.js'
import { type Engine, upgraded } from './engine.js'
import { errorAnswer } from './engine-error.js'

/** Standard input and output of a container, for as long as the connection to the engine lasts. */
interface Attached {
  readonly input: Duplex
  readonly output: Readable
  /** The end of what it has written to standard error. */
  errors(): string
}

const MAX_STDERR_LENGTH = 4096

/** Before each piece of output: from which of the two streams it is, and its length (Engine API, "attach"). */
const HEAD = 8
const STDERR = 2

/** Attaches to a container; before it starts, so that nothing of its output is missed. Throws `EngineError`. */
export async function attach(engine: Engine, id: string): Promise<Attached> {
  const path = `/containers/${id}/attach`
  // No keys detach: Podman looks for them in any input, not only in a terminal's.
  const query = { stream: '1', stdin: '1', stdout: '1', stderr: '1', detachKeys: '' }
  const reply = await upgraded(engine, path, { query })
  if ('answer' in reply) {
    const text = (await bodyOf(reply.answer, path)).toString('utf8')
    throw errorAnswer(engine, path, reply.answer.statusCode ?? 0, text)
  }
  const { connection, head } = reply
  const output = new PassThrough()
  let errors = ''
  let rest: Buffer = Buffer.alloc(0)
  const received = (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    while (rest.length >= HEAD && rest.length >= HEAD + rest.readUInt32BE(4)) {
      const size = rest.readUInt32BE(4)
      const piece = rest.subarray(HEAD, HEAD + size)
      if (rest[0] === STDERR) {
        errors = (errors + piece.toString('utf8')).slice(-MAX_STDERR_LENGTH)
      } else {
        output.write(piece)
      }
      rest = rest.subarray(HEAD + size)
    }
  }
  connection.on('data', received)
  connection.on('end', () => output.end())
  connection.on('error', (error) => output.destroy(error))
  connection.on('close', () => output.end())
  received(head)
  return { input: connection, output, errors: () => errors }
}
