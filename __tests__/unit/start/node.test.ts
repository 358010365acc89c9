import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { nodeFault } from '../../../src/start/node.js'

test('when Node is older than package.json wants, then that is told in three lines, and else nothing', () => {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } }
  const needed = engines.node.replace('>=', '')
  expect(nodeFault('20.20.2', '/usr/bin/node')?.split('\n')).toEqual([
    `Node ${needed} is required, but this is 20.20.2`,
    '/usr/bin/node',
    expect.stringContaining(`Node ${needed} or later`),
    '',
  ])
  expect([`${needed}.0.0`, '100.1.0'].map((version) => nodeFault(version, 'node'))).toEqual([null, null])
})
