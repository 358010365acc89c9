// Jest's globalSetup for the live tests. TMPDIR is left unchanged, because engines that tests start would inherit it and see
// another /tmp.
import { startRun } from './folders.mjs'

export default function setup() {
  process.env.SEAWORTHY_LIVE_FOLDER = startRun()
}
