import { APPLICATION } from './application.js'
import { CONFIGURATION } from './configuration.js'
import { DATABASE } from './database.js'
import { DEBIAN } from './debian.js'
import type { Mutation } from './mutation.js'
import { PLACEMENT } from './placement.js'

export const ALL: readonly Mutation[] = [
  ...DEBIAN,
  ...APPLICATION,
  ...PLACEMENT,
  ...DATABASE,
  ...CONFIGURATION,
]
