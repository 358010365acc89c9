import { BUILTIN_FILE, BUILTINS, newestOf } from './builtins.js'
import type { Dictionary } from './dictionary.js'
import { readDictionary } from './read.js'

/** Where an editor finds the schema, beside the file. */
export const DICTIONARY_SCHEMA = 'schema/dictionary.schema.json'

const NEWEST = newestOf(BUILTINS)

/** Text of policies/dictionary.yml as it is shipped: what a new file is begun with. */
export const STARTER_DICTIONARY = `# yaml-language-server: $schema=${DICTIONARY_SCHEMA}
#
# The results of Docker Bench for Security that we expect, where they are other ones than the built-in dictionary
# expects of a Debian application image. Any other result fails the gate: a worse one, and a better one too, because an
# entry that is outdated would hide it if things got bad again.
#
# A line takes the place of the built-in one's for that id:
#
#   checks:                         # of the image; of how it is run: runtime_checks
#     "4.6":                        # an id, always in quotes: 4.10 without them is the number 4.1
#       expect: [WARN]              # PASS, WARN, INFO, NOTE; what \`defaults\` say if left out
#       items: {subset_of: [...]}   # what was found must be this: one of count, max, equals, subset_of
#       title: HEALTHCHECK          # guard: words of Docker Bench's title, so that no other numbering slips in
#       evidence: secret-scan       # the test that decides where Docker Bench only says NOTE
#       owner: platform             # who answers for it \\
#       reason: a batch job         # why                 > needed where it accepts more than the built-in one
#       expires: 2027-03-31         # its last day, UTC  /
#   not_applicable:
#     "5.13": why nobody is to look at it
#
# An exception for some images; it needs reason, owner and expires too:
#
#   overrides:
#     - images: ["ghcr.io/acme/worker:*"]   # * only; the most specific one counts
#       checks:
#         "4.6": {expect: [WARN], reason: batch job without a server, owner: platform, expires: 2027-03-31}
#
# \`seaworthy dictionary record IMAGE\` fills in what an image gives today. Every fault in this file is told with its
# line, before any check is started.
extends: builtin/${NEWEST}
version: 1
`

/** What is expected where there is no policies/dictionary.yml. */
export const DEFAULT_DICTIONARY: Dictionary = {
  ...readDictionary(BUILTINS[NEWEST] ?? '', BUILTIN_FILE),
  file: null,
}
