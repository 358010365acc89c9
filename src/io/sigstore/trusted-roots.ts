import { TrustedRoot } from '@sigstore/protobuf-specs'
import { isRecord, jsonIn, messageOf, SeaworthyError } from '../../model/index.js'
import { PUBLIC_GOOD_ROOT } from './public-good.js'

/**
 * Whose certificates, logs and timestamps count: documents of the type application/vnd.dev.sigstore.trustedroot+json.
 * A file may contain several, one per line, as `gh attestation trusted-root` writes them (sigstore's own instance and
 * GitHub's for private repositories). A signature has to be valid under a single one of them.
 */
export type TrustedRoots = readonly TrustedRoot[]

/** Sigstore's public instance, as shipped with this version of Seaworthy. */
export function publicGoodRoots(): TrustedRoots {
  return [TrustedRoot.fromJSON(PUBLIC_GOOD_ROOT)]
}

/** @throws SeaworthyError trusted-root-unreadable */
export function readTrustedRoots(text: string, where: string): TrustedRoots {
  const documents = isRecord(jsonIn(text)) ? [text] : text.split('\n').filter((line) => line.trim() !== '')
  if (documents.length === 0) {
    throw unreadable('it is empty', where)
  }
  return documents.map((one) => rootOf(one, where))
}

function rootOf(text: string, where: string): TrustedRoot {
  const document = jsonIn(text)
  if (!isRecord(document)) {
    throw unreadable('it is neither JSON nor JSON lines (one document per line)', where)
  }
  let root: TrustedRoot
  try {
    root = TrustedRoot.fromJSON(document)
  } catch (error) {
    throw unreadable(messageOf(error), where)
  }
  if (root.certificateAuthorities.length === 0) {
    throw unreadable('it contains no certificate authority', where)
  }
  // Without either, nothing would show when a signature was made, and any old certificate would count.
  if (root.tlogs.length + root.timestampAuthorities.length === 0) {
    throw unreadable('it contains neither a transparency log nor a timestamp authority', where)
  }
  return root
}

function unreadable(why: string, where: string) {
  const what = `this is not a sigstore trusted root: ${why}`
  return new SeaworthyError({ code: 'trusted-root-unreadable', what, where })
}
