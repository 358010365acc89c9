const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/'],
}

export default {
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/__tests__/{unit,cases,rules}/**/*.test.ts'] },
    {
      ...shared,
      displayName: 'live',
      testMatch: ['<rootDir>/__tests__/live/**/*.test.ts'],
      globalSetup: '<rootDir>/__tests__/live/folders.mjs',
      globalTeardown: '<rootDir>/__tests__/live/folders-end.mjs',
    },
    // What is long by nature, or measures time: `script/long`.
    { ...shared, displayName: 'long', testMatch: ['<rootDir>/__tests__/long/**/*.test.ts'] },
  ],
  // Jest leaves one core out, which on two means one worker. Time limits are for what hangs, not for what is slow.
  maxWorkers: '100%',
  testTimeout: 300_000,
}
