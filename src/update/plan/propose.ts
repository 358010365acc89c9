import { aptName, SECURITY_ARCHIVE } from '../../debian/apt/command.js'
import type { DockerfileDocument } from '../../dockerfile/choose.js'
import type { DockerfileChange } from '../../model/dockerfile-change.js'
import type { ImageVerdict } from '../../model/verdict.js'
import { withUpdates } from './dockerfile-change.js'
import { planOf } from './plan.js'

/** The change of the image's own Dockerfile that brings its packages up; `null` where there is none to propose. */
export function proposeChange(
  image: ImageVerdict,
  documents: readonly DockerfileDocument[],
  today: string,
): DockerfileChange | null {
  const { file, from } = image.dockerfile
  const text = documents.find((one) => one.file === file)?.text ?? null
  const { packages, addSecurity } = planOf([image])
  if (file === null || from === null || text === null || packages.length === 0) return null
  const names = packages.map((one) => aptName(one, image.architecture))
  const options = {
    after: from.endLine,
    baseUser: from.user,
    addSecurity,
    securityMirror: SECURITY_ARCHIVE,
    today,
  }
  try {
    return { file, before: text, after: withUpdates(text, names, options) }
  } catch {
    // A user of the base that is no plain name: whoever updates by the Dockerfile is told.
    return null
  }
}
