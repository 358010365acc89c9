// A separate chunk with only what saving needs: from `import('@actions/cache')` the bundle could leave nothing out.
export { saveCache } from '@actions/cache'
