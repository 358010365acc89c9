/** Who has to act on a finding: the layers of the base image brought it, or those that the Dockerfile adds. */
export const LAYER_OWNERS = ['base', 'own'] as const
export type LayerOwner = (typeof LAYER_OWNERS)[number]
