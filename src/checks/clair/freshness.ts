import { SeaworthyError } from '../../core/problem.js'

const HOUR_MS = 3_600_000

/**
 * How long ago the Debian updater of a Clair that others run may have stored its last data, in hours. It stores
 * when the tracker has changed, which it does several times a day.
 */
const CLAIR_MAX_HOURS = 48

/** @param date ISO 8601, of the updater's last operation. @throws SeaworthyError `clair-stale` */
export function requireFreshClair(date: string, now: number, where: string): void {
  if (now - Date.parse(date) <= CLAIR_MAX_HOURS * HOUR_MS) return
  throw new SeaworthyError({
    code: 'clair-stale',
    what: `Clair has its Debian data of ${date}, more than ${CLAIR_MAX_HOURS} hours old`,
    where,
    todo: 'see that Clair’s debian updater runs and reaches the security tracker',
  })
}
