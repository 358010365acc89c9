import { SeaworthyError } from '../../model/index.js'

/**
 * If apt itself prints an error and does nothing, there is no answer.
 * @param reason in apt's words, as far as possible
 * @param todo how to fix it, if more than "repair that file" is known
 * @param where a file of the image, with the line if it is known
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
    todo: `${todo}; until then, apt installs no updates`,
  })
}
