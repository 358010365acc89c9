import { execFileSync } from 'node:child_process'
import { expect, test } from '@jest/globals'

test('when the command starts, then nothing is loaded that only some runs need', () => {
  const program = [
    "process.argv.push('--version')",
    "process.on('exit', () => console.log(JSON.stringify(process.moduleLoadList)))",
    "await import('./dist/cli.js')",
  ]
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program.join('\n')], {
    encoding: 'utf8',
  })
  const loaded = JSON.parse(printed.split('\n')[1] ?? '') as readonly string[]
  expect(loaded).toContain('NativeModule http')
  expect(loaded).not.toContain('NativeModule internal/deps/undici/undici')
  // As Node loads it for whoever imports the whole of node:crypto.
  expect(loaded).not.toContain('NativeModule internal/crypto/webcrypto')
  // npm's needs it (script/build.mjs).
  expect(loaded).not.toContain('NativeModule http2')
})
