import { keepHeapSmall, nodeError } from './node.js'

const error = nodeError(process.versions.node, process.execPath)
if (error === null) {
  keepHeapSmall()
  await import('../cli/main.js')
} else {
  process.stderr.write(error)
  process.exitCode = 2
}
