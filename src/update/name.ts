import { SeaworthyError } from '../model/index.js'

/**
 * The patched image's name: that of the image with the suffix appended to its tag. `app:1.4.0` → `app:1.4.0-patched`.
 * An image that is named by digest or without a tag gets `latest`. Throws `bad-input` if that is not a valid name.
 */
export function patchedName(reference: string, suffix: string): string {
  const [bare = ''] = reference.split('@')
  const colon = bare.indexOf(':', bare.lastIndexOf('/') + 1)
  const repository = colon < 0 ? bare : bare.slice(0, colon)
  const tag = `${colon < 0 ? 'latest' : bare.slice(colon + 1)}${suffix}`
  // Grammar of tags: github.com/distribution/reference. An image named by id alone has no repository.
  const isId = /^sha256$|^[0-9a-f]{12,64}$/.test(repository)
  if (suffix === '' || isId || repository === '' || !/^[\w][\w.-]{0,127}$/.test(tag)) {
    const noName = `an image specified only by its id (${reference}) has no name to add a suffix to`
    const what = isId ? noName : `${JSON.stringify(tag)} is not a valid image tag`
    const todo = 'specify the image by repository and tag, and set a suffix such as -patched'
    throw new SeaworthyError({ code: 'bad-input', what, where: 'tag-suffix', todo })
  }
  return `${repository}:${tag}`
}
