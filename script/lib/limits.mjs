/** The limits of the structure, each in one place: `script/structure.mjs` and `__tests__/rules` read them. */
export const LIMITS = {
  /** Files of src that are in no folder. */
  looseFiles: 0,
  /** Files directly in one folder of src: more are several subjects. */
  filesInFolder: 30,
  /** Lines of a file of src; about 80 is good. */
  longestFile: 300,
  /** Lines of a TypeScript file of __tests__, which has one subject too. */
  longestTestFile: 500,
  /** Files of few lines with a single importer. */
  spillFiles: 10,
  /** Lines and imports of src/gate/decide.ts, which is to be read as a story. */
  decideLines: 150,
  decideImports: 15,
  /** Our own files that a file imports, on average, types included; a folder with an index counts once. */
  importsPerFile: 4.8,
  /** Imports that bypass the index of a folder (`INDEXES` in source.mjs). */
  indexBypasses: 0,
  /** Import cycles, by file, types included. */
  cycles: 0,
  /** Pairs of folders of src of which one imports the other. */
  arrows: 65,
  /** Pairs of folders that import each other. */
  mutualPairs: 0,
  /** Names that two files export for types, or for functions. */
  sharedNames: 0,
  /**
   * String literals outside src/checks that are the id of a check, types included: what is known of one check belongs in
   * its folder, or in a row of a table of checks or kinds.
   */
  checkLiterals: 25,
  /** Places where code takes a sentence apart to find out what it says; `__tests__/rules/sentences.ts` has the rule. */
  parsedSentences: 0,
  /** Reads of a vulnerability's `facts`, others' words, outside the checks and the reports: nothing is decided by them. */
  factsReads: 0,
  /** Functions of more than `LONG_LINES` lines, and the lines of the longest. */
  longFunctions: 3,
  longestFunction: 120,
  /** Inputs in action.yml; docs/decisions/0089-input-or-key.md says what is one. */
  inputs: 60,
  /** Words in docs/inputs.md. */
  inputsWords: 1800,
  /** Words of all pages of docs: each says once what its reader looks for there. */
  docsWords: 45_000,
  /** Words of those pages that are in docs/decisions. */
  decisionsWords: 14_000,
  /** Bytes of dist, which every user downloads. */
  distBytes: 5_000_000,
}

export const LONG_LINES = 100

/** A file of at most this many lines of code (neither blank nor comment) with a single importer is a spill file. */
export const SPILL_LINES = 40
