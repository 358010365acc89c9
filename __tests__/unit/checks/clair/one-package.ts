import { interpret } from '../../../../src/checks/clair/interpret.js'
import type { Answer } from '../../../../src/model/finding/index.js'
import {
  debian,
  evidenceOf,
  type Package,
  type ReportedPackage,
  type Rows,
  reportOf,
  statusOf,
} from './builders.js'

export const APT: Package = { name: 'apt', version: '2.6.1' }

export const APT_ROWS: Rows = { apt: { 'CVE-2026-1': { fixed_version: '2.6.2', urgency: 'high' } } }

export const image = debian({ 'var/lib/dpkg/status': statusOf([APT]) })

export const codeOf = (answer: Answer) => (answer.state === 'unanswered' ? answer.problem.code : 'answered')

export const ask = (
  packages: readonly ReportedPackage[],
  canary?: readonly ReportedPackage[],
  document?: unknown,
) => interpret(evidenceOf(reportOf(packages, APT_ROWS, canary), APT_ROWS, document), image)
