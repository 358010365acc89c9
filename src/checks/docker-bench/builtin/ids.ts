/** Ids in the order of their numbers: 4.2 before 4.10. */
export function compareIds(one: string, other: string): number {
  const [a, b] = [one, other].map((id) => id.split('.').map(Number))
  return (a?.[0] ?? 0) - (b?.[0] ?? 0) || (a?.[1] ?? 0) - (b?.[1] ?? 0)
}
