import { RATED_SEVERITIES, type Severity } from '../../model/severity.js'
import { type ByOwner, isHigherForAny, ownersFrom, ownersInFile } from './by-owner.js'
import { oneOf, refuse, type ThresholdInput, threshold } from './threshold.js'

function severityOrNever(about: string, told: Pick<ThresholdInput<unknown>, 'help' | 'description'> | null) {
  const word = (text: string) => (text === 'never' ? null : oneOf(text, RATED_SEVERITIES))
  return threshold<ByOwner>({
    fallback: null,
    laxer: isHigherForAny,
    file: ownersInFile([...RATED_SEVERITIES, 'never'], about, (one) => (one === 'never' ? null : one)),
    input: told === null ? null : { ...told, value: 'SEVERITY', read: (text) => ownersFrom(text, word) },
  })
}

export const SEVERITY_ROWS = {
  'fail-on': threshold<ByOwner<Severity>>({
    fallback: 'high',
    laxer: isHigherForAny,
    file: ownersInFile(
      RATED_SEVERITIES,
      'Lowest severity at which a vulnerability blocks the release if a fix for it can be installed',
      (word): Severity => word,
    ),
    input: {
      value: 'SEVERITY',
      help: 'lowest severity that blocks the release if a fix can be installed (default: high)',
      description:
        'Lowest severity that blocks if a fix can be installed: negligible, low, medium, high or critical; or one each for the layers of the base image and your own: base=critical,own=high. Default: the value in gate.yml, else high.',
      read: (text) =>
        ownersFrom(text, (word) =>
          word === 'never'
            ? refuse('"never" is not allowed, because a gate that never fails decides nothing')
            : oneOf(word, RATED_SEVERITIES),
        ),
    },
  }),
  /** `null`: an unfixed finding never blocks. */
  'fail-on-unfixed': severityOrNever(
    'Lowest severity at which a vulnerability blocks the release if it has no fix; "never" turns this rule off',
    {
      help: 'lowest severity that blocks the release if there is no fix (default: never)',
      description:
        'Lowest severity that blocks if there is no fix, or "never". Default: the value in gate.yml, else never.',
    },
  ),
  /** `null`: a finding that Debian defers never blocks. */
  'fail-on-deferred': severityOrNever(
    'Lowest severity at which a vulnerability blocks the release if Debian has deferred its fix (no-dsa, postponed, ignored); "never" turns this rule off',
    null,
  ),
} as const
