// A separate chunk with only what verifying needs: from `import('openpgp')` the bundle could leave nothing out.
export { readCleartextMessage, readKey, verify } from 'openpgp'
