import type { DockerfileMatch } from '../../dockerfile/match.js'
import type { Instruction } from '../../dockerfile/parse.js'
import { type Image, type Line, linesOfLayers } from '../../model/index.js'

/** Lines of the image's Dockerfile, by layer or history line of a finding. */
export interface DockerfileLines {
  /** The FROM instruction of the base image. */
  base(why: string, certain?: boolean): Line
  lineOfLayer(index: number): Line
  /** The instruction that made the layer with this diff_id; `null` if the image has none. */
  lineOfDiffId(diffId: string): Line | null
  /** The instruction for a history line, oldest first, from 0. */
  lineOfHistory(line: number): Line
  /** The last instruction with this keyword; if `argument` is set, the last that contains it. */
  last(keyword: string, why: string, argument?: string, certain?: boolean): Line | null
  /** Where a missing instruction belongs: before CMD or ENTRYPOINT, else at the end. */
  missing(keyword: string): Line
}

export function dockerfileLinesOf(file: string, match: DockerfileMatch, image: Image): DockerfileLines {
  const { chain, from, owners, baseLines } = match
  const instructionOfLayer = linesOfLayers(image)

  const lineAt = (instruction: Instruction, why: string, certain = true): Line => ({
    file,
    line: instruction.line,
    endLine: instruction.endLine,
    certain: certain && match.proven,
    why: match.proven ? why : `${why}; nothing proves that the image was built from this file`,
  })
  const base = (why: string, certain = true) => lineAt(from, why, certain)

  function historyLine(line: number): Line | null {
    const owner = owners[line]
    if (owner) {
      return lineAt(owner, `this ${owner.keyword} instruction introduced it`)
    }
    return line < baseLines ? base('it came with the base image') : null
  }

  function layerLine(index: number): Line {
    const line = instructionOfLayer?.[index]
    return line === undefined
      ? base('the layers could not be matched to instructions', false)
      : (historyLine(line) ?? base('the layers were squashed into one', false))
  }

  return {
    base,
    lineOfLayer: layerLine,
    lineOfHistory: (line) => historyLine(line) ?? base('no instruction in this file introduced it', false),
    lineOfDiffId(diffId) {
      const index = image.layers.findIndex((layer) => layer.diffId === diffId)
      return index === -1 ? null : layerLine(index)
    },
    last(keyword, why, argument, certain = true) {
      const found = chain.findLast(
        (one) => one.keyword === keyword && (argument === undefined || containsArgument(one.text, argument)),
      )
      return found ? lineAt(found, why, certain) : null
    },
    missing(keyword) {
      const lastOf = (name: string) => chain.findLast((one) => one.keyword === name)
      const start = lastOf('ENTRYPOINT') ?? lastOf('CMD')
      const why = `the ${keyword} instruction is missing: add it ${start ? 'before' : 'after'} this line`
      return lineAt(start ?? chain.at(-1) ?? from, why, false)
    },
  }
}

function containsArgument(text: string, argument: string): boolean {
  return text.split(/[^\w.-]+/).includes(argument)
}
