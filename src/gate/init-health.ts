import { parseDockerfile } from '../dockerfile/parse.js'
import { healthPathIn } from '../model/index.js'

/** A file of the project, with its text. */
export interface ProjectText {
  readonly file: string
  readonly text: string
}

/**
 * What a HEALTHCHECK could ask; `null` if the Dockerfile has one.
 * @param files that may ask the service whether it works, as a test or a compose file does
 */
export function healthText(dockerfile: ProjectText, files: readonly ProjectText[]): string | null {
  const instructions = parseDockerfile(dockerfile.text).flatMap((stage) => stage.instructions)
  if (instructions.some(({ keyword }) => keyword === 'HEALTHCHECK')) {
    return null
  }
  const exposed = instructions.filter(({ keyword }) => keyword === 'EXPOSE')
  const ports = exposed.flatMap(({ text }) => text.match(/\b\d{1,5}\b/g) ?? []).map(Number)
  const paths = files.map(({ file, text }) => ({ file, path: healthPathIn(text, ports) }))
  const found = paths.find(({ path }) => path !== null)
  const advice =
    found === undefined
      ? 'asks a path that answers 200'
      : `asks ${found.path}, as ${found.file} does, if it answers 200`
  return `none in ${dockerfile.file}; add a HEALTHCHECK that ${advice} only when the service works`
}
