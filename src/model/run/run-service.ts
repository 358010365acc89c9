import * as z from 'zod'
import { count, type TypeOf, text } from '../schemas.js'

/**
 * The service of a compose file that sets the run options: where its keys are, so that a task can name the line of
 * what is there already.
 */
export const RunServiceSchema = z
  .strictObject({
    name: text,
    indent: count.describe("How many blanks precede the service's keys"),
    lines: z
      .record(z.string(), count)
      .describe(
        'Line of each key that section 5 is about, by its path below the service: privileged, deploy.resources.limits; security_opt.seccomp is an item of that list',
      ),
  })
  .meta({ id: 'RunService' })
export type RunService = TypeOf<typeof RunServiceSchema>

const KEYS: ReadonlySet<string> = new Set(
  (
    'cap_add cap_drop cgroup cgroup_parent cpu_quota cpu_shares cpus deploy deploy.resources.limits ' +
    'deploy.resources.limits.cpus deploy.resources.limits.memory deploy.resources.limits.pids ' +
    'deploy.resources.reservations.devices device_cgroup_rules devices gpus ipc mem_limit network_mode pid ' +
    'pids_limit ports privileged read_only restart security_opt security_opt.apparmor security_opt.label ' +
    'security_opt.no-new-privileges security_opt.seccomp tmpfs ulimits user userns_mode uts volumes'
  ).split(' '),
)

/** True for a path of `RunService.lines`. */
export function isRunKey(path: string): boolean {
  return KEYS.has(path)
}
