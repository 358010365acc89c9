import { describe, expect, test } from '@jest/globals'
import { isProposedChange } from '../../../src/cli/attest.js'

describe('a run about a change that is not merged', () => {
  test.each([
    { GITHUB_EVENT_NAME: 'pull_request' },
    { GITHUB_EVENT_NAME: 'pull_request_target' },
    { GITHUB_EVENT_NAME: 'merge_group' },
    { CI_MERGE_REQUEST_IID: '12' },
    { CHANGE_ID: '7' },
    { SYSTEM_PULLREQUEST_PULLREQUESTID: '3' },
    { BITBUCKET_PR_ID: '3' },
    { BUILDKITE_PULL_REQUEST: '4' },
  ])('when the environment is %j, then it is one', (env) => {
    expect(isProposedChange(env)).toBe(true)
  })

  test.each([
    {},
    { GITHUB_EVENT_NAME: 'push' },
    { GITHUB_EVENT_NAME: 'schedule' },
    { CI_COMMIT_TAG: 'v1' },
    { CHANGE_ID: '' },
    { BUILDKITE_PULL_REQUEST: 'false', TRAVIS_PULL_REQUEST: 'false' },
  ])('when the environment is %j, then it is none', (env) => {
    expect(isProposedChange(env)).toBe(false)
  })
})
