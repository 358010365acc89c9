// Jest's globalSetup for tests that run gates: beside their folder, one Clair with the sample tracker for all of them
// (live/shared-clair.ts). A test about starting, ending or confining Clair says so in its first line, and starts its own.
import setUpFolders from './live-folders.mjs'

export default async function setup() {
  setUpFolders()
  // The helpers are in TypeScript.
  await import('./modules.mjs')
  const { startSharedClair } = await import('../../live/external-services.ts')
  const { inputs, stop } = await startSharedClair()
  process.env.SEAWORTHY_TEST_CLAIR = JSON.stringify(inputs)
  globalThis.stopSharedClair = stop
}
