import { INPUTS } from '../../src/inputs/table.js'

export type Values = Readonly<Record<string, string>>

/** The inputs as the entries give them: the default where nothing else was said. */
export const inputs = (values: Values = {}) => {
  const known = new Map(INPUTS.map((input) => [input.name, input.default]))
  for (const name of Object.keys(values)) {
    if (!known.has(name)) {
      throw new Error(`no input ${name}`)
    }
  }
  return (name: string) => values[name] ?? known.get(name) ?? ''
}
