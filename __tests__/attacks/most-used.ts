import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Coverage {
  readonly result: readonly {
    readonly url: string
    readonly functions: readonly {
      readonly functionName: string
      readonly ranges: readonly { readonly count: number }[]
    }[]
  }[]
}

/** How often the most used block of the bundle ran, as V8 has counted it (NODE_V8_COVERAGE), and in which function. */
export function mostUsed(folder: string): { readonly count: number; readonly name: string } {
  const counted = readdirSync(folder).flatMap((file) => {
    const { result } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Coverage
    const functions = result.filter(({ url }) => url.includes('/dist/')).flatMap((one) => one.functions)
    return functions.map(({ functionName: name, ranges }) => ({
      name,
      count: Math.max(...ranges.map(({ count }) => count)),
    }))
  })
  return counted.sort((a, b) => b.count - a.count)[0] ?? { name: '', count: 0 }
}
