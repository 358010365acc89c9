import { FURTHER_APPLICATION } from './further/application.js'
import { FURTHER_CONFIGURATION } from './further/configuration.js'
import { FURTHER_DATABASE } from './further/database.js'
import { FURTHER_DEBIAN } from './further/debian.js'
import { FURTHER_PLACEMENT } from './further/placement.js'
import type { Mutation } from './mutation.js'

/**
 * Written after the fixes that `ALL` led to, by somebody who had read none of them, nor the gate's code; run once, and not
 * part of the rates of `ALL`.
 */
export const FURTHER: readonly Mutation[] = [
  ...FURTHER_DEBIAN,
  ...FURTHER_APPLICATION,
  ...FURTHER_PLACEMENT,
  ...FURTHER_DATABASE,
  ...FURTHER_CONFIGURATION,
]
