import { afterAll, beforeAll } from '@jest/globals'
import { startProxy, type TestServer } from './debian-archive.js'

// No request leaves the machine: last resorts go to a proxy that has nothing. Each test file has its own copy of this
// module, and so these hooks.

export let proxy: TestServer

beforeAll(async () => {
  proxy = await startProxy()
  process.env.http_proxy = proxy.url
  process.env.no_proxy = '127.0.0.1'
})

afterAll(async () => {
  delete process.env.http_proxy
  delete process.env.no_proxy
  await proxy.close()
})
