import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * A port of this machine that nobody listens on, below those that the kernel gives to connections: one of these could
 * be taken before it is used.
 */
export function freePort(): Promise<number> {
  const port = randomInt(10_000, 32_000)
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(freePort()))
      .listen(port, () => server.close(() => resolve(port)))
  })
}
