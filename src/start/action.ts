import { keepHeapSmall } from './node.js'

await keepHeapSmall()
await import('../action/main.js')
