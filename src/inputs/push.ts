import { isArchive } from '../io/archive/image-name.js'
import { type Given, input, readerOf, word } from './row.js'

const PUSHES = ['none', 'judged', 'patched'] as const

export const PUSH_INPUTS = {
  push: input(word(PUSHES), {
    default: 'none',
    help: 'none, judged (scan) or patched (update): what is pushed to its registry, if it passes',
    description:
      'What is pushed to its registry, if it passes: none, judged (just the image that was judged) or patched (the patched image of an update). What was pushed is read back and has to be the judged image. The logins of the docker command are used.',
  }),
  'push-verify': input(word(['present', 'full']), {
    default: 'present',
    help: 'present or full: what is read back after a push, full with the content of each layer',
    description:
      'How what was pushed is read back. present: the manifest, the config and that each layer is there. full: the content of each layer too.',
  }),
}

/** What goes to a registry. */
export interface PushRequest {
  readonly push: (typeof PUSHES)[number]
  /** Whether the content of each layer is read back too. */
  readonly full: boolean
}

/** Reads the inputs; errors go to `faults`. */
export function readPushRequest(images: readonly string[], given: Given, faults: string[]): PushRequest {
  const read = readerOf(PUSH_INPUTS, given, faults)
  const push = read('push')
  const archive = images.find((image) => isArchive(image))
  if (push === 'judged' && archive !== undefined) {
    faults.push(`push: ${JSON.stringify(archive)} is an archive; docker load it first: the engine pushes`)
  }
  return { push, full: read('push-verify') === 'full' }
}
