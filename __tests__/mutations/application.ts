import { GO } from './application/go.js'
import { JAVA } from './application/java.js'
import { NODE } from './application/node.js'
import { PHP } from './application/php.js'
import { PROGRAMS } from './application/programs.js'
import { PYTHON } from './application/python.js'
import { RUBY } from './application/ruby.js'
import { RUST } from './application/rust.js'
import { UNLISTED } from './application/unlisted.js'
import type { Mutation } from './mutation.js'

/** Vulnerable application packages, in each form in which their own tools put them, and what cannot be seen by design. */
export const APPLICATION: readonly Mutation[] = [
  ...[...PYTHON, ...NODE, ...JAVA, ...RUBY, ...PHP, ...GO, ...RUST],
  ...PROGRAMS,
  ...UNLISTED,
]
