import { createHash } from 'node:crypto'
import { type Answered, type Context, NOT_FOUND, refusal } from './answer.js'
import { minimal } from './minimal.js'

export interface StoredAsset {
  readonly id: number
  readonly name: string
  readonly bytes: Buffer
}

export interface StoredRelease {
  readonly id: number
  readonly tag: string
  readonly title: string
  readonly body: string
  draft: boolean
  readonly prerelease: boolean
  readonly assets: StoredAsset[]
}

interface Stored {
  readonly releases: StoredRelease[]
  readonly tagged: Map<string, string>
  readonly url: string
}

/** Releases of a repository where they are immutable: what is published takes no asset, and is not changed. */
export function releaseHandlers(
  stub: Stored,
  nextId: () => number,
): Record<string, (context: Context) => Answered> {
  const bodyOf = ({ id, tag, title, body, draft, prerelease, assets }: StoredRelease) =>
    minimal('release', {
      id,
      tag_name: tag,
      name: title,
      body,
      draft,
      prerelease,
      immutable: !draft,
      upload_url: `${stub.url}/repos/acme/seaworthy/releases/${id}/assets{?name,label}`,
      assets: assets.map(assetBody),
    })
  const of = ({ params }: Context) => stub.releases.find(({ id }) => id === Number(params.release_id))
  const immutable = refusal(422, 'Cannot change an immutable release')
  return {
    'repos/list-releases': ({ query }) => {
      const [size, page] = [Number(query.per_page ?? 30), Number(query.page ?? 1)]
      const all = [...stub.releases].reverse()
      return { status: 200, body: all.slice((page - 1) * size, page * size).map(bodyOf) }
    },
    'repos/get-release-by-tag': ({ params }) => {
      const found = stub.releases.find(({ tag, draft }) => !draft && tag === params.tag)
      return found === undefined ? NOT_FOUND : { status: 200, body: bodyOf(found) }
    },
    'repos/get-latest-release': () => {
      const found = [...stub.releases].reverse().find(({ draft, prerelease }) => !draft && !prerelease)
      return found === undefined ? NOT_FOUND : { status: 200, body: bodyOf(found) }
    },
    'repos/create-release': ({ body }) => {
      const release: StoredRelease = {
        id: nextId(),
        tag: String(body.tag_name),
        title: String(body.name),
        body: String(body.body),
        draft: body.draft === true,
        prerelease: body.prerelease === true,
        assets: [],
      }
      stub.releases.push(release)
      return { status: 201, body: bodyOf(release) }
    },
    'repos/upload-release-asset': (context) => {
      const release = of(context)
      if (release === undefined) {
        return NOT_FOUND
      }
      if (!release.draft) {
        return refusal(422, 'Cannot upload assets to an immutable release')
      }
      const asset = { id: nextId(), name: context.query.name ?? '', bytes: context.bytes }
      release.assets.push(asset)
      return { status: 201, body: assetBody(asset) }
    },
    'repos/update-release': (context) => {
      const release = of(context)
      if (release === undefined || !release.draft) {
        return release === undefined ? NOT_FOUND : immutable
      }
      release.draft = context.body.draft !== false
      return { status: 200, body: bodyOf(release) }
    },
    'repos/delete-release': (context) => {
      const release = of(context)
      if (release === undefined || !release.draft) {
        return release === undefined ? NOT_FOUND : immutable
      }
      stub.releases.splice(stub.releases.indexOf(release), 1)
      return { status: 204 }
    },
    'repos/get-commit': ({ params }) => {
      const sha = stub.tagged.get(decodeURIComponent(params.ref ?? ''))
      return sha === undefined ? NOT_FOUND : { status: 200, body: minimal('commit', { sha }) }
    },
  }
}

function assetBody({ id, name, bytes }: StoredAsset) {
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  return minimal('release-asset', { id, name, state: 'uploaded', size: bytes.length, digest })
}
