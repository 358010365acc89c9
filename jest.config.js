const shared = {
  // Jest's own runner compiles itself and every module again for each test file, which took more than half of the CPU time.
  runner: '<rootDir>/__tests__/support/jest/runner.mjs',
  globalSetup: '<rootDir>/__tests__/support/jest/folders.mjs',
  globalTeardown: '<rootDir>/__tests__/support/jest/folders-end.mjs',
  setupFiles: ['<rootDir>/__tests__/support/jest/modules.mjs'],
  transform: {},
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/'],
}

const tests = (folder, names) => names.map((name) => `<rootDir>/__tests__/${folder}/${name}.test.ts`)
const live = { ...shared, globalSetup: '<rootDir>/__tests__/support/jest/live-folders.mjs' }
const withClair = {
  ...shared,
  globalSetup: '<rootDir>/__tests__/support/jest/live-services.mjs',
  globalTeardown: '<rootDir>/__tests__/support/jest/live-services-end.mjs',
}

/** They kill a gate, and look at what it leaves, which any other gate would sweep. */
const ALONE = tests('live', ['action-dist', 'killed-gate'])
/** They make no gate with services of its own, and can run beside those. */
const NO_GATE = [
  ...tests('live', [
    'act-commands',
    'apt-oracle/apt-oracle',
    'archive',
    'enterprise',
    'feeds-command',
    'go-programs',
    'pin-images',
    'page',
    'replay',
    'runner-cache',
    'update/prove',
    'workflows',
  ]),
  ...tests('attacks', [
    '05-old-mirror',
    '08-requests-of-an-image',
    '11-forged-artifact',
    '12-artifact-next-to-code',
    '13-lax-branch',
    '14-tag-of-any-commit',
    '17-many-replaced-names',
    '18-report-dir',
    '19-forged-evidence',
    '42-tag-named-as-a-branch',
    '43-branch-named-as-a-tag',
    '44-assets-from-a-used-tree',
    '46-made-up-reasons',
    '33-listed-by-clair-only',
    '34-reported-by-clair-only',
    '26-archives-by-other-names',
    '27-bytes-around-a-zip',
    '28-name-of-a-jar',
    '29-large-jar',
    '35-removed-source',
  ]),
]

/** Real processes, sockets and time, or many made-up cases, by name: `npm run test:system`, after the quick check. */
const SYSTEM = tests('unit', ['**/*.system'])
/** Lists of mutations, which are read only. */
const LISTS = tests('mutations', ['lists'])
const except = (paths) => paths.map((path) => `${path.replaceAll('.', '\\.')}$`)

export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: [...tests('{unit,cases,rules}', ['**/*']), ...LISTS],
      testPathIgnorePatterns: ['\\.system\\.test\\.ts$'],
    },
    {
      ...shared,
      displayName: 'system',
      testMatch: SYSTEM,
    },
    { ...live, displayName: 'live-alone', testMatch: ALONE },
    { ...live, displayName: 'live-no-gate', testMatch: NO_GATE },
    {
      ...withClair,
      displayName: 'live',
      testMatch: tests('{live,attacks,mutations}', ['**/*']),
      testPathIgnorePatterns: except([...ALONE, ...NO_GATE, ...LISTS]),
    },
    // What is long by nature, or measures time: `script/long`.
    { ...withClair, displayName: 'long', testMatch: tests('long', ['**/*']) },
  ],
  // By default Jest leaves one core free, which on a machine with two means a single worker.
  maxWorkers: '100%',
}
