// Jest's globalSetup for the live tests. TMPDIR is left unchanged, because engines that tests start would inherit it and see
// another /tmp.
import { ownMachine, runFolder } from './folders.mjs'

export default function setup() {
  ownMachine()
  process.env.SEAWORTHY_LIVE_FOLDER = runFolder()
}
