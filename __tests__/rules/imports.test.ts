import { describe, expect, test } from '@jest/globals'
import {
  commandsElsewhere,
  cycles,
  impureImports,
  LONGEST_FILE,
  strangers,
  tooLong,
  wrongDirections,
} from './rules.js'
import { scanTree, sourceTree } from './scan.js'

/** Files of a made-up tree. */
const treeOf = (files: Readonly<Record<string, string>>) => scanTree(new Map(Object.entries(files)))
const ours = scanTree(sourceTree())

/** A small tree in order: the bad ones below differ from it in one file. */
const SOUND = {
  'src/action/main.ts': `import * as core from '@actions/core'\nimport { gate } from '../gate/gate.js'`,
  'src/gate/gate.ts': `import { open } from '../io/files/files.js'\nimport { CHECKS } from '../checks/index.js'\nimport { judge } from '../judge/judge.js'`,
  'src/judge/judge.ts': `import type { Image } from '../model/image.js'`,
  'src/model/image.ts': `import { load } from 'js-yaml'`,
  'src/model/problem.ts': 'export class SeaworthyError extends Error {}',
  'src/io/files/files.ts': `import { readFileSync } from 'node:fs'\nimport { SeaworthyError } from '../../model/problem.js'`,
  'src/io/process/exec.ts': `import { getExecOutput } from '@actions/exec'\nimport { spawn } from 'node:child_process'`,
  'src/reports/text.ts': `import type { Image } from '../model/image.js'`,
  'src/checks/check.ts': `import type { Image } from '../model/image.js'`,
  'src/checks/index.ts': `import { clair } from './clair/index.js'`,
  'src/checks/collectors.ts': `import { collect } from './clair/collect.js'\nimport './collecting.js'`,
  'src/checks/collecting.ts': `import { open } from '../io/files/files.js'`,
  'src/checks/clair/index.ts': `import { collect } from './collect.js'\nimport { interpret } from './interpret.js'`,
  'src/checks/clair/collect.ts': `import { open } from '../../io/files/files.js'\nimport { serve } from './server.js'`,
  'src/checks/clair/server.ts': `import { createServer } from 'node:http'`,
  'src/checks/clair/interpret.ts': `import type { Interpreter } from '../check.js'`,
  'src/checks/docker-bench/index.ts': '',
}
const rules = { strangers, wrongDirections, wrongDoors: impureImports, commandsElsewhere, cycles, tooLong }

describe.each(Object.entries(rules))('%s', (_, rule) => {
  test('when the tree is scanned, then nothing is at fault', () => {
    expect(ours.size).toBeGreaterThan(0)
    expect(rule(ours)).toEqual([])
  })

  test('when a made-up tree is in order, then nothing is at fault', () => {
    expect(rule(treeOf(SOUND))).toEqual([])
  })
})

describe('a tree with one bad file', () => {
  const cases: readonly (readonly [string, keyof typeof rules, string, string, string])[] = [
    ['a folder without a row', 'strangers', 'src/util/a.ts', '', 'src/util/a.ts: in no folder'],
    [
      'model reads reports',
      'wrongDirections',
      'src/model/image.ts',
      `import '../reports/text.js'`,
      'src/model/image.ts (model)',
    ],
    [
      'a type goes the wrong way',
      'wrongDirections',
      'src/model/image.ts',
      `import type { A } from '../io/files/files.js'`,
      '(io)',
    ],
    [
      'an import in a type',
      'wrongDirections',
      'src/judge/judge.ts',
      `type A = import('../io/files/files.js').A`,
      '(judge)',
    ],
    [
      'a re-export',
      'wrongDirections',
      'src/reports/text.ts',
      `export * from '../publish/publish.js'`,
      '(reports)',
    ],
    [
      'a lazy import',
      'wrongDirections',
      'src/io/files/files.ts',
      `const a = () => import('../../gate/gate.js')`,
      '(io)',
    ],
    [
      'a check knows another',
      'wrongDirections',
      'src/checks/docker-bench/index.ts',
      `import '../clair/server.js'`,
      'clair',
    ],
    [
      'io decides by a policy',
      'wrongDirections',
      'src/io/files/files.ts',
      `import { a } from '../../policy/policy.js'`,
      '(io)',
    ],
    [
      'an entry reaches into a check',
      'wrongDirections',
      'src/action/main.ts',
      `import '../checks/clair/collect.js'`,
      '(action)',
    ],
    ['interpret opens a file', 'wrongDoors', 'src/checks/clair/interpret.ts', `import 'node:fs'`, 'node:fs'],
    [
      'the story reaches past the contract of a check',
      'wrongDirections',
      'src/gate/gate.ts',
      `import '../checks/clair/server.js'`,
      'server.ts',
    ],
    [
      'interpret borrows a helper of collect',
      'wrongDoors',
      'src/checks/clair/interpret.ts',
      `import './server.js'`,
      'node:http',
    ],
    [
      'the story has hands',
      'wrongDoors',
      'src/gate/gate.ts',
      `import { exec } from '@actions/exec'`,
      '@actions/exec',
    ],
    [
      'a report is required at run time',
      'wrongDoors',
      'src/reports/text.ts',
      `const fs = require('fs')`,
      'fs',
    ],
    [
      'an engine runs a command by itself',
      'commandsElsewhere',
      'src/io/engine/pull.ts',
      `import { execFile } from 'node:child_process'`,
      'src/io/engine/pull.ts runs commands by itself: it imports node:child_process',
    ],
    [
      'a check runs a command by @actions/exec itself',
      'commandsElsewhere',
      'src/checks/clair/collect.ts',
      `const run = () => import('@actions/exec')`,
      'it imports @actions/exec',
    ],
    [
      'two files need each other',
      'cycles',
      'src/model/problem.ts',
      `import type { A } from './problem2.js'`,
      ' → ',
    ],
    ['a file needs itself', 'cycles', 'src/model/image.ts', `import './image.js'`, ' → '],
    [
      'a file has a line too many',
      'tooLong',
      'src/gate/gate.ts',
      'a()\n'.repeat(LONGEST_FILE + 1),
      '301 lines',
    ],
  ]

  test.each(cases)('when %s, then %s says so', (_, rule, path, text, message) => {
    const other = {
      'src/model/problem2.ts': `import './problem.js'`,
      'src/publish/publish.ts': '',
      'src/policy/policy.ts': '',
    }
    const errors = rules[rule](treeOf({ ...SOUND, ...other, [path]: text }))
    expect(errors).toEqual([expect.stringContaining(message)])
  })

  test('when a file has as many lines as may be, then it is sound', () => {
    expect(tooLong(treeOf({ 'src/gate/gate.ts': 'a()\n'.repeat(LONGEST_FILE) }))).toEqual([])
  })

  test('when words of an import stand in a comment or a string, then they are not one', () => {
    const text = `// import 'node:fs'\nexport const a = "import 'node:fs'"`
    expect(impureImports(treeOf({ ...SOUND, 'src/model/image.ts': text }))).toEqual([])
  })
})
