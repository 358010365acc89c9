/** Who has to act on a finding: the layers of it came with the base image, or those that the Dockerfile adds. */
export const LAYER_OWNERS = ['base', 'own'] as const
export type LayerOwner = (typeof LAYER_OWNERS)[number]
