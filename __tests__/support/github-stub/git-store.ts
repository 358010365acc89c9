import { createHash } from 'node:crypto'

/** A repository in memory: names of objects are those that git itself would give them (gitformat-pack(5)). */
export interface StoredFile {
  readonly mode: string
  readonly content: string
}
export type Files = ReadonlyMap<string, StoredFile>

export interface StoredCommit {
  readonly tree: string
  readonly parents: readonly string[]
  readonly message: string
}

export interface StoredEntry {
  readonly path: string
  readonly mode: string
  readonly type: 'blob' | 'tree'
  readonly sha: string
}

export interface StoredPull {
  readonly number: number
  title: string
  body: string
  state: 'open' | 'closed'
  mergedAt: string | null
  readonly head: string
  /** Repository of the branch. */
  readonly from: string
  readonly base: string
  /** The last commit of its branch, once it is closed. */
  headSha: string
}

export class GitStore {
  readonly branches = new Map<string, string>()
  /** Names of those that a rule protects. */
  readonly protectedBranches = new Set<string>()
  readonly commits = new Map<string, StoredCommit>()
  readonly trees = new Map<string, { readonly files: Files; readonly entries: readonly StoredEntry[] }>()
  readonly pulls: StoredPull[] = []

  /** A commit on top of the branch, with these files changed; `null` takes one away. */
  commit(branch: string, changes: Readonly<Record<string, string | StoredFile | null>>, message: string) {
    const parent = this.branches.get(branch)
    const files = new Map(parent === undefined ? [] : this.filesOf(parent))
    for (const [path, change] of Object.entries(changes)) {
      if (change === null) {
        files.delete(path)
      } else {
        files.set(path, typeof change === 'string' ? { mode: '100644', content: change } : change)
      }
    }
    const parents = parent === undefined ? [] : [parent]
    const sha = this.addCommit({ tree: this.addTree(files), parents, message })
    this.branches.set(branch, sha)
    return sha
  }

  filesOf(commit: string): Files {
    return this.trees.get(this.commits.get(commit)?.tree ?? '')?.files ?? new Map()
  }

  /** Content of a file at the head of a branch. */
  at(branch: string, path: string): string | undefined {
    return this.filesOf(this.branches.get(branch) ?? '').get(path)?.content
  }

  addCommit(commit: StoredCommit): string {
    const lines = [`tree ${commit.tree}`, ...commit.parents.map((sha) => `parent ${sha}`)]
    const sha = nameOf('commit', Buffer.from(`${lines.join('\n')}\n\n${commit.message}`))
    this.commits.set(sha, commit)
    return sha
  }

  addTree(files: Files): string {
    const children = new Map<string, Map<string, StoredFile>>()
    const entries: StoredEntry[] = []
    for (const [path, file] of files) {
      const [name = '', ...rest] = path.split('/')
      if (rest.length === 0) {
        const sha = nameOf('blob', Buffer.from(file.content))
        entries.push({ path: name, mode: file.mode, type: 'blob', sha })
      } else {
        const inside = children.get(name) ?? new Map<string, StoredFile>()
        children.set(name, inside.set(rest.join('/'), file))
      }
    }
    for (const [path, inside] of children) {
      entries.push({ path, mode: '040000', type: 'tree', sha: this.addTree(inside) })
    }
    const key = ({ path, type }: StoredEntry) => (type === 'tree' ? `${path}/` : path)
    entries.sort((a, b) => (key(a) < key(b) ? -1 : 1))
    const parts = entries.flatMap(({ mode, path, sha }) => [
      Buffer.from(`${mode.replace(/^0/, '')} ${path}\0`),
      Buffer.from(sha, 'hex'),
    ])
    const sha = nameOf('tree', Buffer.concat(parts))
    this.trees.set(sha, { files, entries })
    return sha
  }

  /** All commits that this one comes after, itself included, nearest first. */
  history(sha: string): string[] {
    const visited = new Set<string>()
    const queue = [sha]
    for (const one of queue) {
      if (visited.has(one)) {
        continue
      }
      visited.add(one)
      queue.push(...(this.commits.get(one)?.parents ?? []))
    }
    return [...visited]
  }

  compare(base: string, head: string) {
    const [ofBase, ofHead] = [this.history(base), this.history(head)]
    const mergeBase = ofHead.find((sha) => ofBase.includes(sha)) ?? base
    const [before, after] = [this.filesOf(mergeBase), this.filesOf(head)]
    const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => {
      return before.get(path)?.content !== after.get(path)?.content
    })
    const files = paths.map((filename) => {
      const [was, is] = [before.get(filename), after.get(filename)]
      const status = was === undefined ? 'added' : is === undefined ? 'removed' : 'modified'
      return { filename, status, sha: nameOf('blob', Buffer.from((is ?? was)?.content ?? '')) }
    })
    const ahead = ofHead.filter((sha) => !ofBase.includes(sha)).reverse()
    return { mergeBase, ahead, behind: ofBase.filter((sha) => !ofHead.includes(sha)).length, files }
  }
}

function nameOf(type: string, content: Buffer): string {
  return createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex')
}
