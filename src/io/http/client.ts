import type { RequestOptions } from 'node:https'
import { HttpClient } from '@actions/http-client'

/**
 * A client for requests through the environment's proxy, which a signal ends. It supports no signal itself, but passes
 * the options of node's request to its handlers.
 */
export function clientFor(
  signal: AbortSignal,
  options: ConstructorParameters<typeof HttpClient>[2],
  more: Readonly<RequestOptions> = {},
): HttpClient {
  const handler = {
    prepareRequest: (request: RequestOptions) => {
      Object.assign(request, { signal, ...more })
    },
    canHandleAuthentication: () => false,
    handleAuthentication: () => Promise.reject(new Error('not used')),
  }
  return new HttpClient('seaworthy', [handler], options)
}
