import { keepHeapSmall, nodeError } from './node.js'

const error = nodeError(process.versions.node, process.execPath)
if (error === null) {
  keepHeapSmall()
  await import('../action/main.js')
} else {
  // GitHub's runners have Node 24; others may run the action with their own.
  process.stdout.write(`::error title=Seaworthy::${error.trim().replaceAll('\n', '%0A')}\n`)
  process.exitCode = 1
}
