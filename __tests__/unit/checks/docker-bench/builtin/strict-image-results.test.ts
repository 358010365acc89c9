import { expect, test } from '@jest/globals'
import type { Json } from '../../../../../src/model/json.js'
import {
  aContainer,
  anImage,
  type BenchState,
  type ContainerParts,
  IMAGE_ID,
  line,
  strictly,
} from './builders.js'
import { type ResultRow, resultsOf } from './rows.js'

const run = (part: ContainerParts): Partial<BenchState> => ({ containers: [aContainer(part)] })
const image = (config: Json, history?: readonly Json[]): Partial<BenchState> => ({
  ...{ images: [anImage(config, history)], containers: [] },
})
const engineOnly = (inspect: Json): Partial<BenchState> => ({
  ...{ images: [anImage({}, [], { config: null, inspect, history: [] })], containers: [] },
})
const WEB = ['web']

const ROWS: readonly ResultRow[] = [
  ['4.1', image({}), 'PASS', 'The user is 10001, not root.', 'image-user'],
  ['4.1', {}, 'PASS', 'The user is 10001, 10001, not root.', 'image-user'],
  ['4.1', image({ User: '' }), 'WARN', 'The image specifies no user.', 'image-user', ['app:1']],
  [
    ...(['4.1', engineOnly({ Config: { User: '5' } }), 'PASS', 'The user is 5, not root.'] as const),
    'image-user',
  ],
  ['4.1', engineOnly({}), 'WARN', 'The image specifies no user.', 'image-user', ['app:1']],
  ['4.1', image({ User: 'root' }), 'WARN', 'The image specifies the user root.', 'image-user', ['app:1']],
  ['4.1', image({ User: '0:5' }), 'WARN', 'The image specifies uid 0.', 'image-user', ['app:1']],
  [
    ...(['4.1', image({ User: 'toor' }), 'WARN'] as const),
    ...(['The image specifies a user with uid 0 in /etc/passwd.', 'image-user', ['app:1']] as const),
  ],
  [
    ...(['4.1', image({ User: 'ghost' }), 'WARN'] as const),
    ...(['The image specifies a user that is not in /etc/passwd.', 'image-user', ['app:1']] as const),
  ],
  [
    '4.1',
    run({ Config: { User: 'root' } }),
    'WARN',
    'The container specifies the user root.',
    'image-user',
    WEB,
  ],
  ['4.1', run({ Config: { User: '0' } }), 'WARN', 'The container specifies uid 0.', 'image-user', WEB],
  ['4.1', run({ Config: { User: '' } }), 'WARN', 'The container specifies no user.', 'image-user', WEB],
  ['4.1', run({ Config: { User: ':5' } }), 'WARN', 'The container specifies no user.', 'uid-zero', WEB],
  ['4.1', run({ Config: { User: '00' } }), 'WARN', 'The container specifies uid 0.', 'uid-zero', WEB],
  [
    '4.1',
    run({ Config: { User: 'root:x' } }),
    'WARN',
    'The container specifies the user root.',
    'uid-zero',
    WEB,
  ],
  [
    ...(['4.1', run({ Config: { User: 'ghost' } }), 'WARN'] as const),
    ...(['The container specifies a user that is not in /etc/passwd.', 'passwd-uid', WEB] as const),
  ],
  [
    ...(['4.1', { ...image({ User: '' }), ...run({ Config: { User: 'root' } }) }, 'WARN'] as const),
    ...(['The image specifies no user. The container specifies the user root.', 'image-user'] as const),
    ['app:1', 'web'],
  ],
  [
    ...([
      '4.1',
      { images: [anImage({ User: 'app' }, undefined, { files: { passwd: null, setuid: null } })] },
    ] as const),
    ...(['not-evaluated', "The image's /etc/passwd could not be read, so the user is not known."] as const),
    'passwd-uid',
  ],
  [
    ...(['4.1', { images: [anImage({}, undefined, { config: null })] }, 'not-evaluated'] as const),
    ...(["The image's configuration is not known.", 'no-subject'] as const),
  ],
  ...['4.2', '4.3', '4.4', '4.12'].map((id): ResultRow => {
    const why = 'This has to be decided by a person, or by another check that the dictionary specifies.'
    return [id, {}, 'NOTE', why, null]
  }),
  [
    ...(['4.5', {}, 'not-applicable'] as const),
    'DOCKER_CONTENT_TRUST is a setting of the client that pulls the image, not a property of the image.',
    'client-variable',
  ],
  ['4.6', {}, 'PASS', 'The image has a health check.', null],
  ['4.6', image({ Healthcheck: null }), 'WARN', 'The image has no health check.', null, ['app:1']],
  [
    ...(['4.6', image({ Healthcheck: { Test: ['NONE'] } }), 'WARN'] as const),
    ...(['The health check is switched off (NONE).', 'healthcheck-none', ['app:1']] as const),
  ],
  [
    ...(['4.6', image({ Healthcheck: { Test: ['CMD'] } }), 'WARN'] as const),
    ...(['The health check runs nothing.', 'healthcheck-none', ['app:1']] as const),
  ],
  [
    ...(['4.6', { images: [anImage({}, undefined, { config: null })] }, 'not-evaluated'] as const),
    ...(["The image's configuration is not known.", 'no-subject'] as const),
  ],
  [
    ...(['4.7', {}, 'PASS'] as const),
    ...(['Every RUN that refreshes the package lists also installs packages.', 'update-by-run'] as const),
  ],
  [
    ...(['4.7', image({}, [line('RUN apt-get update')]), 'INFO'] as const),
    ...(['1 history line refreshes the package lists but installs no packages.', 'update-by-run'] as const),
    ['RUN apt-get update'],
  ],
  [
    ...(['4.7', image({}, [line('RUN apt-get update'), line('RUN apt update')]), 'INFO'] as const),
    ...(['2 history lines refresh the package lists but install no packages.', 'update-by-run'] as const),
    ['RUN apt-get update', 'RUN apt update'],
  ],
  // Only a RUN runs something.
  [
    ...(['4.7', image({}, [line('CMD apt-get update')]), 'PASS'] as const),
    ...(['Every RUN that refreshes the package lists also installs packages.', 'update-by-run'] as const),
  ],
  [
    ...(['4.7', image({}, [line('')]), 'not-evaluated'] as const),
    ...(["The image's history does not show how all of its layers were made.", 'history-missing'] as const),
  ],
  ['4.8', {}, 'NOTE', '0 files have the setuid or setgid bit.', 'setuid-list'],
  [
    ...(['4.8', { images: [anImage({}, undefined, { files: { passwd: '', setuid: null } })] }] as const),
    ...(['not-evaluated', "Some of the image's files could not be read.", 'setuid-list'] as const),
  ],
  ['4.9', {}, 'PASS', 'No ADD instruction.', 'add-by-instruction'],
  [
    ...(['4.9', image({}, [line('ADD a /')]), 'INFO', '1 history line is an ADD instruction.'] as const),
    ...(['add-by-instruction', ['ADD a /']] as const),
  ],
  [
    ...(['4.9', image({}, [line('ADD a /'), line('ADD b /')]), 'INFO'] as const),
    ...(['2 history lines are ADD instructions.', 'add-by-instruction', ['ADD a /', 'ADD b /']] as const),
  ],
  // Items have at most 120 characters.
  ...[115, 116, 117].map((length): ResultRow => {
    const item = length <= 116 ? `ADD ${'a'.repeat(length)}` : `ADD ${'a'.repeat(115)}…`
    const history = [line(`ADD ${'a'.repeat(length)}`)]
    return [
      '4.9',
      image({}, history),
      'INFO',
      '1 history line is an ADD instruction.',
      'add-by-instruction',
      [item],
    ]
  }),
  ['4.10', {}, 'NOTE', 'Nothing looks like a secret.', 'secret-scan'],
  [
    ...(['4.10', image({ Env: ['DB_PASSWORD=hunter2'] }), 'NOTE'] as const),
    ...(['1 value looks like a secret.', 'secret-scan', ['ENV DB_PASSWORD']] as const),
  ],
  [
    ...(['4.10', image({ Env: ['DB_PASSWORD=hunter2', 'API_TOKEN=hunter3'] }), 'NOTE'] as const),
    ...(['2 values look like secrets.', 'secret-scan', ['ENV DB_PASSWORD', 'ENV API_TOKEN']] as const),
  ],
  // Values of plain variables are not taken out of the history: only tokens are.
  [
    ...(['4.10', image({ Env: ['A=PASSWORD'] }, [line('ENV DB_PASSWORD=hunter2')]), 'NOTE'] as const),
    ...(['1 value looks like a secret.', 'secret-scan', ['ENV DB_PASSWORD']] as const),
  ],
  [
    ...(['4.10', image({}, [line('')]), 'not-applicable'] as const),
    "The image's history does not show how its layers were made. Nothing in its configuration looks like a secret, and the credentials check searches its files.",
    'secret-scan',
  ],
  [
    ...(['4.10', { images: [anImage({}, undefined, { config: null })] }, 'not-evaluated'] as const),
    ...(["Neither the image's configuration nor its history is known.", 'secret-scan'] as const),
  ],
  [
    '4.10',
    { images: [anImage({}, undefined, { config: null, history: [{ CreatedBy: 'COPY a /' }] })] },
    ...(['not-evaluated', "The image's history does not show how all of its layers were made."] as const),
    'secret-scan',
  ],
  [
    ...(['4.11', {}, 'NOTE', '0 instructions install packages without checking signatures.'] as const),
    'unverified-packages',
  ],
  [
    ...(['4.11', image({}, [line('RUN apt-get --force-yes install x')]), 'NOTE'] as const),
    ...(['1 instruction installs packages without checking signatures.', 'unverified-packages'] as const),
    ['RUN apt-get --force-yes install x'],
  ],
  // Only a RUN installs something.
  [
    ...(['4.11', image({}, [line('LABEL a="apt-get --force-yes install x"')]), 'NOTE'] as const),
    ...(['0 instructions install packages without checking signatures.', 'unverified-packages'] as const),
  ],
  [
    ...(['4.11', image({}, [line('')]), 'not-evaluated'] as const),
    ...([
      "The image's history does not show how all of its layers were made.",
      'unverified-packages',
    ] as const),
  ],
]

