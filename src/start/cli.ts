import { keepHeapSmall } from './heap.js'

keepHeapSmall()
await import('../cli.js')
