// A chunk of its own, with what verifying needs only: from `import('openpgp')` the bundle could leave nothing out.
export { readCleartextMessage, readKey, verify } from 'openpgp'
