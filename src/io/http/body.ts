import { SeaworthyError } from '../../model/problem.js'

/** Far more than any answer that is read whole: Clair's report on a large image has some MiB. In bytes. */
const LIMIT = 64 * 2 ** 20

/**
 * The whole body of an answer. One without an end must cost neither all memory nor, as a text longer than
 * Node's longest, the process.
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
      throw new SeaworthyError({
        code: 'answer-too-large',
        what: `the answer has more than ${limit / 2 ** 20} MiB, and was read no further`,
        where,
      })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
