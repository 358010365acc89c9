import { keepHeapSmall, nodeFault } from './node.js'

const fault = nodeFault(process.versions.node, process.execPath)
if (fault === null) {
  keepHeapSmall()
  await import('../action/main.js')
} else {
  // GitHub's runners have Node 24; others may run the action with their own.
  process.stdout.write(`::error title=Seaworthy::${fault.trim().replaceAll('\n', '%0A')}\n`)
  process.exitCode = 1
}
