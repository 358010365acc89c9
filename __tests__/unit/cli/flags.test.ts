import { expect, test } from '@jest/globals'
import { optionOf } from '../../../src/cli/flags.js'
import { INPUTS } from '../../../src/inputs/table.js'

test('when inputs become flags, then each has a heading, and a switch takes no word and says what it does', () => {
  const options = INPUTS.map((input) => ({ ...input, option: optionOf(input) }))
  expect(options.filter(({ option }) => !/^[A-Z].*:$/.test(option.helpGroupHeading ?? ''))).toEqual([])
  const headings = new Map(options.map(({ name, option }) => [name, option.helpGroupHeading]))
  expect(
    ['platform', 'gate', 'offline', 'timeout', 'test-command', 'debug'].map((one) => headings.get(one)),
  ).toEqual(['Image:', 'Policies and thresholds:', 'Data:', 'Clair, and limits:', 'Update:', 'Reports:'])
  const switches = options.filter(({ value }) => value === 'BOOLEAN')
  expect(switches.map(({ option }) => option.flags)).toContain('--offline')
  expect(
    switches.filter(({ option }) => option.flags.includes('<') || /^true/.test(option.description)),
  ).toEqual([])
})
