import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { nodeError } from '../../../src/start/node.js'

test('when Node is older than package.json wants, then that is reported in three lines, and else nothing', () => {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } }
  const needed = engines.node.replace('>=', '')
  expect(nodeError('20.20.2', '/usr/bin/node')?.split('\n')).toEqual([
    `Node ${needed} is required, but this is 20.20.2`,
    '/usr/bin/node',
    expect.stringContaining(`Node ${needed} or later`),
    '',
  ])
  const home = mkdtempSync(join(tmpdir(), 'home-'))
  const ask = () => nodeError('20.20.2', '/usr/bin/node', home)
  expect(ask()).not.toContain('.cache/env')
  mkdirSync(join(home, '.cache'))
  writeFileSync(join(home, '.cache/env'), '')
  expect(ask()).toContain(`script/demo fetched, run: . ${home}/.cache/env`)
  rmSync(home, { recursive: true })
  expect([`${needed}.0.0`, '100.1.0'].map((version) => nodeError(version, 'node'))).toEqual([null, null])
})
