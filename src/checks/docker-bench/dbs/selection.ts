import { plural } from '../../../model/index.js'
import { type BenchListing, type BenchMeta, type BenchSubject, benchError, shortId } from './meta.js'

export const HIDDEN =
  'a label of the image contains docker.bench.security, so Docker Bench mistakes the image for its own and skips it'

/** Throws unless Docker Bench saw exactly our images and containers, before its run and after it. */
export function proveSelection({ subjects, before, after }: Omit<BenchMeta, 'subject'>): void {
  for (const subject of subjects) {
    if (subject.imageHides) {
      throw benchError('bench-hidden', HIDDEN)
    }
    for (const [when, listing] of [
      ['before', before],
      ['after', after],
    ] as const) {
      proveImage(subject, listing, when)
      if (subject.container) {
        proveContainer(subject.container, listing, when)
      }
    }
  }
}

function proveImage(subject: BenchSubject, { images, imageIds }: BenchListing, when: string): void {
  const short = shortId(subject.imageId)
  const ids = imageIds.filter((id) => shortId(id) === short)
  const rows = rowsOf(images).filter((row) => new RegExp(` ${short}$`).test(row))
  // The third column, as Docker Bench reads it: some versions of the docker command do not print an id there.
  const selected = rows.map((row) => row.trim().split(/\s+/)[2])
  if (selected.length === 0 || selected.some((id) => id !== short)) {
    throw unproven(
      `the image list (taken ${when} the run) does not show ${short} in the column where Docker Bench reads the id`,
    )
  }
  if (ids.length !== 1 || ids[0] !== subject.imageId) {
    throw unproven(
      `the image list (taken ${when} the run) contains ${plural(ids.length, 'image')} whose id begins with ${short}`,
    )
  }
}

function proveContainer(
  { id, name }: { readonly id: string; readonly name: string },
  { containers, running }: BenchListing,
  when: string,
): void {
  if (!running.some((one) => one.id === id && one.name === name)) {
    throw unproven(`the container was not running ${when} the run`)
  }
  const names = rowsOf(containers).map((row) => row.trim().split(/\s+/).at(-1))
  if (names.filter((one) => one === name).length !== 1) {
    throw unproven(`the container list (taken ${when} the run) does not show the container exactly once`)
  }
  // Docker Bench finds its own container by a label, and leaves out every container whose name matches that one's; if
  // it does not find itself, every name with "nil". Which of the two happens is not known here.
  const own = running.filter(({ hides }) => hides).map((one) => one.name)
  const patterns = [...own, 'nil']
  const hiding = patterns.find((pattern) => new RegExp(pattern).test(name))
  if (hiding !== undefined) {
    const why = `it skips containers whose name contains ${JSON.stringify(hiding)}`
    throw benchError('bench-hidden', `Docker Bench did not examine the container: ${why}`)
  }
}

function rowsOf(listing: string): string[] {
  return listing
    .split('\n')
    .slice(1)
    .filter((row) => row.trim() !== '')
}

function unproven(why: string): Error {
  return benchError('bench-not-proven', `there is no proof of what Docker Bench examined: ${why}`)
}
