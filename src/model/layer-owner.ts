/** Who has to act on a finding: its layers came with the base image, or the Dockerfile added them. */
export const LAYER_OWNERS = ['base', 'own'] as const
export type LayerOwner = (typeof LAYER_OWNERS)[number]
