/** Why a mutation survives, for docs/truth.md: it counts as a survivor all the same. */
export const SURVIVORS: Readonly<Record<string, string>> = {}
