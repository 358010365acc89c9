import type { Fields } from './apt-files.js'
import type { OracleCase } from './case.js'
import { p } from './cases-facts.js'

export const MULTI = [p('lab-multi', '1.0')]

/** Installed packages, and what a repository has of them. */
export const lab = (
  name: string,
  installed: readonly Fields[],
  packages: readonly Fields[],
  more: Partial<OracleCase> = {},
): OracleCase => ({ name, installed, repositories: [{ name: 'lab', packages }], ...more })
