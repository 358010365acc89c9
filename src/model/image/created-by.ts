/** What created a line of an image's history. */
export interface CreatedBy {
  /** Dockerfile keyword in capitals; empty for a line that no instruction made (`docker import`). */
  readonly keyword: string
  /** What follows the keyword. For a RUN it includes the build arguments and the shell, as the builder wrote it. */
  readonly text: string
}

const KEYWORDS =
  'ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR'
/** BuildKit, and builders without an engine, write the instruction itself. */
const BUILDKIT = new RegExp(`^(${KEYWORDS})(?:\\s+(.*))?$`, 's')
/** The classic builder writes a no-op command, starting with the current shell. */
const CLASSIC = new RegExp(`^(?:/\\S+(?: -\\S+)*) #\\(nop\\) +(${KEYWORDS})(?:\\s+(.*))?$`, 's')

/** The shell of a RUN if no SHELL sets another. */
export const DEFAULT_SHELL = '/bin/sh -c'

/**
 * Reads `created_by` of an image's history (OCI image-spec, config.md), from any builder.
 * @param shell the current shell, its words joined by blanks
 */
export function readCreatedBy(createdBy: string, shell: string): CreatedBy {
  const shellPrefix = `${shell} #(nop) `
  const rest = createdBy.startsWith(shellPrefix) ? createdBy.slice(shellPrefix.length).trimStart() : createdBy
  const classicCommand = classicShell(createdBy)
  if (classicCommand !== null) {
    return { keyword: 'SHELL', text: classicCommand }
  }
  const [, keyword, text = ''] = CLASSIC.exec(createdBy) ?? BUILDKIT.exec(rest) ?? []
  if (keyword !== undefined) {
    return { keyword, text: text.replace(/\s# buildkit$/, '').trim() }
  }
  return createdBy.trim() === '' ? { keyword: '', text: '' } : { keyword: 'RUN', text: createdBy }
}

/** The classic builder's SHELL line starts with the shell that it sets: `X #(nop) SHELL [X]`, with some blanks. */
function classicShell(createdBy: string): string | null {
  for (let blanks = 1; blanks <= 8; blanks++) {
    const between = ` #(nop)${' '.repeat(blanks)}SHELL [`
    const length = (createdBy.length - between.length - 1) / 2
    const shell = Number.isInteger(length) && length > 0 ? createdBy.slice(0, length) : ''
    if (/^\S/.test(shell) && createdBy === `${shell}${between}${shell}]`) {
      return `[${shell}]`
    }
  }
  return null
}

/** The shell that a SHELL instruction in the history names. */
export function shellOf(text: string): string {
  return text.replace(/^\[(.*)\]$/s, '$1').replaceAll(/["',]/g, '')
}
