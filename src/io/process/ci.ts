/** Set in a run about a change that is not merged, by the CI system that sets it. */
const CHANGES = [
  // GitLab: https://docs.gitlab.com/ci/variables/predefined_variables/
  'CI_MERGE_REQUEST_IID',
  'CI_EXTERNAL_PULL_REQUEST_IID',
  // Jenkins, in a multibranch pipeline.
  'CHANGE_ID',
  // Azure Pipelines.
  'SYSTEM_PULLREQUEST_PULLREQUESTID',
  // Bitbucket Pipelines, CircleCI, Buildkite, Travis CI; Drone and Woodpecker.
  'BITBUCKET_PR_ID',
  'CIRCLE_PULL_REQUEST',
  'BUILDKITE_PULL_REQUEST',
  'TRAVIS_PULL_REQUEST',
  'DRONE_PULL_REQUEST',
  'CI_COMMIT_PULL_REQUEST',
]

/** Whether a CI system says that this run is about a pull request, or a queue of them. */
export function isProposedChange(env: NodeJS.ProcessEnv): boolean {
  return (
    /^(?:pull_request|merge_group)/.test(env.GITHUB_EVENT_NAME ?? '') ||
    CHANGES.some((name) => !['', 'false', undefined].includes(env[name]))
  )
}
