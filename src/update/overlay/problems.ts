import { SeaworthyError } from '../../model/problem.js'

export function noSuchDeb(where: string, what: string): SeaworthyError {
  return new SeaworthyError({
    code: 'update-no-package',
    what: `a package cannot be laid over the image: ${what}`,
    where,
    todo: 'run the update again: the archive may have moved on; else build the image on a newer base',
  })
}
