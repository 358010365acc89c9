/** What GitHub makes of expressions in a workflow, as far as ours need it (docs: "Evaluate expressions in workflows"). */

/** Contexts by name: `github`, `inputs`, `steps` … What they lack is null, at any depth. */
export type Contexts = Readonly<Record<string, unknown>>

const FUNCTIONS = {
  always: () => true,
  contains: (list: readonly unknown[], one: unknown) => list.includes(one),
  fromJSON: JSON.parse,
}

/** The value of one expression, as in `if`. Operators and calls are JavaScript's; `==` compares loosely there too. */
export function evaluate(expression: string, contexts: Contexts): unknown {
  const known = { ...FUNCTIONS, ...contexts }
  const program = expression.replace(/(?<=[\w)])\.([A-Za-z_][\w-]*)/g, '?.["$1"]')
  return new Function(...Object.keys(known), `return (${program})`)(...Object.values(known))
}

/** A text with its expressions replaced by what they say. */
export function filled(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{ *(.+?) *\}\}/g, (_, expression: string) =>
    String(evaluate(expression, contexts) ?? ''),
  )
}
