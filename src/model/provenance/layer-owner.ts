/** The owners of layers, by which thresholds differ: the base image, or the Dockerfile that added them (`own`). */
export const LAYER_OWNERS = ['base', 'own'] as const
export type LayerOwner = (typeof LAYER_OWNERS)[number]

/**
 * Who has to act on a finding. `intermediate`: the image that FROM names added the layers to an official one; thresholds
 * count them as own.
 */
export const FINDING_OWNERS = ['base', 'intermediate', 'own'] as const
export type FindingOwner = (typeof FINDING_OWNERS)[number]
