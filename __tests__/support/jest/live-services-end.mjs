// Jest's globalTeardown for tests that run gates.
import endFolders from './folders-end.mjs'

export default async function teardown() {
  await globalThis.stopSharedClair?.()
  endFolders()
}
