import { isArchive } from '../io/archive/image-name.js'
import { type Given, input, readerOf, word } from './row.js'

const PUSHES = ['none', 'judged', 'patched'] as const

export const PUSH_INPUTS = {
  push: input(word(PUSHES), {
    default: 'none',
    help: 'image to push to its registry if it passes: none, judged (seaworthy scan) or patched (seaworthy update)',
    description:
      'Image to push to its registry if it passes, and to read back: none, judged or patched (by the update). The login is that of "docker login".',
  }),
  'push-verify': input(word(['present', 'full']), {
    default: 'present',
    help: 'how to check the image after a push: present (everything exists) or full (the content of each layer too)',
    description:
      'How to check the pushed image: present (each layer exists) or full (the content of each layer).',
  }),
}

export interface PushRequest {
  readonly push: (typeof PUSHES)[number]
  /** Whether the content of each layer is read back too. */
  readonly full: boolean
}

export function readPushRequest(images: readonly string[], given: Given, faults: string[]): PushRequest {
  const read = readerOf(PUSH_INPUTS, given, faults)
  const push = read('push')
  const archive = images.find((image) => isArchive(image))
  if (push === 'judged' && archive !== undefined) {
    faults.push(
      `push: ${JSON.stringify(archive)} is an archive; first load it with "docker load", because only an image in the engine can be pushed`,
    )
  }
  return { push, full: read('push-verify') === 'full' }
}
