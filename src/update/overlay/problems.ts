import { SeaworthyError } from '../../model/problem.js'

export function noSuchDeb(where: string, what: string): SeaworthyError {
  return new SeaworthyError({
    code: 'update-no-package',
    what: `a package cannot be laid over the image: ${what}`,
    where,
  })
}
