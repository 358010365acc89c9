import { walkYaml, type YamlNode } from '../../../../src/policy/yaml/walk.js'

/** The only document of a text. */
export function rootOf(text: string): YamlNode {
  const walked = walkYaml(text)
  const root = 'documents' in walked ? walked.documents[0] : undefined
  if (root === undefined) {
    throw new Error(`no document in ${JSON.stringify(text)}`)
  }
  return root
}
