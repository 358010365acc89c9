// A chunk of its own, with what saving needs only: from `import('@actions/cache')` the bundle could leave nothing out.
export { saveCache } from '@actions/cache'
