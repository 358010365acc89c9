import type { ServerResponse } from 'node:http'
import { type FakeServer, fakeServer, json, type ReceivedRequest } from './fake-server.js'

/** Routes of a fake engine: `GET /containers/json` -> its answer. Paths without version and query. */
export type Routes = Readonly<Record<string, (request: ReceivedRequest, response: ServerResponse) => unknown>>

export interface FakeEngine extends FakeServer {
  /** As in DOCKER_HOST. */
  readonly host: string
  /** Calls after the first ping, as `GET /containers/json`. */
  calls(): readonly string[]
}

/**
 * A Docker engine that answers as a test reports it to: engines of five versions, and ones that fail in a chosen
 * way, can't be had at once. What real ones say is in the live tests.
 */
export async function fakeEngine(
  routes: Routes,
  apiVersion: string | null = '1.41',
  on: 'socket' | 'port' = 'socket',
): Promise<FakeEngine> {
  const server = await fakeServer((request, response) => {
    if (request.path === '/_ping') {
      if (apiVersion !== null) {
        response.setHeader('api-version', apiVersion)
      }
      return response.end('OK')
    }
    const answer = routes[nameOf(request)]
    return answer
      ? answer(request, response)
      : json(response, 404, { message: `no route ${nameOf(request)}` })
  }, on)
  return {
    ...server,
    host: on === 'socket' ? `unix://${server.socket}` : `tcp://127.0.0.1:${server.port}`,
    calls: () => server.requestsReceived.filter(({ path }) => path !== '/_ping').map(nameOf),
  }
}

function nameOf({ method, path }: ReceivedRequest): string {
  return `${method} ${path.replace(/^\/v\d+\.\d+/, '').replace(/\?.*$/, '')}`
}
