// Text of dist/licenses.txt: the licence of each package that is in the bundle.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Packages that ship no licence file, checked by hand. Tied to a version, so that the next one is checked again.
 * `textOf` is the package whose file has the same terms.
 */
const LOOKED_AT = {
  '@nodable/entities@3.1.0': {
    textOf: 'node_modules/fast-xml-parser',
    note: [
      'This package and its repository hold no licence file. Its package.json says "license": "MIT" and names',
      'the author below; the terms are those of fast-xml-parser, by the same author, which needs it.',
    ],
  },
  '@sigstore/verify@4.1.3': {
    textOf: 'node_modules/@sigstore/bundle',
    note: [
      'This package holds no licence file. Its package.json says "license": "Apache-2.0", as do its neighbours of the same',
      'repository (sigstore-js), whose file this is:',
    ],
  },
  'xz-decompress@0.2.3': {
    textOf: 'node_modules/commander',
    note: [
      'This package holds no licence file. Its package.json says "license": "MIT", and the head of its code names',
      'xz-embedded (public domain) and walloc (MIT) as what it is built from. The terms of MIT are:',
    ],
  },
}

/** The directories of packages (relative, as in the metafile) from which bytes were bundled, sorted. */
export function bundledPackages(metafile) {
  const directories = new Set()
  for (const output of Object.values(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const found = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)
      if (found && bytesInOutput > 0) {
        directories.add(found[0])
      }
    }
  }
  return [...directories].sort()
}

/**
 * One text with name, version and licence of each package; packages with the very same text share it. Throws if one has
 * no licence file.
 */
export function licences(metafile, root) {
  const packages = new Map()
  for (const directory of bundledPackages(metafile)) {
    const about = JSON.parse(readFileSync(join(root, directory, 'package.json'), 'utf8'))
    // Two copies of one version count as one package.
    packages.set(`${about.name}@${about.version}`, { about, directory })
  }
  const titles = new Map()
  for (const [id, { about, directory }] of [...packages].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const terms = termsOf(id, about, directory, root)
    titles.set(terms, [...(titles.get(terms) ?? []), `${id} (${about.license ?? 'see below'})`])
  }
  const head = `What is bundled into the files next to this one, with its licences: ${packages.size} packages.\n`
  const sections = [...titles].map(([terms, ids]) => `${ids.join('\n')}\n\n${terms}`)
  return [head, ...sections].join(`\n${'-'.repeat(80)}\n\n`)
}

function termsOf(id, about, directory, root) {
  const own = licenceFiles(join(root, directory))
  const looked = LOOKED_AT[id]
  if (own.length === 0 && looked === undefined) {
    throw new Error(
      `${id} is bundled and has no licence file in ${directory}: look at it, then add it to LOOKED_AT in script/licences.mjs`,
    )
  }
  if (own.length > 0) {
    return own.join('\n')
  }
  const author = typeof about.author === 'string' ? about.author : (about.author?.name ?? 'unknown')
  // Without the copyright line of the package that provides its text.
  const terms = licenceFiles(join(root, looked.textOf)).map((text) => text.replace(/^Copyright.*\n\n?/m, ''))
  return [...looked.note, `Author: ${author}\n`, ...terms].join('\n')
}

/** Texts of licence and notice files, by name, with LF and one newline at the end. */
function licenceFiles(directory) {
  return readdirSync(directory)
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
    .sort()
    .map((name) => `${readFileSync(join(directory, name), 'utf8').replaceAll('\r\n', '\n').trim()}\n`)
}
