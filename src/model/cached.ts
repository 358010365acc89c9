/** The function, whose result for a value is kept as long as the value exists. */
export function cached<In extends WeakKey, Out>(of: (value: In) => Out): (value: In) => Out {
  const known = new WeakMap<In, { readonly result: Out }>()
  return (value) => {
    const { result } = known.get(value) ?? { result: of(value) }
    known.set(value, { result })
    return result
  }
}
