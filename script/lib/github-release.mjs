// Publishes files as a release of GitHub that nothing changes afterwards: a draft, its assets, then published (immutable
// releases take no asset later). What is published already is left as it is.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

/** Each attestation is different; everything else has the same bytes for the same commit. */
const DIFFERS = /\.sigstore\.json$/

/** GitHub's REST API for one repository. */
export function githubApi({ url, repository, token }) {
  const ask = async (method, path, body) => {
    const isBytes = body instanceof Uint8Array
    const address = path.startsWith('http') ? path : `${url}/repos/${repository}${path}`
    const answer = await fetch(address, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'x-github-api-version': '2022-11-28',
        ...(body === undefined
          ? {}
          : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isBytes ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(300_000),
    })
    const text = await answer.text()
    const value = text === '' ? null : JSON.parse(text)
    if (answer.status === 404 && method === 'GET') {
      return null
    }
    if (!answer.ok) {
      throw new Error(`${method} ${new URL(address).pathname}: ${answer.status} ${value?.message ?? ''}`)
    }
    return value
  }
  return { ask }
}

/** The published release of a tag, or `null`. Drafts have no tag yet. */
export const publishedRelease = ({ ask }, tag) => ask('GET', `/releases/tags/${encodeURIComponent(tag)}`)

/** All releases visible to the token, newest first, including drafts. */
export async function allReleases({ ask }) {
  const all = []
  for (let page = 1; ; page++) {
    const some = await ask('GET', `/releases?per_page=100&page=${page}`)
    all.push(...(some ?? []))
    if ((some ?? []).length < 100) {
      return all
    }
  }
}

/**
 * @param commit what the tag must still point to when it is published; `null`: the tag is created with the release,
 * at the branch or commit `target`
 * @returns `published`, or `there` if it was published before: then nothing is changed
 * @throws Error if it was published with other files, or GitHub's copy differs from what was sent
 */
export async function publishRelease(api, { tag, commit, target, title, notes, isLatest, files }) {
  const wanted = files.map((path) => fileOf(path))
  const before = await publishedRelease(api, tag)
  if (before !== null) {
    requireSame(before, wanted)
    return 'there'
  }
  for (const { id, draft, tag_name } of await allReleases(api)) {
    // Left by a run that did not finish.
    if (draft && tag_name === tag) {
      await api.ask('DELETE', `/releases/${id}`)
    }
  }
  const draft = await api.ask('POST', '/releases', {
    tag_name: tag,
    ...(target === undefined ? {} : { target_commitish: target }),
    name: title,
    body: notes,
    draft: true,
    prerelease: !isLatest,
  })
  const upload = draft.upload_url.replace(/\{.*$/, '')
  for (const { name, bytes, digest } of wanted) {
    const asset = await api.ask('POST', `${upload}?name=${encodeURIComponent(name)}`, bytes)
    if (asset.state !== 'uploaded' || asset.size !== bytes.length || (asset.digest ?? digest) !== digest) {
      throw new Error(`${name}: GitHub has not what was sent; the draft stays a draft`)
    }
  }
  if (commit !== null) {
    await requireTag(api, tag, commit)
  }
  const released = await api.ask('PATCH', `/releases/${draft.id}`, {
    draft: false,
    make_latest: isLatest ? 'true' : 'false',
  })
  if (released.immutable === false) {
    console.error(
      `${tag} is published and can be changed: switch on immutable releases (Settings, General, Releases) before the next one.`,
    )
  }
  return 'published'
}

/** Anyone who may push tags may move one until its release is published. */
async function requireTag({ ask }, tag, commit) {
  const found = await ask('GET', `/commits/${encodeURIComponent(tag)}`)
  if (found?.sha !== commit) {
    throw new Error(
      `${tag} points at ${found?.sha ?? 'nothing'} by now, not at ${commit}: nothing is published`,
    )
  }
}

function requireSame({ tag_name, assets }, wanted) {
  const published = new Map(assets.map(({ name, digest, size }) => [name, { digest, size }]))
  const others = wanted.filter(({ name, bytes, digest }) => {
    const asset = published.get(name)
    const isSame = asset !== undefined && asset.size === bytes.length && (asset.digest ?? digest) === digest
    return !isSame && !(asset !== undefined && DIFFERS.test(name))
  })
  if (others.length > 0) {
    const names = others.map(({ name }) => name).join(', ')
    throw new Error(
      `${tag_name} is released already, with other files: ${names}. Nothing is changed; take the next version`,
    )
  }
}

function fileOf(path) {
  const bytes = readFileSync(path)
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  return { name: basename(path), bytes, digest }
}

/**
 * Moves the tag of the major version (`v1`) to a release, if no newer one of it is published.
 * @returns what was done, in words
 */
export async function moveMajor(api, tag, commit) {
  const [, major, isPre] = /^v([1-9]\d*)\.\d+\.\d+(-.*)?$/.exec(tag) ?? []
  if (major === undefined || isPre !== undefined) {
    return `${tag} moves no tag: there is none before 1.0.0, and none for a pre-release`
  }
  if ((await publishedRelease(api, tag)) === null) {
    throw new Error(`${tag} is not released`)
  }
  await requireTag(api, tag, commit)
  const newest = (await allReleases(api))
    .filter(({ draft, prerelease }) => !draft && !prerelease)
    .map(({ tag_name }) => tag_name)
    .filter((name) => /^v\d+\.\d+\.\d+$/.test(name) && name.startsWith(`v${major}.`))
    .sort(byVersion)
    .at(-1)
  if (newest !== tag) {
    return `v${major} stays: ${newest} is newer than ${tag}`
  }
  const ref = await api.ask('GET', `/git/ref/${encodeURIComponent(`tags/v${major}`)}`)
  if (ref?.object.sha === commit) {
    return `v${major} is at ${tag} already`
  }
  if (ref === null) {
    await api.ask('POST', '/git/refs', { ref: `refs/tags/v${major}`, sha: commit })
  } else {
    await api.ask('PATCH', `/git/refs/${encodeURIComponent(`tags/v${major}`)}`, { sha: commit, force: true })
  }
  return `v${major} is at ${tag} now`
}

function byVersion(a, b) {
  const [x, y] = [a, b].map((name) => name.slice(1).split('.').map(Number))
  return x[0] - y[0] || x[1] - y[1] || x[2] - y[2]
}
