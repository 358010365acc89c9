import type { GitHubApi } from '../io/github/client.js'
import type { ProposedChange } from '../io/github/environment.js'
import { readBranch } from '../io/github/git.js'
import type { PolicyNotice } from '../model/index.js'
import { gatherErrors } from './input-errors.js'
import { input, keyword, type ReadInput, readerOf } from './row.js'

/**
 * Whose policies count. There are two keywords instead of a branch name: the workflow may be the change's own, and it
 * must not choose among all branches, since anyone who may push can create one.
 */
export const BRANCH_INPUTS = {
  'policies-from': input(keyword(['base', 'default-branch']), {
    default: 'base',
    where: ['action'],
    help: 'branch whose policies apply to a pull request: base or default-branch',
    description:
      'Whose policies apply to a pull request: those of its target branch (base) or of the default branch (default-branch).',
  }),
}

/**
 * The commit whose policies hold, and how reports describe it. If it is not the commit that the change goes into
 * (`isBase`), the change's policies are not compared with it.
 * @param base the commit that the change is compared with
 * @throws SeaworthyError `bad-input`, and whatever the request throws; an `Error` if there is no such branch
 */
export async function policiesOfBranch(
  api: GitHubApi,
  change: ProposedChange,
  base: string,
  inputs: ReadInput,
) {
  const errors = gatherErrors()
  const from = readerOf(BRANCH_INPUTS, inputs, errors.messages)('policies-from')
  errors.throwAny()
  const { into, defaultBranch } = change
  if (from === 'base' || (into !== null && into === defaultBranch)) {
    const isOther = into !== null && defaultBranch !== null && into !== defaultBranch
    const more = isOther ? `, which is not the default branch (${defaultBranch})` : ''
    return { commit: base, isBase: true, notice: notice(into, base, more) }
  }
  const commit = defaultBranch === null ? null : await readBranch(api, change, defaultBranch)
  if (defaultBranch === null || commit === null) {
    throw new Error('GitHub did not return the commit of the default branch')
  }
  return { commit, isBase: false, notice: notice(defaultBranch, commit, `, not from ${into ?? 'the base'}`) }
}

function notice(branch: string | null, commit: string, more: string): PolicyNotice {
  const text = `policies from ${branch ?? 'the base'} at ${commit.slice(0, 12)}${more}`
  return { kind: 'base', place: null, text, ...(branch === null ? {} : { branch }) }
}
