// Jest's globalSetup of the unit tests; those of the live tests call it. Where nobody says otherwise, tests are about
// a user's own machine: in a job of GitHub Actions what is kept in a folder does not count (decision 32).
export default function ownMachine() {
  delete process.env.GITHUB_ACTIONS
}
