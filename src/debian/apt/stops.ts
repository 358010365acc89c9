import { SeaworthyError } from '../../model/problem.js'

/**
 * Where apt itself prints an error and does nothing, there is no answer to be had.
 * @param reason in apt's words, as far as it has any
 * @param todo what mends it, where more than "repair that file" is known
 * @param where a file of the image, with line where it is known
 */
export function aptStops(
  reason: string,
  where: string,
  todo = 'repair that file in the image',
): SeaworthyError {
  return new SeaworthyError({
    code: 'apt-stops',
    what: `apt in this image stops with an error: ${reason}`,
    where,
    todo: `${todo}; until then apt installs no update at all`,
  })
}
