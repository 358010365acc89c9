import { keepHeapSmall } from './heap.js'

keepHeapSmall()
await import('../action/main.js')
