import type { Command } from 'commander'
import { runGate } from '../gate/gate.js'
import { refuseUntested, runUpdate, updateExit } from '../gate/update.js'
import { refuseLinks, removeReports, writeReports, writeUpdate } from '../gate/write-reports.js'
import { gatherErrors } from '../inputs/input-errors.js'
import { readScan } from '../inputs/request.js'
import type { ReadInput } from '../inputs/row.js'
import { readUpdateRequest } from '../inputs/update.js'
import { newRunId } from '../io/engine/leftovers.js'
import { documentsAddress, documentsHere } from '../io/files/documents.js'
import { abortOnSignals } from '../io/process/signals.js'
import { terminal } from '../io/process/terminal.js'
import { renderTerminal, reportLine } from '../reports/terminal/terminal.js'
import { renderUpdate } from '../reports/update/terminal.js'
import { addInputs, type Flags, inputsOf, otherPush } from './flags.js'

/** `seaworthy update IMAGE`: scans it, updates its packages, and proves that the application still works. */
export function addUpdate(program: Command, uncaught: AbortSignal): void {
  const command = program
    .command('update')
    .description("update an image's packages, and test that the application still works")
    .argument('<image>', 'a local image')
    .addHelpText('after', EXITS)
    .action(async (image: string, flags: Flags) => {
      process.exitCode = await updateImage(image, inputsOf(flags), uncaught)
    })
  addInputs(command, ({ where }) => where.includes('update'))
}

const EXITS = `
Exit codes:
  0  the patched image passes, or there was nothing to update and the image itself passes
  1  the patched image fails; or no package could be updated with a passing test; or there was nothing to update, and the image itself fails
  2  no update could be tried, or the image could not be judged`

async function updateImage(image: string, inputs: ReadInput, uncaught: AbortSignal): Promise<number> {
  const { update, request, judging } = readAll(image, inputs)
  refuseLinks(judging.reportDir, 'report-dir', false)
  const screen = terminal()
  const context = { ...screen, runId: newRunId(), signal: abortOnSignals(uncaught) }
  try {
    await refuseUntested(update, context.signal)
    const scanned = await runGate(request, judging, { ...context, runId: newRunId() })
    const updated = await runUpdate(update, scanned, request, judging, context)
    screen.done()
    const { colour, width } = screen
    // Only now: an update that cannot be tried leaves the reports as they were.
    removeReports(judging.reportDir)
    const paths = writeReports(judging.reportDir, updated.verdict, documentsAddress(process.env))
    const options = { colour, width, pages: documentsHere(process.env) }
    const verbose = inputs('verbose') === 'true'
    process.stdout.write(renderTerminal(updated.verdict, { ...options, verbose }))
    process.stdout.write(`\n${renderUpdate(updated.outcome)}`)
    writeUpdate(judging.reportDir, updated.outcome)
    process.stdout.write(`\n${reportLine(paths)}`)
    return updateExit(updated)
  } finally {
    screen.done()
  }
}

/** All errors in the update's inputs, the scan's inputs and the policies at once. */
function readAll(image: string, inputs: ReadInput) {
  const gathered = gatherErrors()
  const update = gathered.attempt(() => readUpdateRequest([image], inputs))
  const scan = gathered.attempt(() => readScan([image], inputs, new Date().toISOString().slice(0, 10)))
  gathered.throwAny()
  if (update === null || scan === null) {
    throw new Error('an error was not reported')
  }
  if (scan.request.push.push === 'judged') {
    throw otherPush('judged', 'only "seaworthy scan" pushes the image that it has judged')
  }
  return { update, ...scan }
}
