import type { CheckId } from '../model/index.js'
import type { Collector } from './check.js'
import { type ClairCheckRequest, clairCollector } from './clair/collect.js'
import type { CheckContext } from './collecting.js'
import { credentialsCollector } from './credentials/check.js'
import { type BenchCheckRequest, dockerBenchCollector } from './docker-bench/collect.js'
import { type RegressionTestCheckRequest, regressionTestCollector } from './regression-test/collect.js'
import { type SecurityUpdatesCheckRequest, securityUpdatesCollector } from './security-updates/collect.js'

/** The requests to all checks; each reads its own. */
export type CheckRequests = SecurityUpdatesCheckRequest &
  ClairCheckRequest &
  BenchCheckRequest &
  RegressionTestCheckRequest

/** The half of each check that touches the outside world. */
export const COLLECTORS: Readonly<Record<CheckId, Collector<CheckRequests, CheckContext>>> = {
  'security-updates': securityUpdatesCollector,
  clair: clairCollector,
  'docker-bench': dockerBenchCollector,
  credentials: credentialsCollector,
  'regression-test': regressionTestCollector,
}
