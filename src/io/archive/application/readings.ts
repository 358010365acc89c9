import type { ApplicationStatement } from '../../../model/application.js'
import type { Form } from './forms.js'
import * as texts from './texts.js'

const KiB = 1024
const MiB = 1024 * KiB
/** Bytes of which the beginning is enough: core metadata continues with the project's README. */
const METADATA_HEAD = 64 * KiB

type Says = (text: string, path: string) => readonly ApplicationStatement[]

/** How a file with a telling name is read. */
export interface Reading {
  /** A larger file is not read. */
  readonly most: number
  /** Bytes of its beginning that are kept; 0: its name is enough. */
  readonly kept: number
  readonly says: Says
}

const named = (says: (path: string) => readonly ApplicationStatement[]): Reading => {
  return { most: Number.POSITIVE_INFINITY, kept: 0, says: (_, path) => says(path) }
}
const whole = (most: number, says: Says): Reading => ({ most, kept: most, says })

/** Limits are ten times what occurs: npm's largest package.json has 100 KiB, Drupal's installed.json 700 KiB. */
export const READINGS: Readonly<Record<Exclude<Form, 'archive'>, Reading>> = {
  python: { most: 64 * MiB, kept: METADATA_HEAD, says: texts.readMetadata },
  npm: whole(MiB, texts.readPackageJson),
  gem: whole(MiB, texts.readGemspec),
  composer: whole(8 * MiB, texts.readComposer),
  node: whole(256 * KiB, texts.readNodeVersion),
  patchlevel: whole(256 * KiB, texts.readPatchlevel),
  libpython: named(texts.readLibpython),
  rbconfig: whole(256 * KiB, texts.readRbconfig),
  php: whole(256 * KiB, texts.readPhpVersion),
  release: { most: Number.POSITIVE_INFINITY, kept: 16 * KiB, says: texts.readJdkRelease },
  dotnet: named(texts.readDotnetName),
  conda: named(texts.readCondaName),
  phar: named(texts.readPharName),
  'package-file': named(texts.readPackageFileName),
}
