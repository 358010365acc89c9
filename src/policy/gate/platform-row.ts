import * as z from 'zod'
import { PLATFORM, type PlatformChoice } from '../../model/platforms.js'
import { inFile, isRefusal, listFrom, refuse, threshold } from './threshold.js'

const NO_PLATFORM = 'is not like linux/arm64'
const MOST = 20

/**
 * Which platforms are judged: null, the engine's, where nobody says so; a list; all. A pull request may add platforms to
 * those of the base and leave none out. Where the base names none, the workflow does, as it names the images: what is
 * judged is then in the name of the check.
 */
export const PLATFORM_ROW = {
  platform: threshold<PlatformChoice>({
    fallback: null,
    laxer: (asked, holds) => {
      if (holds === null || asked === 'all') {
        return false
      }
      // By their words: linux/arm64 may be another one of an index than linux/arm64/v8.
      return asked === null || holds === 'all' || holds.some((one) => !asked.includes(one))
    },
    file: inFile(
      z.union(
        [
          z.literal('all'),
          z
            .array(z.string().regex(PLATFORM, NO_PLATFORM))
            .min(1, 'names no platform; leave it out for the engine’s')
            .max(MOST, `names more than ${MOST} platforms; write all`),
        ],
        { error: 'is neither all nor a list of platforms such as [linux/amd64, linux/arm64]' },
      ),
      'Which platforms of an image are judged: all, or a list such as [linux/amd64, linux/arm64]; the engine’s if not given',
      (said): PlatformChoice => (said === 'all' ? said : [...new Set(said)]),
    ),
    input: {
      value: 'LIST',
      replay: false,
      help: "all, or platforms by comma, such as linux/amd64,linux/arm64: which are judged (default: the engine's)",
      description:
        "Platforms to judge where an image has several, all or a list by comma or line such as linux/amd64,linux/arm64. Each gets a part of its own in the reports, and the worst counts. Empty means as the gate file says, else the engine's own.",
      read: (text) => {
        if (text.trim() === 'all') {
          return 'all'
        }
        const names = listFrom(text, (name) => PLATFORM.test(name), NO_PLATFORM)
        if (names === undefined || isRefusal(names)) {
          return names
        }
        return names.length > MOST
          ? refuse(`names more than ${MOST} platforms; write all`)
          : [...new Set(names)]
      },
    },
  }),
} as const
