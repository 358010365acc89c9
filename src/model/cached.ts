/** The function with a cache: its result for an object is kept as long as the object exists. */
export function cached<In extends WeakKey, Out>(of: (value: In) => Out): (value: In) => Out {
  const results = new WeakMap<In, { readonly result: Out }>()
  return (value) => {
    const { result } = results.get(value) ?? { result: of(value) }
    results.set(value, { result })
    return result
  }
}
