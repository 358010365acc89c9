import { listAt, numberAt, textAt } from './json.js'
import { type Ruling, says } from './ruling.js'
import type { RunSubject } from './run-subject.js'

/** 5.11, 5.12, 5.15, 5.19 and 5.29: what the container may take of the machine. */
export function resources({ inspect, name }: RunSubject): Readonly<Record<string, Ruling>> {
  const number = (key: string) => numberAt(inspect, 'HostConfig', key)
  const limited = (values: readonly number[], what: string): Ruling => {
    if (values.some((value) => value > 0)) return says('PASS', [], `There is ${what}.`)
    return says('WARN', [name], `There is not ${what}.`, 'negative-limit')
  }
  const weights = [number('CpuShares'), number('NanoCpus')]
  return {
    '5.11': limited([number('Memory')], 'a limit on memory'),
    '5.12':
      number('CpuQuota') > 0
        ? says('PASS', [], 'There is a quota of CPU time.', 'cpu-quota')
        : limited(weights, 'a limit or a weight of CPU time'),
    '5.15': restarts(textAt(inspect, 'HostConfig', 'RestartPolicy', 'Name'), {
      name,
      count: numberAt(inspect, 'HostConfig', 'RestartPolicy', 'MaximumRetryCount'),
    }),
    '5.19':
      listAt(inspect, 'HostConfig', 'Ulimits').length > 0
        ? says('PASS', [], 'Resource limits are set.')
        : says('INFO', [name], 'Resource limits are the defaults of the engine.'),
    // An engine answers 0, -1 or nothing where there is none.
    '5.29': limited([number('PidsLimit')], 'a limit on the number of processes'),
  }
}

/** docker run, `--restart`: on-failure without a number (0) has no end either. */
function restarts(policy: string, { name, count }: { name: string; count: number }): Ruling {
  if (policy === 'always' || policy === 'unless-stopped' || (policy === 'on-failure' && count === 0)) {
    return says('WARN', [name], `The policy ${policy} restarts without end.`, 'restart-forever')
  }
  return count > 5
    ? says('WARN', [name], `The container is restarted up to ${count} times.`)
    : says('PASS', [], 'Restarts are limited.')
}
