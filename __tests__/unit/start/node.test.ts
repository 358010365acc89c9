import { readFileSync } from 'node:fs'
import { afterEach, expect, jest, test } from '@jest/globals'

const versions = process.versions
afterEach(() => {
  Object.defineProperty(process, 'versions', { value: versions, configurable: true })
  jest.restoreAllMocks()
  process.exitCode = undefined
})

test('when Node is too old, then that is told without a stack, and nothing was judged', async () => {
  const { engines } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))
  const said: string[] = []
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  Object.defineProperty(process, 'versions', { value: { ...versions, node: '23.11.0' }, configurable: true })
  await import('../../../src/start/cli.js')
  expect(process.exitCode).toBe(2)
  const lines = said.join('').split('\n')
  expect(lines).toHaveLength(4)
  expect(lines[0]).toBe(
    `Seaworthy needs Node ${engines.node.replace('>=', '')} or later, and this is 23.11.0`,
  )
})