test.each(ROWS)('when it is %s, then the whole result is stated (%#)', (...row) => {
  const [result, expected] = resultsOf(row)
  expect(result).toEqual(expected)
})

test('when an engine alone lists the layers, then a history with fewer lines leaves out some', () => {
  const inspect = (Layers: readonly string[]) => ({ Config: {}, RootFS: { Layers } })
  const state = (Layers: readonly string[]) => {
    const part = { config: null, inspect: inspect(Layers), history: [{ CreatedBy: 'COPY a /' }] }
    return strictly('4.9', { images: [anImage({}, [], part)] }, { imageId: IMAGE_ID }).state
  }
  expect([state(['a']), state(['a', 'b'])]).toEqual(['evaluated', 'not-evaluated'])
})

test('when an instruction is the reason, then its line is the last of its kind', () => {
  const history = [line('COPY a /'), line('USER root', true), line('HEALTHCHECK NONE', true)]
  const lines = [...history, line('USER root', true), line('HEALTHCHECK NONE', true)]
  const images = [anImage({ User: 'root', Healthcheck: { Test: ['NONE'] } }, lines)]
  expect(strictly('4.1', { images }).places).toEqual([{ line: 3, instruction: 'USER' }])
  expect(strictly('4.6', { images }).places).toEqual([{ line: 4, instruction: 'HEALTHCHECK' }])
  const guilty = [line('RUN apt-get --force-yes update'), line('ENV DB_PASSWORD=hunter2', true)]
  const all = { images: [anImage({}, guilty)] }
  expect(['4.7', '4.10', '4.11'].map((id) => strictly(id, all).places)).toEqual([
    [{ line: 0, instruction: 'RUN' }],
    [{ line: 1, instruction: 'ENV' }],
    [{ line: 0, instruction: 'RUN' }],
  ])
})
