// Jest's globalSetup of the live tests. TMPDIR stays: engines that tests start would inherit it, and see another /tmp.
import { ownMachine, runFolder } from './folders.mjs'

export default function setup() {
  ownMachine()
  process.env.SEAWORTHY_LIVE_FOLDER = runFolder()
}
