import { BUILTIN_FILE, BUILTINS, newestOf } from './builtins.js'
import type { Dictionary } from './dictionary.js'
import { readDictionary } from './read.js'

/** Where an editor finds the schema, next to the file. */
export const DICTIONARY_SCHEMA = 'schema/dictionary.schema.json'

/** The number of the built-in dictionary that a new file extends. */
export const NEWEST_BUILTIN = newestOf(BUILTINS)

/** Text of policies/dictionary.yml as shipped: the start of a new file. */
export const STARTER_DICTIONARY = `# yaml-language-server: $schema=${DICTIONARY_SCHEMA}
#
# Expected results of Docker Bench for Security, where they differ from the built-in dictionary for Debian application images.
# Any other result blocks. A better result blocks too, because an outdated entry would hide a later regression.
#
# An entry replaces the built-in entry for the same id:
#
#   checks:                         # section 4: the image; section 5: how it is run, if run options are set
#     "4.6":                        # the id, always in quotes: 4.10 without quotes is the number 4.1
#       expect: [WARN]              # PASS, WARN, INFO, NOTE; default: see \`defaults\`
#       items: {subset_of: [...]}   # allowed items: one of count, max, equals, subset_of
#       title: HEALTHCHECK          # guard: words from Docker Bench's title for this id, to detect renumbering
#       evidence: secret-scan       # if Docker Bench reports only NOTE, this test decides
#       owner: platform             # required if the entry accepts more than the built-in one
#       reason: a batch job         # required if the entry accepts more than the built-in one
#       expires: 2027-03-31         # required in the same case; last day on which the entry applies (UTC)
#   not_applicable:               # key "reason"; also "owner" and "expires" if the built-in dictionary expects a result
#     "5.13": {reason: why it does not apply, owner: platform, expires: 2027-03-31}
#
# An exception for some images also needs the keys "reason", "owner" and "expires":
#
#   overrides:
#     - images: ["ghcr.io/acme/worker:*"]   # * matches any characters; the most specific match wins
#       checks:
#         "4.6": {expect: [WARN], reason: batch job without a server, owner: platform, expires: 2027-03-31}
#
# \`seaworthy dictionary record IMAGE\` writes an image's current results to this file. Errors in this file are reported with
# line numbers before the scan starts.
extends: builtin/${NEWEST_BUILTIN}
version: 1
`

export const DEFAULT_DICTIONARY: Dictionary = {
  ...readDictionary(BUILTINS[NEWEST_BUILTIN] ?? '', BUILTIN_FILE),
  file: null,
}
