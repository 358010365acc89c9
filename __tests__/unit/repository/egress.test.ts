import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { INPUTS } from '../../../src/inputs/table.js'

interface Input {
  readonly name: string
  readonly default: string
}
const { egressRows, egressText, endpointOf } = (await import(
  join(process.cwd(), 'script/lib/egress.mjs')
)) as {
  egressRows(inputs: readonly Input[]): readonly { input: string; hosts: readonly string[] }[]
  egressText(inputs: readonly Input[]): string
  endpointOf(address: string): string | null
}

test('when the list is made, then each input whose default is an address is there with its host, and pasted', () => {
  const rows = egressRows(INPUTS)
  const asking = INPUTS.filter((input) => endpointOf(input.default) !== null)
  expect(asking.length).toBeGreaterThan(4)
  const pasted = egressText(INPUTS).split('allowed-endpoints: >-')[1] ?? ''
  for (const { name, default: value } of asking) {
    expect([name, rows.find(({ input }) => input === name)?.hosts[0]]).toEqual([name, endpointOf(value)])
    expect(pasted).toContain(`\n  ${endpointOf(value)}\n`)
  }
})

test('when an input asks a host that nobody lists, or a row is of no input, then no list is made', () => {
  const more = { name: 'weather', default: 'https://weather.example/' }
  expect(() => egressRows([...INPUTS, more])).toThrow('weather asks weather.example:443, and is not listed')
  expect(() => egressRows(INPUTS.filter(({ name }) => name !== 'epss'))).toThrow('epss is no input')
})

test.each([
  ['https://a.example/x', 'a.example:443'],
  ['http://a.example/', 'a.example:80'],
  ['https://a.example:8443/', 'a.example:8443'],
  ['postgres:17', null],
  ['', null],
])('when an address is %s, then its endpoint is %s', (address, endpoint) => {
  expect(endpointOf(address)).toBe(endpoint)
})
