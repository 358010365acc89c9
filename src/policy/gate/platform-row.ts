import * as z from 'zod'
import { PLATFORM, type PlatformChoice } from '../../model/platforms.js'
import { inFile, isRefusal, listFrom, refuse, threshold } from './threshold.js'

const NO_PLATFORM = 'is not a platform such as linux/arm64'
const MOST = 20

/**
 * Which platforms are judged: null for the engine's, the default; a list; all. A pull request may add platforms to
 * those of the base, but may not leave any out. If the base names none, the workflow does, as it names the images:
 * the check's name then shows what is judged.
 */
export const PLATFORM_ROW = {
  platform: threshold<PlatformChoice>({
    fallback: null,
    laxer: (asked, holds) => {
      if (holds === null || asked === 'all') {
        return false
      }
      // By text: in an index, linux/arm64 may differ from linux/arm64/v8.
      return asked === null || holds === 'all' || holds.some((one) => !asked.includes(one))
    },
    file: inFile(
      z.union(
        [
          z.literal('all'),
          z
            .array(z.string().regex(PLATFORM, NO_PLATFORM))
            .min(1, "must contain at least one platform; omit the key to use the engine's platform")
            .max(MOST, `has more than ${MOST} platforms; use "all" instead`),
        ],
        { error: 'is neither "all" nor a list of platforms, such as [linux/amd64, linux/arm64]' },
      ),
      'Platforms to judge if an image has several: "all", or a list such as [linux/amd64, linux/arm64]; default: the engine\'s platform',
      (said): PlatformChoice => (said === 'all' ? said : [...new Set(said)]),
    ),
    collects: true,
    input: {
      value: 'LIST',
      help: 'platforms to judge: "all", or a list such as linux/amd64,linux/arm64 (default: the engine\'s platform)',
      description:
        'Platforms to judge if an image has several: "all", or a list such as linux/amd64,linux/arm64. The worst verdict decides. Default: the value in gate.yml, else the engine\'s platform.',
      read: (text) => {
        if (text.trim() === 'all') {
          return 'all'
        }
        const names = listFrom(text, (name) => PLATFORM.test(name), NO_PLATFORM)
        if (names === undefined || isRefusal(names)) {
          return names
        }
        return names.length > MOST
          ? refuse(`has more than ${MOST} platforms; use "all" instead`)
          : [...new Set(names)]
      },
    },
  }),
} as const
