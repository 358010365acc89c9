import { keepHeapSmall } from './heap.js'
import { isNodeNewEnough } from './node.js'

if (isNodeNewEnough()) {
  keepHeapSmall()
  await import('../cli.js')
}
