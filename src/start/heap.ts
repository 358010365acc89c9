import { setFlagsFromString } from 'node:v8'

/**
 * Keeps V8's young generation at its first size. It grows while modules are loaded and is not given back: a third of
 * the gate's memory, for no time won (docs/performance.md). Works only before the program's own modules are loaded.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}
