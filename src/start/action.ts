import { keepHeapSmall } from './node.js'

keepHeapSmall()
await import('../action/main.js')
