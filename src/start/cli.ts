import { keepHeapSmall, nodeFault } from './node.js'

const fault = nodeFault(process.versions.node, process.execPath)
if (fault === null) {
  keepHeapSmall()
  await import('../cli/main.js')
} else {
  process.stderr.write(fault)
  process.exitCode = 2
}
