import { type ApplicationRecords, type LayerFacts, programRecords } from '../../../model/index.js'
import type { Limits, Usage } from '../formats/limits.js'
import type { LayerTree } from '../tree/layer-tree.js'
import { readApplications, type ScannedApplications } from './application/scan.js'
import { readCredentials, type ScannedCredentials } from './credentials/scan.js'
import { readPrograms, type ScannedPrograms } from './programs/scan.js'
import { readRecords, type ScannedRecords } from './records.js'
import { readSetuid } from './setuid.js'
import { readTexts } from './texts.js'

/** What a layer shows on its own. */
export interface ScannedLayer
  extends Pick<ScannedRecords, 'sampledPaths' | 'listTexts'>,
    Pick<ScannedApplications, 'symlinks' | 'extents'> {
  readonly tree: LayerTree
  /** Without owners of files; `removed` has only the layer's whiteouts. */
  readonly layerFacts: LayerFacts
  readonly programs: ScannedPrograms
  readonly credentials: ScannedCredentials
}

/** @param where for error messages */
export async function readLayer(
  tree: LayerTree,
  where: string,
  limits: Limits,
  usage: Usage,
): Promise<ScannedLayer> {
  const texts = readTexts(tree, limits, usage)
  const setuid = readSetuid(tree, limits)
  const { records, sampledPaths, listTexts } = await readRecords(tree, where, limits, usage)
  const applications = await readApplications(tree, limits, usage)
  const programs = readPrograms(tree, limits, usage)
  const credentials = await readCredentials(tree, limits, usage)
  const layerFacts: LayerFacts = {
    diffId: tree.diffId,
    size: tree.size,
    files: texts.files,
    unreadable: { ...texts.unreadable, ...setuid.unreadable },
    removed: tree.removed,
    opaque: tree.opaque,
    setuid: setuid.setuid,
    records,
    applications: {
      files: Object.fromEntries(applications.files),
      owned: {},
      diverted: null,
      cut: applications.cut,
      ...(applications.cutAt === null ? {} : { cutAt: applications.cutAt }),
      hasPrograms: true,
    },
    programs: programRecords(
      [...programs.files].map(([path, { form, isExecutable }]) => [
        path,
        { form, isExecutable, listings: [], record: null, sha256: null },
      ]),
      programs.cut,
    ),
  }
  const { symlinks, extents } = applications
  return { tree, layerFacts, sampledPaths, listTexts, symlinks, extents, programs, credentials }
}

/** The layer with changed records of its application packages; unchanged if it has no such records. */
export function withApplicationRecords<Layer extends Pick<ScannedLayer, 'layerFacts'>>(
  layer: Layer,
  changes: (applications: ApplicationRecords) => Partial<ApplicationRecords>,
): Layer {
  const { layerFacts } = layer
  const { applications } = layerFacts
  return applications === undefined
    ? layer
    : { ...layer, layerFacts: { ...layerFacts, applications: { ...applications, ...changes(applications) } } }
}
