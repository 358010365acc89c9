/** The function, whose result for a value is kept as long as the value exists. */
export function cached<In extends WeakKey, Out>(of: (value: In) => Out): (value: In) => Out {
  const results = new WeakMap<In, { readonly result: Out }>()
  return (value) => {
    const { result } = results.get(value) ?? { result: of(value) }
    results.set(value, { result })
    return result
  }
}
