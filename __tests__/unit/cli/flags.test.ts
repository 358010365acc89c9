import { describe, expect, test } from '@jest/globals'
import { Command } from 'commander'
import { addAttest } from '../../../src/cli/attest.js'
import { addDictionary } from '../../../src/cli/dictionary.js'
import { optionOf, printUsage, refuseSwitchValues } from '../../../src/cli/flags.js'
import { INPUTS } from '../../../src/inputs/table.js'
import { problemThrownBy } from '../../support/problems.js'

test('when inputs become flags, then each has a heading, and a switch takes no value and says what it does', () => {
  const options = INPUTS.map((input) => ({ ...input, option: optionOf(input) }))
  expect(options.filter(({ option }) => !/^[A-Z].*:$/.test(option.helpGroupHeading ?? ''))).toEqual([])
  const headings = new Map(options.map(({ name, option }) => [name, option.helpGroupHeading]))
  expect(
    ['platform', 'policies', 'offline', 'timeout', 'test', 'tag-suffix', 'debug'].map((one) =>
      headings.get(one),
    ),
  ).toEqual([
    'Image:',
    'Policies and thresholds:',
    'Data:',
    'Checks:',
    'Tests and updates:',
    'Tests and updates:',
    'Reports:',
  ])
  const switches = options.filter(({ value }) => value === 'BOOLEAN')
  expect(switches.map(({ option }) => option.flags)).toContain('--offline')
  expect(
    switches.filter(({ option }) => option.flags.includes('<') || /^true/.test(option.description)),
  ).toEqual([])
})

/** What is said of a command line. */
function helpOf(...args: string[]): string[] {
  let text = ''
  const program = new Command('seaworthy').exitOverride().configureOutput({
    writeErr: (more) => {
      text += more
    },
  })
  program.command('scan').argument('<image...>').option('--fail-on <SEVERITY>').option('--offline')
  program.command('whitelist').command('add').requiredOption('--owner <NAME>')
  printUsage(program)
  try {
    program.parse(args, { from: 'user' })
  } catch {}
  return text.split('\n')
}

const SEE = '(see docs/troubleshooting.md#bad-input)'

describe('tellUsage', () => {
  test('when a flag is misspelt, then what, where, and the help that has it', () => {
    expect(helpOf('scan', 'app:1', '--fail_on', 'high')).toEqual([
      "error: unknown option '--fail_on'",
      `did you mean --fail-on? for the full list, run seaworthy scan --help ${SEE}`,
      '',
    ])
  })

  test('when a flag no longer exists, then what replaces it is named', () => {
    expect(helpOf('scan', 'app:1', '--changelogs')[1]).toMatch(
      /^the CVEs of updates come from Debian's security tracker/,
    )
    expect(helpOf('scan', 'app:1', '--max-data-age', '24')[1]).toBe(
      `set the key max-data-age in policies/gate.yml ${SEE}`,
    )
    expect(helpOf('whitelist', 'add', '--owner', 'me', '--gate', 'x.yml')[1]).toBe(
      `set policies to the folder that contains gate.yml ${SEE}`,
    )
  })

  test('when a command or a flag is missing or unknown, then the nearest help is named', () => {
    expect(helpOf('scan')).toEqual([
      "error: missing required argument 'image'",
      `for the full list, run seaworthy scan --help ${SEE}`,
      '',
    ])
    expect(helpOf('whitelist', 'add').slice(1, 2)).toEqual([
      `for the full list, run seaworthy whitelist add --help ${SEE}`,
    ])
    expect(helpOf('frobnicate').slice(1, 3)).toEqual([
      'seaworthy',
      `for the full list, run seaworthy --help ${SEE}`,
    ])
  })
})

describe('refuseSwitchWords', () => {
  test('when a switch is given a word as in a workflow, then the word is no image', () => {
    expect(problemThrownBy(() => refuseSwitchValues(['app:1', 'true'])).what).toBe(
      '"true" would be taken as an image name, because a switch such as --offline takes no value',
    )
    expect(problemThrownBy(() => refuseSwitchValues(['false'])).todo).toBe(
      'leave out both "false" and the switch before it',
    )
    refuseSwitchValues(['app:1', 'true:1', './true'])
  })
})

test.each(['dictionary record', 'attest'])(
  'when a command takes images of a registry, then its help says so: %s',
  (name) => {
    const program = new Command('seaworthy')
    addDictionary(program, new AbortController().signal)
    addAttest(program, new AbortController().signal)
    const named = name
      .split(' ')
      .reduce<Command | undefined>((at, part) => at?.commands.find((one) => one.name() === part), program)
    expect(named?.registeredArguments[0]?.description).toContain('registry:NAME')
  },
)
