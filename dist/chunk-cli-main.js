import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  builtin2 as builtin4,
  of_stripVTControlCharacters
} from "./chunk-of-node-util.js";
import {
  CHECK_INPUTS,
  DATA_FORMAT,
  ECOSYSTEMS,
  ENVELOPE,
  FORMATS as FORMATS2,
  HEAD_BYTES,
  INDEX_FILE,
  INDEX_KEYS,
  INPUTS,
  MANIFEST_TYPES,
  MAX_BYTES,
  OSV_BUCKET,
  PART_NAMES,
  PASS_LEVEL,
  POLICY_INPUTS,
  REPLAYED_INPUTS,
  RegistryStatusError,
  STATEMENT_TYPE,
  STRUCK_INPUTS,
  TOOL,
  VERDICT_KEY,
  VERIFIER_ID,
  VSA_TYPE,
  WORK_TREE,
  abortOnSignals,
  abortOnUncaught,
  answerOf,
  archiveInCache,
  attestableOf,
  attestedBy,
  cacheBench,
  carry,
  carryBench,
  collectImages,
  compareItems,
  compareResults,
  copyArchive,
  damagedFeeds,
  debianArchitecture,
  decide,
  digestShape,
  dockerLogins,
  endQuietly,
  entryFor,
  evidenceOf,
  folderNotFile,
  folderOf,
  gatherErrors,
  gunzipped,
  ifNotFound,
  installedIn,
  isWorse,
  iso_exports,
  itemSet,
  keepArchive,
  keptPlace,
  listKept,
  loadEvidence,
  malformedAnswer,
  newestCopyOf,
  of_buffer,
  of_mkdir,
  of_mkdtemp,
  of_readFile,
  of_rm,
  of_stat,
  of_utimes,
  of_writeFile,
  openFeed,
  openForPush,
  openOsv,
  openRepository,
  openTracker,
  padded,
  parseDockerfile,
  parsePurl,
  parseShape,
  policyPath,
  publishImages,
  pushedLines,
  readArchiveRequest,
  readCompose,
  readDigest,
  readDockerfiles,
  readFeeds,
  readGateOnly,
  readGatePolicy,
  readHead,
  readInRegistry,
  readJudging,
  readRequest,
  readScan,
  readTestCompose,
  readUpdateRequest,
  readYears,
  refuseLinks,
  refuseTies,
  refuseUntested,
  registryText,
  removeReports,
  renderCycloneDx,
  renderFormat,
  renderProblem,
  renderTerminal,
  renderUpdate,
  reportLine,
  runGate,
  runSpecOf,
  runUpdate,
  serviceFor,
  statementText,
  terminal,
  timed,
  updateExit,
  verifiedChunks,
  wholeIn,
  writeReports,
  writeTable,
  writeUpdate
} from "./chunk-debian-archive-keys.js";
import {
  of_createGzip,
  require_semver
} from "./chunk-semver-classes-range.js";
import {
  PAYLOAD_TYPE,
  signStatement
} from "./chunk-io-sigstore-key-2.js";
import "./chunk-io-process-exec.js";
import {
  makeTemporary,
  removeTemporary,
  unwritable
} from "./chunk-io-files-temporary.js";
import {
  sourceOf
} from "./chunk-io-archive-image-image-name.js";
import {
  parseReport,
  verdictIn
} from "./chunk-reports-json-untrusted.js";
import {
  BUILTIN_FILE,
  BY_PATH_IDS,
  CHECKS,
  CHECK_IDS,
  DEFAULT_CHECK,
  DEFAULT_GATE,
  DICTIONARY_SCHEMA,
  DetailsSchema,
  EMPTY_WHITELIST,
  FEEDS,
  FEED_TITLES,
  FORMATS,
  KINDS,
  MAX_OSV_DAYS,
  RULINGS,
  RULING_NAMES,
  SEVERITIES,
  STARTER_DICTIONARY,
  START_TEST,
  VULNERABILITY_ID,
  acceptsMore,
  actionsOf,
  addBlock,
  addDays,
  addressOfPage,
  append,
  at,
  atLine,
  becauseText,
  benchOf,
  compareIds,
  debianKind,
  describe,
  entryBy,
  exitCode,
  fromNewNumbering,
  hasSeverity,
  hashOfFile,
  healthPathIn,
  hoursBetween,
  imageName,
  isBench,
  isDate,
  isOfficialName,
  judgedBy,
  memberOf,
  mostSevere,
  neededKeys,
  pageOf,
  policyDigest,
  proposeEntries,
  pruned,
  put,
  readDictionary,
  readRules,
  readYaml,
  remove,
  renderDiff,
  returnText,
  rowLine,
  severityCell,
  sha256Of,
  spanError,
  splice,
  subjectName,
  unknownIds,
  usualEnd,
  versions,
  whitelistEntry,
  withEntries,
  wrap,
  wrapUnder,
  yamlText
} from "./chunk-js-yaml-dist-js-yaml.js";
import {
  of_pipeline
} from "./chunk-of-node-stream-promises.js";
import {
  fileHeader,
  newRunId
} from "./chunk-io-engine-docker.js";
import {
  defaultCacheDir,
  exists,
  isFolderOrNew,
  listFolder,
  readInside,
  readPolicy,
  readText,
  writeText
} from "./chunk-io-files-files.js";
import {
  HOME,
  documentsAddress,
  documentsHere,
  escapeTerminal,
  parseReference,
  untagged
} from "./chunk-io-github-client.js";
import "./chunk-io-http-plain-http.js";
import {
  builtin as builtin2,
  builtin2 as builtin3,
  of_EventEmitter,
  of_basename,
  of_dirname,
  of_join
} from "./chunk-actions-exec-lib-toolrunner.js";
import {
  builtin2 as builtin,
  of_createReadStream,
  of_createWriteStream,
  of_tmpdir
} from "./chunk-of-node-fs.js";
import "./chunk-io-http-http-2.js";
import "./chunk-io-http-backoff.js";
import {
  of_setTimeout
} from "./chunk-of-node-timers-promises.js";
import {
  redactUrl
} from "./chunk-io-http-url.js";
import "./chunk-actions-http-client-lib-index.js";
import "./chunk-tunnel-lib-tunnel.js";
import {
  isRecord,
  jsonIn,
  jsonInFile
} from "./chunk-model-json.js";
import {
  SeaworthyError,
  _enum,
  array,
  boolean,
  firstOf,
  hasCode,
  int,
  listText,
  literal,
  looseObject,
  object,
  oneLine,
  plural,
  problemOf,
  readOrNull,
  string,
  withAdvice
} from "./chunk-zod-v4-core-schemas.js";
import {
  __toESM
} from "./chunk-empty.js";

var CommanderError = class extends Error {
  constructor(exitCode2, code, message) {
    super(message), Error.captureStackTrace(this, this.constructor), this.name = this.constructor.name, this.code = code, this.exitCode = exitCode2, this.nestedError = void 0;
  }
}, InvalidArgumentError = class extends CommanderError {
  constructor(message) {
    super(1, "commander.invalidArgument", message), Error.captureStackTrace(this, this.constructor), this.name = this.constructor.name;
  }
};

var Argument = class {
  constructor(name, description) {
    switch (this.description = description || "", this.variadic = !1, this.parseArg = void 0, this.defaultValue = void 0, this.defaultValueDescription = void 0, this.argChoices = void 0, name[0]) {
      case "<":
        this.required = !0, this._name = name.slice(1, -1);
        break;
      case "[":
        this.required = !1, this._name = name.slice(1, -1);
        break;
      default:
        this.required = !0, this._name = name;
        break;
    }
    this._name.endsWith("...") && (this.variadic = !0, this._name = this._name.slice(0, -3));
  }
  name() {
    return this._name;
  }
  _collectValue(value, previous) {
    return previous === this.defaultValue || !Array.isArray(previous) ? [value] : (previous.push(value), previous);
  }
  default(value, description) {
    return this.defaultValue = value, this.defaultValueDescription = description, this;
  }
  argParser(fn) {
    return this.parseArg = fn, this;
  }
  choices(values) {
    return this.argChoices = values.slice(), this.parseArg = (arg, previous) => {
      if (!this.argChoices.includes(arg))
        throw new InvalidArgumentError(
          `Allowed choices are ${this.argChoices.join(", ")}.`
        );
      return this.variadic ? this._collectValue(arg, previous) : arg;
    }, this;
  }
  argRequired() {
    return this.required = !0, this;
  }
  argOptional() {
    return this.required = !1, this;
  }
};
function humanReadableArgName(arg) {
  let nameOutput = arg.name() + (arg.variadic === !0 ? "..." : "");
  return arg.required ? "<" + nameOutput + ">" : "[" + nameOutput + "]";
}

var Help = class {
  constructor() {
    this.helpWidth = void 0, this.minWidthToWrap = 40, this.sortSubcommands = !1, this.sortOptions = !1, this.showGlobalOptions = !1;
  }
  prepareContext(contextOptions) {
    this.helpWidth = this.helpWidth ?? contextOptions.helpWidth ?? 80;
  }
  visibleCommands(cmd) {
    let visibleCommands = cmd.commands.filter((cmd2) => !cmd2._hidden), helpCommand = cmd._getHelpCommand();
    return helpCommand && !helpCommand._hidden && visibleCommands.push(helpCommand), this.sortSubcommands && visibleCommands.sort((a, b) => a.name().localeCompare(b.name())), visibleCommands;
  }
  compareOptions(a, b) {
    let getSortKey = (option) => option.short ? option.short.replace(/^-/, "") : option.long.replace(/^--/, "");
    return getSortKey(a).localeCompare(getSortKey(b));
  }
  visibleOptions(cmd) {
    let visibleOptions = cmd.options.filter((option) => !option.hidden), helpOption = cmd._getHelpOption();
    if (helpOption && !helpOption.hidden) {
      let removeShort = helpOption.short && cmd._findOption(helpOption.short), removeLong = helpOption.long && cmd._findOption(helpOption.long);
      !removeShort && !removeLong ? visibleOptions.push(helpOption) : helpOption.long && !removeLong ? visibleOptions.push(
        cmd.createOption(helpOption.long, helpOption.description).helpGroup(helpOption.helpGroupHeading)
      ) : helpOption.short && !removeShort && visibleOptions.push(
        cmd.createOption(helpOption.short, helpOption.description).helpGroup(helpOption.helpGroupHeading)
      );
    }
    return this.sortOptions && visibleOptions.sort(this.compareOptions), visibleOptions;
  }
  visibleGlobalOptions(cmd) {
    if (!this.showGlobalOptions) return [];
    let globalOptions = [];
    for (let ancestorCmd = cmd.parent; ancestorCmd; ancestorCmd = ancestorCmd.parent) {
      let visibleOptions = ancestorCmd.options.filter(
        (option) => !option.hidden
      );
      globalOptions.push(...visibleOptions);
    }
    return this.sortOptions && globalOptions.sort(this.compareOptions), globalOptions;
  }
  visibleArguments(cmd) {
    return cmd._argsDescription && cmd.registeredArguments.forEach((argument) => {
      argument.description = argument.description || cmd._argsDescription[argument.name()] || "";
    }), cmd.registeredArguments.find((argument) => argument.description) ? cmd.registeredArguments : [];
  }
  subcommandTerm(cmd) {
    let args = cmd.registeredArguments.map((arg) => humanReadableArgName(arg)).join(" ");
    return cmd._name + (cmd._aliases[0] ? "|" + cmd._aliases[0] : "") + (cmd.options.length ? " [options]" : "") +  
    (args ? " " + args : "");
  }
  optionTerm(option) {
    return option.flags;
  }
  argumentTerm(argument) {
    return argument.name();
  }
  longestSubcommandTermLength(cmd, helper) {
    return helper.visibleCommands(cmd).reduce((max, command2) => Math.max(
      max,
      this.displayWidth(
        helper.styleSubcommandTerm(helper.subcommandTerm(command2))
      )
    ), 0);
  }
  longestOptionTermLength(cmd, helper) {
    return helper.visibleOptions(cmd).reduce((max, option) => Math.max(
      max,
      this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option)))
    ), 0);
  }
  longestGlobalOptionTermLength(cmd, helper) {
    return helper.visibleGlobalOptions(cmd).reduce((max, option) => Math.max(
      max,
      this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option)))
    ), 0);
  }
  longestArgumentTermLength(cmd, helper) {
    return helper.visibleArguments(cmd).reduce((max, argument) => Math.max(
      max,
      this.displayWidth(
        helper.styleArgumentTerm(helper.argumentTerm(argument))
      )
    ), 0);
  }
  commandUsage(cmd) {
    let cmdName = cmd._name;
    cmd._aliases[0] && (cmdName = cmdName + "|" + cmd._aliases[0]);
    let ancestorCmdNames = "";
    for (let ancestorCmd = cmd.parent; ancestorCmd; ancestorCmd = ancestorCmd.parent)
      ancestorCmdNames = ancestorCmd.name() + " " + ancestorCmdNames;
    return ancestorCmdNames + cmdName + " " + cmd.usage();
  }
  commandDescription(cmd) {
    return cmd.description();
  }
  subcommandDescription(cmd) {
    return cmd.summary() || cmd.description();
  }
  optionDescription(option) {
    let extraInfo = [];
    if (option.argChoices && extraInfo.push(
      `choices: ${option.argChoices.map((choice) => JSON.stringify(choice)).join(", ")}`
    ), option.defaultValue !== void 0 && (option.required || option.optional || option.isBoolean() && typeof option.defaultValue == "boolean") && extraInfo.push(
      `default: ${option.defaultValueDescription || JSON.stringify(option.defaultValue)}`
    ), option.presetArg !== void 0 && option.optional && extraInfo.push(`preset: ${JSON.stringify(option.presetArg)}`), option.envVar !== void 0 && extraInfo.push(`env: ${option.envVar}`), extraInfo.length > 0) {
      let extraDescription = `(${extraInfo.join(", ")})`;
      return option.description ? `${option.description} ${extraDescription}` : extraDescription;
    }
    return option.description;
  }
  argumentDescription(argument) {
    let extraInfo = [];
    if (argument.argChoices && extraInfo.push(
      `choices: ${argument.argChoices.map((choice) => JSON.stringify(choice)).join(", ")}`
    ), argument.defaultValue !== void 0 && extraInfo.push(
      `default: ${argument.defaultValueDescription || JSON.stringify(argument.defaultValue)}`
    ), extraInfo.length > 0) {
      let extraDescription = `(${extraInfo.join(", ")})`;
      return argument.description ? `${argument.description} ${extraDescription}` : extraDescription;
    }
    return argument.description;
  }
  formatItemList(heading, items, helper) {
    return items.length === 0 ? [] : [helper.styleTitle(heading), ...items, ""];
  }
  groupItems(unsortedItems, visibleItems, getGroup) {
    let result =   new Map();
    return unsortedItems.forEach((item) => {
      let group = getGroup(item);
      result.has(group) || result.set(group, []);
    }), visibleItems.forEach((item) => {
      let group = getGroup(item);
      result.has(group) || result.set(group, []), result.get(group).push(item);
    }), result;
  }
  formatHelp(cmd, helper) {
    let termWidth = helper.padWidth(cmd, helper), helpWidth = helper.helpWidth ?? 80;
    function callFormatItem(term, description) {
      return helper.formatItem(term, termWidth, description, helper);
    }
    let output = [
      `${helper.styleTitle("Usage:")} ${helper.styleUsage(helper.commandUsage(cmd))}`,
      ""
    ], commandDescription = helper.commandDescription(cmd);
    commandDescription.length > 0 && (output = output.concat([
      helper.boxWrap(
        helper.styleCommandDescription(commandDescription),
        helpWidth
      ),
      ""
    ]));
    let argumentList = helper.visibleArguments(cmd).map((argument) => callFormatItem(
      helper.styleArgumentTerm(helper.argumentTerm(argument)),
      helper.styleArgumentDescription(helper.argumentDescription(argument))
    ));
    if (output = output.concat(
      this.formatItemList("Arguments:", argumentList, helper)
    ), this.groupItems(
      cmd.options,
      helper.visibleOptions(cmd),
      (option) => option.helpGroupHeading ?? "Options:"
    ).forEach((options, group) => {
      let optionList = options.map((option) => callFormatItem(
        helper.styleOptionTerm(helper.optionTerm(option)),
        helper.styleOptionDescription(helper.optionDescription(option))
      ));
      output = output.concat(this.formatItemList(group, optionList, helper));
    }), helper.showGlobalOptions) {
      let globalOptionList = helper.visibleGlobalOptions(cmd).map((option) => callFormatItem(
        helper.styleOptionTerm(helper.optionTerm(option)),
        helper.styleOptionDescription(helper.optionDescription(option))
      ));
      output = output.concat(
        this.formatItemList("Global Options:", globalOptionList, helper)
      );
    }
    return this.groupItems(
      cmd.commands,
      helper.visibleCommands(cmd),
      (sub) => sub.helpGroup() || "Commands:"
    ).forEach((commands, group) => {
      let commandList = commands.map((sub) => callFormatItem(
        helper.styleSubcommandTerm(helper.subcommandTerm(sub)),
        helper.styleSubcommandDescription(helper.subcommandDescription(sub))
      ));
      output = output.concat(this.formatItemList(group, commandList, helper));
    }), output.join(`
`);
  }
  displayWidth(str) {
    return of_stripVTControlCharacters(str).length;
  }
  styleTitle(str) {
    return str;
  }
  styleUsage(str) {
    return str.split(" ").map((word) => word === "[options]" ? this.styleOptionText(word) : word === "[command]" ? this.styleSubcommandText(word) : word[0] === "[" || word[0] === "<" ? this.styleArgumentText(word) : this.styleCommandText(word)).join(" ");
  }
  styleCommandDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleOptionDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleSubcommandDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleArgumentDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleDescriptionText(str) {
    return str;
  }
  styleOptionTerm(str) {
    return this.styleOptionText(str);
  }
  styleSubcommandTerm(str) {
    return str.split(" ").map((word) => word === "[options]" ? this.styleOptionText(word) : word[0] === "[" || word[0] === "<" ? this.styleArgumentText(word) : this.styleSubcommandText(word)).join(" ");
  }
  styleArgumentTerm(str) {
    return this.styleArgumentText(str);
  }
  styleOptionText(str) {
    return str;
  }
  styleArgumentText(str) {
    return str;
  }
  styleSubcommandText(str) {
    return str;
  }
  styleCommandText(str) {
    return str;
  }
  padWidth(cmd, helper) {
    return Math.max(
      helper.longestOptionTermLength(cmd, helper),
      helper.longestGlobalOptionTermLength(cmd, helper),
      helper.longestSubcommandTermLength(cmd, helper),
      helper.longestArgumentTermLength(cmd, helper)
    );
  }
  preformatted(str) {
    return /\n[^\S\r\n]/.test(str);
  }
  formatItem(term, termWidth, description, helper) {
    let itemIndentStr = " ".repeat(2);
    if (!description) return itemIndentStr + term;
    let paddedTerm = term.padEnd(
      termWidth + term.length - helper.displayWidth(term)
    ), spacerWidth = 2, remainingWidth = (this.helpWidth ?? 80) - termWidth - spacerWidth - 2, formattedDescription;
    return remainingWidth < this.minWidthToWrap || helper.preformatted(description) ? formattedDescription = description : formattedDescription = helper.boxWrap(description, remainingWidth).replace(
      /\n/g,
      `
` + " ".repeat(termWidth + spacerWidth)
    ), itemIndentStr + paddedTerm + " ".repeat(spacerWidth) + formattedDescription.replace(/\n/g, `
${itemIndentStr}`);
  }
  boxWrap(str, width) {
    if (width < this.minWidthToWrap) return str;
    let rawLines = str.split(/\r\n|\n/), chunkPattern = /[\s]*[^\s]+/g, wrappedLines = [];
    return rawLines.forEach((line2) => {
      let chunks = line2.match(chunkPattern);
      if (chunks === null) {
        wrappedLines.push("");
        return;
      }
      let sumChunks = [chunks.shift()], sumWidth = this.displayWidth(sumChunks[0]);
      chunks.forEach((chunk) => {
        let visibleWidth = this.displayWidth(chunk);
        if (sumWidth + visibleWidth <= width) {
          sumChunks.push(chunk), sumWidth += visibleWidth;
          return;
        }
        wrappedLines.push(sumChunks.join(""));
        let nextChunk = chunk.trimStart();
        sumChunks = [nextChunk], sumWidth = this.displayWidth(nextChunk);
      }), wrappedLines.push(sumChunks.join(""));
    }), wrappedLines.join(`
`);
  }
};

var Option = class {
  constructor(flags, description) {
    this.flags = flags, this.description = description || "", this.required = flags.includes("<"), this.optional = flags.includes("["), this.variadic = new RegExp("\\p{ID_Continue}\\.\\.\\.[>\\]]$", "u").test(flags), this.mandatory = !1;
    let optionFlags = splitOptionFlags(flags);
    this.short = optionFlags.shortFlag, this.long = optionFlags.longFlag, this.negate = !1, this.long && (this.negate = this.long.startsWith("--no-")), this.defaultValue = void 0, this.defaultValueDescription = void 0, this.presetArg = void 0, this.envVar = void 0, this.parseArg = void 0, this.hidden = !1, this.argChoices = void 0, this.conflictsWith = [], this.implied = void 0, this.helpGroupHeading = void 0;
  }
  default(value, description) {
    return this.defaultValue = value, this.defaultValueDescription = description, this;
  }
  preset(arg) {
    return this.presetArg = arg, this;
  }
  conflicts(names) {
    return this.conflictsWith = this.conflictsWith.concat(names), this;
  }
  implies(impliedOptionValues) {
    let newImplied = impliedOptionValues;
    return typeof impliedOptionValues == "string" && (newImplied = { [impliedOptionValues]: !0 }), this.implied = Object.assign(this.implied || {}, newImplied), this;
  }
  env(name) {
    return this.envVar = name, this;
  }
  argParser(fn) {
    return this.parseArg = fn, this;
  }
  makeOptionMandatory(mandatory = !0) {
    return this.mandatory = !!mandatory, this;
  }
  hideHelp(hide = !0) {
    return this.hidden = !!hide, this;
  }
  _collectValue(value, previous) {
    return previous === this.defaultValue || !Array.isArray(previous) ? [value] : (previous.push(value), previous);
  }
  choices(values) {
    return this.argChoices = values.slice(), this.parseArg = (arg, previous) => {
      if (!this.argChoices.includes(arg))
        throw new InvalidArgumentError(
          `Allowed choices are ${this.argChoices.join(", ")}.`
        );
      return this.variadic ? this._collectValue(arg, previous) : arg;
    }, this;
  }
  name() {
    return this.long ? this.long.replace(/^--/, "") : this.short.replace(/^-/, "");
  }
  attributeName() {
    return this.negate ? camelcase(this.name().replace(/^no-/, "")) : camelcase(this.name());
  }
  helpGroup(heading) {
    return this.helpGroupHeading = heading, this;
  }
  is(arg) {
    return this.short === arg || this.long === arg;
  }
  isBoolean() {
    return !this.required && !this.optional && !this.negate;
  }
}, DualOptions = class {
  constructor(options) {
    this.positiveOptions =   new Map(), this.negativeOptions =   new Map(), this.dualOptions =   new Set(), options.forEach((option) => {
      option.negate ? this.negativeOptions.set(option.attributeName(), option) : this.positiveOptions.set(option.attributeName(), option);
    }), this.negativeOptions.forEach((value, key) => {
      this.positiveOptions.has(key) && this.dualOptions.add(key);
    });
  }
  valueFromOption(value, option) {
    let optionKey = option.attributeName();
    if (!this.dualOptions.has(optionKey)) return !0;
    let preset = this.negativeOptions.get(optionKey).presetArg, negativeValue = preset !== void 0 ? preset : !1;
    return option.negate === (negativeValue === value);
  }
};
function camelcase(str) {
  return str.split("-").reduce((str2, word) => str2 + word[0].toUpperCase() + word.slice(1));
}
function splitOptionFlags(flags) {
  let shortFlag, longFlag, shortFlagExp = /^-[^-]$/, longFlagExp = /^--[^-]/, flagParts = flags.split(/[ |,]+/).concat("guard");
  if (shortFlagExp.test(flagParts[0]) && (shortFlag = flagParts.shift()), longFlagExp.test(flagParts[0]) && (longFlag = flagParts.shift()), !shortFlag && shortFlagExp.test(flagParts[0]) && (shortFlag = flagParts.shift()), !shortFlag && longFlagExp.test(flagParts[0]) && (shortFlag = longFlag, longFlag = flagParts.shift()), flagParts[0].startsWith("-")) {
    let unsupportedFlag = flagParts[0], baseError = `option creation failed due to '${unsupportedFlag}' in option flags '${flags}'`;
    throw /^-[^-][^-]/.test(unsupportedFlag) ? new Error(
      `${baseError}
- a short flag is a single dash and a single character
  - either use a single dash and a single character (for a short flag)
  - or use a double dash for a long option (and can have two, like '--ws, --workspace')`
    ) : shortFlagExp.test(unsupportedFlag) ? new Error(`${baseError}
- too many short flags`) : longFlagExp.test(unsupportedFlag) ? new Error(`${baseError}
- too many long flags`) : new Error(`${baseError}
- unrecognised flag format`);
  }
  if (shortFlag === void 0 && longFlag === void 0)
    throw new Error(
      `option creation failed due to no flags found in '${flags}'.`
    );
  return { shortFlag, longFlag };
}

function editDistance(a, b) {
  if (Math.abs(a.length - b.length) > 3)
    return Math.max(a.length, b.length);
  let d = [];
  for (let i = 0; i <= a.length; i++)
    d[i] = [i];
  for (let j = 0; j <= b.length; j++)
    d[0][j] = j;
  for (let j = 1; j <= b.length; j++)
    for (let i = 1; i <= a.length; i++) {
      let cost;
      a[i - 1] === b[j - 1] ? cost = 0 : cost = 1, d[i][j] = Math.min(
        d[i - 1][j] + 1,
        d[i][j - 1] + 1,
        d[i - 1][j - 1] + cost
      ), i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && (d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1));
    }
  return d[a.length][b.length];
}
function suggestSimilar(word, candidates) {
  if (!candidates || candidates.length === 0) return "";
  candidates = Array.from(new Set(candidates));
  let searchingOptions = word.startsWith("--");
  searchingOptions && (word = word.slice(2), candidates = candidates.map((candidate) => candidate.slice(2)));
  let similar = [], bestDistance = 3, minSimilarity = 0.4;
  return candidates.forEach((candidate) => {
    if (candidate.length <= 1) return;
    let distance = editDistance(word, candidate), length = Math.max(word.length, candidate.length);
    (length - distance) / length > minSimilarity && (distance < bestDistance ? (bestDistance = distance, similar = [candidate]) : distance === bestDistance && similar.push(candidate));
  }), similar.sort((a, b) => a.localeCompare(b)), searchingOptions && (similar = similar.map((candidate) => `--${candidate}`)), similar.length > 1 ? `
(Did you mean one of ${similar.join(", ")}?)` : similar.length === 1 ? `
(Did you mean ${similar[0]}?)` : "";
}

var Command = class _Command extends of_EventEmitter {
  constructor(name) {
    super(), this.commands = [], this.options = [], this.parent = null, this._allowUnknownOption = !1, this._allowExcessArguments = !1, this.registeredArguments = [], this._args = this.registeredArguments, this.args = [], this.rawArgs = [], this.processedArgs = [], this._scriptPath = null, this._name = name || "", this._optionValues = {}, this._optionValueSources = {}, this._storeOptionsAsProperties = !1, this._actionHandler = null, this._executableHandler = !1, this._executableFile = null, this._executableDir = null, this._defaultCommandName = null, this._exitCallback = null, this._aliases = [], this._combineFlagAndOptionalValue = !0, this._description = "", this._summary = "", this._argsDescription = void 0, this._enablePositionalOptions = !1, this._passThroughOptions = !1, this._lifeCycleHooks = {}, this._showHelpAfterError = !1, this._showSuggestionAfterError = !0, this._savedState = null, this._outputConfiguration = {
      writeOut: (str) => builtin4.stdout.write(str),
      writeErr: (str) => builtin4.stderr.write(str),
      outputError: (str, write) => write(str),
      getOutHelpWidth: () => builtin4.stdout.isTTY ? builtin4.stdout.columns : void 0,
      getErrHelpWidth: () => builtin4.stderr.isTTY ? builtin4.stderr.columns : void 0,
      getOutHasColors: () => useColor() ?? (builtin4.stdout.isTTY && builtin4.stdout.hasColors?.()),
      getErrHasColors: () => useColor() ?? (builtin4.stderr.isTTY && builtin4.stderr.hasColors?.()),
      stripColor: (str) => of_stripVTControlCharacters(str)
    }, this._hidden = !1, this._helpOption = void 0, this._addImplicitHelpCommand = void 0, this._helpCommand = void 0, this._helpConfiguration = {}, this._helpGroupHeading = void 0, this._defaultCommandGroup = void 0, this._defaultOptionGroup = void 0;
  }
  copyInheritedSettings(sourceCommand) {
    return this._outputConfiguration = sourceCommand._outputConfiguration, this._helpOption = sourceCommand._helpOption, this._helpCommand = sourceCommand._helpCommand, this._helpConfiguration = sourceCommand._helpConfiguration, this._exitCallback = sourceCommand._exitCallback, this._storeOptionsAsProperties = sourceCommand._storeOptionsAsProperties, this._combineFlagAndOptionalValue = sourceCommand._combineFlagAndOptionalValue, this._allowExcessArguments = sourceCommand._allowExcessArguments, this._enablePositionalOptions = sourceCommand._enablePositionalOptions, this._showHelpAfterError = sourceCommand._showHelpAfterError, this._showSuggestionAfterError = sourceCommand._showSuggestionAfterError, this;
  }
  _getCommandAndAncestors() {
    let result = [];
    for (let command2 = this; command2; command2 = command2.parent)
      result.push(command2);
    return result;
  }
  command(nameAndArgs, actionOptsOrExecDesc, execOpts) {
    let desc = actionOptsOrExecDesc, opts = execOpts;
    typeof desc == "object" && desc !== null && (opts = desc, desc = null), opts = opts || {};
    let [, name, args] = nameAndArgs.match(/([^ ]+) *(.*)/), cmd = this.createCommand(name);
    return desc && (cmd.description(desc), cmd._executableHandler = !0), opts.isDefault && (this._defaultCommandName = cmd._name), cmd._hidden = !!(opts.noHelp || opts.hidden), cmd._executableFile = opts.executableFile || null, args && cmd.arguments(args), this._registerCommand(cmd), cmd.parent = this, cmd.copyInheritedSettings(this), desc ? this : cmd;
  }
  createCommand(name) {
    return new _Command(name);
  }
  createHelp() {
    return Object.assign(new Help(), this.configureHelp());
  }
  configureHelp(configuration) {
    return configuration === void 0 ? this._helpConfiguration : (this._helpConfiguration = configuration, this);
  }
  configureOutput(configuration) {
    return configuration === void 0 ? this._outputConfiguration : (this._outputConfiguration = {
      ...this._outputConfiguration,
      ...configuration
    }, this);
  }
  showHelpAfterError(displayHelp = !0) {
    return typeof displayHelp != "string" && (displayHelp = !!displayHelp), this._showHelpAfterError = displayHelp, this;
  }
  showSuggestionAfterError(displaySuggestion = !0) {
    return this._showSuggestionAfterError = !!displaySuggestion, this;
  }
  addCommand(cmd, opts) {
    if (!cmd._name)
      throw new Error(`Command passed to .addCommand() must have a name
- specify the name in Command constructor or using .name()`);
    return opts = opts || {}, opts.isDefault && (this._defaultCommandName = cmd._name), (opts.noHelp || opts.hidden) && (cmd._hidden = !0), this._registerCommand(cmd), cmd.parent = this, cmd._checkForBrokenPassThrough(), this;
  }
  createArgument(name, description) {
    return new Argument(name, description);
  }
  argument(name, description, parseArg, defaultValue) {
    let argument = this.createArgument(name, description);
    return typeof parseArg == "function" ? argument.default(defaultValue).argParser(parseArg) : argument.default(parseArg), this.addArgument(argument), this;
  }
  arguments(names) {
    return names.trim().split(/ +/).forEach((detail) => {
      this.argument(detail);
    }), this;
  }
  addArgument(argument) {
    let previousArgument = this.registeredArguments.slice(-1)[0];
    if (previousArgument?.variadic)
      throw new Error(
        `only the last argument can be variadic '${previousArgument.name()}'`
      );
    if (argument.required && argument.defaultValue !== void 0 && argument.parseArg === void 0)
      throw new Error(
        `a default value for a required argument is never used: '${argument.name()}'`
      );
    return this.registeredArguments.push(argument), this;
  }
  helpCommand(enableOrNameAndArgs, description) {
    if (typeof enableOrNameAndArgs == "boolean")
      return this._addImplicitHelpCommand = enableOrNameAndArgs, enableOrNameAndArgs && this._defaultCommandGroup && this._initCommandGroup(this._getHelpCommand()), this;
    let nameAndArgs = enableOrNameAndArgs ?? "help [command]", [, helpName, helpArgs] = nameAndArgs.match(/([^ ]+) *(.*)/), helpDescription = description ?? "display help for command", helpCommand = this.createCommand(helpName);
    return helpCommand.helpOption(!1), helpArgs && helpCommand.arguments(helpArgs), helpDescription && helpCommand.description(helpDescription), this._addImplicitHelpCommand = !0, this._helpCommand = helpCommand, (enableOrNameAndArgs || description) && this._initCommandGroup(helpCommand), this;
  }
  addHelpCommand(helpCommand, deprecatedDescription) {
    return typeof helpCommand != "object" ? (this.helpCommand(helpCommand, deprecatedDescription), this) : (this._addImplicitHelpCommand = !0, this._helpCommand = helpCommand, this._initCommandGroup(helpCommand), this);
  }
  _getHelpCommand() {
    return this._addImplicitHelpCommand ?? (this.commands.length && !this._actionHandler && !this._findCommand("help")) ? (this._helpCommand === void 0 && this.helpCommand(void 0, void 0), this._helpCommand) : null;
  }
  hook(event, listener) {
    let allowedValues = ["preSubcommand", "preAction", "postAction"];
    if (!allowedValues.includes(event))
      throw new Error(`Unexpected value for event passed to hook : '${event}'.
Expecting one of '${allowedValues.join("', '")}'`);
    return this._lifeCycleHooks[event] ? this._lifeCycleHooks[event].push(listener) : this._lifeCycleHooks[event] = [listener], this;
  }
  exitOverride(fn) {
    return fn ? this._exitCallback = fn : this._exitCallback = (err) => {
      if (err.code !== "commander.executeSubCommandAsync")
        throw err;
    }, this;
  }
  _exit(exitCode2, code, message) {
    this._exitCallback && this._exitCallback(new CommanderError(exitCode2, code, message)), builtin4.exit(exitCode2);
  }
  action(fn) {
    let listener = (args) => {
      let expectedArgsCount = this.registeredArguments.length, actionArgs = args.slice(0, expectedArgsCount);
      return this._storeOptionsAsProperties ? actionArgs[expectedArgsCount] = this : actionArgs[expectedArgsCount] = this.opts(), actionArgs.push(this), fn.apply(this, actionArgs);
    };
    return this._actionHandler = listener, this;
  }
  createOption(flags, description) {
    return new Option(flags, description);
  }
  _callParseArg(target, value, previous, invalidArgumentMessage) {
    try {
      return target.parseArg(value, previous);
    } catch (err) {
      if (err.code === "commander.invalidArgument") {
        let message = `${invalidArgumentMessage} ${err.message}`;
        this.error(message, { exitCode: err.exitCode, code: err.code });
      }
      throw err;
    }
  }
  _registerOption(option) {
    let matchingOption = option.short && this._findOption(option.short) || option.long && this._findOption(option.long);
    if (matchingOption) {
      let matchingFlag = option.long && this._findOption(option.long) ? option.long : option.short;
      throw new Error(`Cannot add option '${option.flags}'${this._name && ` to command '${this._name}'`} due to conflicting flag '${matchingFlag}'
-  already used by option '${matchingOption.flags}'`);
    }
    this._initOptionGroup(option), this.options.push(option);
  }
  _registerCommand(command2) {
    let knownBy = (cmd) => [cmd.name()].concat(cmd.aliases()), alreadyUsed = knownBy(command2).find(
      (name) => this._findCommand(name)
    );
    if (alreadyUsed) {
      let existingCmd = knownBy(this._findCommand(alreadyUsed)).join("|"), newCmd = knownBy(command2).join("|");
      throw new Error(
        `cannot add command '${newCmd}' as already have command '${existingCmd}'`
      );
    }
    this._initCommandGroup(command2), this.commands.push(command2);
  }
  addOption(option) {
    this._registerOption(option);
    let oname = option.name(), name = option.attributeName();
    option.defaultValue !== void 0 && this.setOptionValueWithSource(name, option.defaultValue, "default");
    let handleOptionValue = (val, invalidValueMessage, valueSource) => {
      val == null && option.presetArg !== void 0 && (val = option.presetArg);
      let oldValue = this.getOptionValue(name);
      val !== null && option.parseArg ? val = this._callParseArg(option, val, oldValue, invalidValueMessage) : val !== null && option.variadic && (val = option._collectValue(val, oldValue)), val == null && (option.negate ? val = !1 : option.isBoolean() || option.optional ? val = !0 : val = ""), this.setOptionValueWithSource(name, val, valueSource);
    };
    return this.on("option:" + oname, (val) => {
      let invalidValueMessage = `error: option '${option.flags}' argument '${val}' is invalid.`;
      handleOptionValue(val, invalidValueMessage, "cli");
    }), option.envVar && this.on("optionEnv:" + oname, (val) => {
      let invalidValueMessage = `error: option '${option.flags}' value '${val}' from env '${option.envVar}' is invalid.`;
      handleOptionValue(val, invalidValueMessage, "env");
    }), this;
  }
  _optionEx(config, flags, description, fn, defaultValue) {
    if (typeof flags == "object" && flags instanceof Option)
      throw new Error(
        "To add an Option object use addOption() instead of option() or requiredOption()"
      );
    let option = this.createOption(flags, description);
    if (option.makeOptionMandatory(!!config.mandatory), typeof fn == "function")
      option.default(defaultValue).argParser(fn);
    else if (fn instanceof RegExp) {
      let regex = fn;
      fn = (val, def) => {
        let m = regex.exec(val);
        return m ? m[0] : def;
      }, option.default(defaultValue).argParser(fn);
    } else
      option.default(fn);
    return this.addOption(option);
  }
  option(flags, description, parseArg, defaultValue) {
    return this._optionEx({}, flags, description, parseArg, defaultValue);
  }
  requiredOption(flags, description, parseArg, defaultValue) {
    return this._optionEx(
      { mandatory: !0 },
      flags,
      description,
      parseArg,
      defaultValue
    );
  }
  combineFlagAndOptionalValue(combine = !0) {
    return this._combineFlagAndOptionalValue = !!combine, this;
  }
  allowUnknownOption(allowUnknown = !0) {
    return this._allowUnknownOption = !!allowUnknown, this;
  }
  allowExcessArguments(allowExcess = !0) {
    return this._allowExcessArguments = !!allowExcess, this;
  }
  enablePositionalOptions(positional = !0) {
    return this._enablePositionalOptions = !!positional, this;
  }
  passThroughOptions(passThrough = !0) {
    return this._passThroughOptions = !!passThrough, this._checkForBrokenPassThrough(), this;
  }
  _checkForBrokenPassThrough() {
    if (this.parent && this._passThroughOptions && !this.parent._enablePositionalOptions)
      throw new Error(
        `passThroughOptions cannot be used for '${this._name}' without turning on enablePositionalOptions for parent command(s)`
      );
  }
  storeOptionsAsProperties(storeAsProperties = !0) {
    if (this.options.length)
      throw new Error("call .storeOptionsAsProperties() before adding options");
    if (Object.keys(this._optionValues).length)
      throw new Error(
        "call .storeOptionsAsProperties() before setting option values"
      );
    return this._storeOptionsAsProperties = !!storeAsProperties, this;
  }
  getOptionValue(key) {
    return this._storeOptionsAsProperties ? this[key] : this._optionValues[key];
  }
  setOptionValue(key, value) {
    return this.setOptionValueWithSource(key, value, void 0);
  }
  setOptionValueWithSource(key, value, source) {
    return this._storeOptionsAsProperties ? this[key] = value : this._optionValues[key] = value, this._optionValueSources[key] = source, this;
  }
  getOptionValueSource(key) {
    return this._optionValueSources[key];
  }
  getOptionValueSourceWithGlobals(key) {
    let source;
    return this._getCommandAndAncestors().forEach((cmd) => {
      Object.hasOwn(cmd._optionValueSources, key) && (source = cmd.getOptionValueSource(key));
    }), source;
  }
  _prepareUserArgs(argv, parseOptions) {
    if (argv !== void 0 && !Array.isArray(argv))
      throw new Error("first parameter to parse must be array or undefined");
    if (parseOptions = parseOptions || {}, argv === void 0 && parseOptions.from === void 0) {
      builtin4.versions?.electron && (parseOptions.from = "electron");
      let execArgv = builtin4.execArgv ?? [];
      (execArgv.includes("-e") || execArgv.includes("--eval") || execArgv.includes("-p") || execArgv.includes("--print")) && (parseOptions.from = "eval");
    }
    argv === void 0 && (argv = builtin4.argv), this.rawArgs = argv.slice();
    let userArgs;
    switch (parseOptions.from) {
      case void 0:
      case "node":
        this._scriptPath = argv[1], userArgs = argv.slice(2);
        break;
      case "electron":
        builtin4.defaultApp ? (this._scriptPath = argv[1], userArgs = argv.slice(2)) : userArgs = argv.slice(1);
        break;
      case "user":
        userArgs = argv.slice(0);
        break;
      case "eval":
        userArgs = argv.slice(1);
        break;
      default:
        throw new Error(
          `unexpected parse option { from: '${parseOptions.from}' }`
        );
    }
    return !this._name && this._scriptPath && this.nameFromFilename(this._scriptPath), this._name = this._name || "program", userArgs;
  }
  parse(argv, parseOptions) {
    this._prepareForParse();
    let userArgs = this._prepareUserArgs(argv, parseOptions);
    return this._parseCommand([], userArgs), this;
  }
  async parseAsync(argv, parseOptions) {
    this._prepareForParse();
    let userArgs = this._prepareUserArgs(argv, parseOptions);
    return await this._parseCommand([], userArgs), this;
  }
  _prepareForParse() {
    this._savedState === null ? (this.options.filter(
      (option) => option.negate && option.defaultValue === void 0 && this.getOptionValue(option.attributeName()) === void 0
    ).forEach((option) => {
      let positiveLongFlag = option.long.replace(/^--no-/, "--");
      this._findOption(positiveLongFlag) || this.setOptionValueWithSource(
        option.attributeName(),
        !0,
        "default"
      );
    }), this.saveStateBeforeParse()) : this.restoreStateBeforeParse();
  }
  saveStateBeforeParse() {
    this._savedState = {
      _name: this._name,
      _optionValues: { ...this._optionValues },
      _optionValueSources: { ...this._optionValueSources }
    };
  }
  restoreStateBeforeParse() {
    if (this._storeOptionsAsProperties)
      throw new Error(`Can not call parse again when storeOptionsAsProperties is true.
- either make a new Command for each call to parse, or stop storing options as properties`);
    this._name = this._savedState._name, this._scriptPath = null, this.rawArgs = [], this._optionValues = { ...this._savedState._optionValues }, this._optionValueSources = { ...this._savedState._optionValueSources }, this.args = [], this.processedArgs = [];
  }
  _checkForMissingExecutable(executableFile, executableDir, subcommandName) {
    if (builtin.existsSync(executableFile)) return;
    let executableDirMessage = executableDir ? `searched for local subcommand relative to directory '${executableDir}'` : "no directory for search for local subcommand, use .executableDir() to supply a custom directory", executableMissing = `'${executableFile}' does not exist
 - if '${subcommandName}' is not meant to be an executable command, remove description parameter from '.command()' and use '.description()' instead
 - if the default executable name is not suitable, use the executableFile option to supply a custom name or path
 - ${executableDirMessage}`;
    throw new Error(executableMissing);
  }
  _executeSubCommand(subcommand, args) {
    args = args.slice();
    let sourceExt = [".js", ".ts", ".tsx", ".mjs", ".cjs"];
    function findFile(baseDir, baseName) {
      let localBin = builtin2.resolve(baseDir, baseName);
      if (builtin.existsSync(localBin)) return localBin;
      if (sourceExt.includes(builtin2.extname(baseName))) return;
      let foundExt = sourceExt.find(
        (ext) => builtin.existsSync(`${localBin}${ext}`)
      );
      if (foundExt) return `${localBin}${foundExt}`;
    }
    this._checkForMissingMandatoryOptions(), this._checkForConflictingOptions();
    let executableFile = subcommand._executableFile || `${this._name}-${subcommand._name}`, executableDir = this._executableDir || "";
    if (this._scriptPath) {
      let resolvedScriptPath;
      try {
        resolvedScriptPath = builtin.realpathSync(this._scriptPath);
      } catch {
        resolvedScriptPath = this._scriptPath;
      }
      executableDir = builtin2.resolve(
        builtin2.dirname(resolvedScriptPath),
        executableDir
      );
    }
    if (executableDir) {
      let localFile = findFile(executableDir, executableFile);
      if (!localFile && !subcommand._executableFile && this._scriptPath) {
        let legacyName = builtin2.basename(
          this._scriptPath,
          builtin2.extname(this._scriptPath)
        );
        legacyName !== this._name && (localFile = findFile(
          executableDir,
          `${legacyName}-${subcommand._name}`
        ));
      }
      executableFile = localFile || executableFile;
    }
    let launchWithNode = sourceExt.includes(builtin2.extname(executableFile)), proc;
    builtin4.platform !== "win32" ? launchWithNode ? (args.unshift(executableFile), args = incrementNodeInspectorPort(builtin4.execArgv).concat(args), proc = builtin3.spawn(builtin4.argv[0], args, { stdio: "inherit" })) : proc = builtin3.spawn(executableFile, args, { stdio: "inherit" }) : (this._checkForMissingExecutable(
      executableFile,
      executableDir,
      subcommand._name
    ), args.unshift(executableFile), args = incrementNodeInspectorPort(builtin4.execArgv).concat(args), proc = builtin3.spawn(builtin4.execPath, args, { stdio: "inherit" })), proc.killed || ["SIGUSR1", "SIGUSR2", "SIGTERM", "SIGINT", "SIGHUP"].forEach((signal) => {
      builtin4.on(signal, () => {
        proc.killed === !1 && proc.exitCode === null && proc.kill(signal);
      });
    });
    let exitCallback = this._exitCallback;
    proc.on("close", (code) => {
      code = code ?? 1, exitCallback ? exitCallback(
        new CommanderError(
          code,
          "commander.executeSubCommandAsync",
          "(close)"
        )
      ) : builtin4.exit(code);
    }), proc.on("error", (err) => {
      if (err.code === "ENOENT")
        this._checkForMissingExecutable(
          executableFile,
          executableDir,
          subcommand._name
        );
      else if (err.code === "EACCES")
        throw new Error(`'${executableFile}' not executable`);
      if (!exitCallback)
        builtin4.exit(1);
      else {
        let wrappedError = new CommanderError(
          1,
          "commander.executeSubCommandAsync",
          "(error)"
        );
        wrappedError.nestedError = err, exitCallback(wrappedError);
      }
    }), this.runningCommand = proc;
  }
  _dispatchSubcommand(commandName, operands, unknown) {
    let subCommand = this._findCommand(commandName);
    subCommand || this.help({ error: !0 }), subCommand._prepareForParse();
    let promiseChain;
    return promiseChain = this._chainOrCallSubCommandHook(
      promiseChain,
      subCommand,
      "preSubcommand"
    ), promiseChain = this._chainOrCall(promiseChain, () => {
      if (subCommand._executableHandler)
        this._executeSubCommand(subCommand, operands.concat(unknown));
      else
        return subCommand._parseCommand(operands, unknown);
    }), promiseChain;
  }
  _dispatchHelpCommand(subcommandName) {
    subcommandName || this.help();
    let subCommand = this._findCommand(subcommandName);
    return subCommand && !subCommand._executableHandler && subCommand.help(), this._dispatchSubcommand(
      subcommandName,
      [],
      [this._getHelpOption()?.long ?? this._getHelpOption()?.short ?? "--help"]
    );
  }
  _checkNumberOfArguments() {
    this.registeredArguments.forEach((arg, i) => {
      arg.required && this.args[i] == null && this.missingArgument(arg.name());
    }), !(this.registeredArguments.length > 0 && this.registeredArguments[this.registeredArguments.length - 1].variadic) && this.args.length > this.registeredArguments.length && this._excessArguments(this.args);
  }
  _processArguments() {
    let myParseArg = (argument, value, previous) => {
      let parsedValue = value;
      if (value !== null && argument.parseArg) {
        let invalidValueMessage = `error: command-argument value '${value}' is invalid for argument '${argument.name()}'.`;
        parsedValue = this._callParseArg(
          argument,
          value,
          previous,
          invalidValueMessage
        );
      }
      return parsedValue;
    };
    this._checkNumberOfArguments();
    let processedArgs = [];
    this.registeredArguments.forEach((declaredArg, index) => {
      let value = declaredArg.defaultValue;
      declaredArg.variadic ? index < this.args.length ? (value = this.args.slice(index), declaredArg.parseArg && (value = value.reduce((processed, v) => myParseArg(declaredArg, v, processed), declaredArg.defaultValue))) : value === void 0 && (value = []) : index < this.args.length && (value = this.args[index], declaredArg.parseArg && (value = myParseArg(declaredArg, value, declaredArg.defaultValue))), processedArgs[index] = value;
    }), this.processedArgs = processedArgs;
  }
  _chainOrCall(promise, fn) {
    return promise?.then && typeof promise.then == "function" ? promise.then(() => fn()) : fn();
  }
  _chainOrCallHooks(promise, event) {
    let result = promise, hooks = [];
    return this._getCommandAndAncestors().reverse().filter((cmd) => cmd._lifeCycleHooks[event] !== void 0).forEach((hookedCommand) => {
      hookedCommand._lifeCycleHooks[event].forEach((callback) => {
        hooks.push({ hookedCommand, callback });
      });
    }), event === "postAction" && hooks.reverse(), hooks.forEach((hookDetail) => {
      result = this._chainOrCall(result, () => hookDetail.callback(hookDetail.hookedCommand, this));
    }), result;
  }
  _chainOrCallSubCommandHook(promise, subCommand, event) {
    let result = promise;
    return this._lifeCycleHooks[event] !== void 0 && this._lifeCycleHooks[event].forEach((hook) => {
      result = this._chainOrCall(result, () => hook(this, subCommand));
    }), result;
  }
  _parseCommand(operands, unknown) {
    let parsed = this.parseOptions(unknown);
    if (this._parseOptionsEnv(), this._parseOptionsImplied(), operands = operands.concat(parsed.operands), unknown = parsed.unknown, this.args = operands.concat(unknown), operands && this._findCommand(operands[0]))
      return this._dispatchSubcommand(operands[0], operands.slice(1), unknown);
    if (this._getHelpCommand() && operands[0] === this._getHelpCommand().name())
      return this._dispatchHelpCommand(operands[1]);
    if (this._defaultCommandName)
      return this._outputHelpIfRequested(unknown), this._dispatchSubcommand(
        this._defaultCommandName,
        operands,
        unknown
      );
    this.commands.length && this.args.length === 0 && !this._actionHandler && !this._defaultCommandName && this.help({ error: !0 }), this._outputHelpIfRequested(parsed.unknown), this._checkForMissingMandatoryOptions(), this._checkForConflictingOptions();
    let checkForUnknownOptions = () => {
      parsed.unknown.length > 0 && this.unknownOption(parsed.unknown[0]);
    }, commandEvent = `command:${this.name()}`;
    if (this._actionHandler) {
      checkForUnknownOptions(), this._processArguments();
      let promiseChain;
      return promiseChain = this._chainOrCallHooks(promiseChain, "preAction"), promiseChain = this._chainOrCall(
        promiseChain,
        () => this._actionHandler(this.processedArgs)
      ), this.parent && (promiseChain = this._chainOrCall(promiseChain, () => {
        this.parent.emit(commandEvent, operands, unknown);
      })), promiseChain = this._chainOrCallHooks(promiseChain, "postAction"), promiseChain;
    }
    if (this.parent?.listenerCount(commandEvent))
      checkForUnknownOptions(), this._processArguments(), this.parent.emit(commandEvent, operands, unknown);
    else if (operands.length) {
      if (this._findCommand("*"))
        return this._dispatchSubcommand("*", operands, unknown);
      this.listenerCount("command:*") ? this.emit("command:*", operands, unknown) : this.commands.length ? this.unknownCommand() : (checkForUnknownOptions(), this._processArguments());
    } else this.commands.length ? (checkForUnknownOptions(), this.help({ error: !0 })) : (checkForUnknownOptions(), this._processArguments());
  }
  _findCommand(name) {
    if (name)
      return this.commands.find(
        (cmd) => cmd._name === name || cmd._aliases.includes(name)
      );
  }
  _findOption(arg) {
    return this.options.find((option) => option.is(arg));
  }
  _checkForMissingMandatoryOptions() {
    this._getCommandAndAncestors().forEach((cmd) => {
      cmd.options.forEach((anOption) => {
        anOption.mandatory && cmd.getOptionValue(anOption.attributeName()) === void 0 && cmd.missingMandatoryOptionValue(anOption);
      });
    });
  }
  _checkForConflictingLocalOptions() {
    let definedNonDefaultOptions = this.options.filter((option) => {
      let optionKey = option.attributeName();
      return this.getOptionValue(optionKey) === void 0 ? !1 : this.getOptionValueSource(optionKey) !== "default";
    });
    definedNonDefaultOptions.filter(
      (option) => option.conflictsWith.length > 0
    ).forEach((option) => {
      let conflictingAndDefined = definedNonDefaultOptions.find(
        (defined) => option.conflictsWith.includes(defined.attributeName())
      );
      conflictingAndDefined && this._conflictingOption(option, conflictingAndDefined);
    });
  }
  _checkForConflictingOptions() {
    this._getCommandAndAncestors().forEach((cmd) => {
      cmd._checkForConflictingLocalOptions();
    });
  }
  parseOptions(args) {
    let operands = [], unknown = [], dest = operands;
    function maybeOption(arg) {
      return arg.length > 1 && arg[0] === "-";
    }
    let negativeNumberArg = (arg) => /^-(\d+|\d*\.\d+)([eE][+-]?\d+)?$/.test(arg) ? !this._getCommandAndAncestors().some(
      (cmd) => cmd.options.map((opt) => opt.short).some((short) => /^-\d$/.test(short))
    ) : !1, activeVariadicOption = null, activeGroup = null, i = 0;
    for (; i < args.length || activeGroup; ) {
      let arg = activeGroup ?? args[i++];
      if (activeGroup = null, arg === "--") {
        dest === unknown && dest.push(arg), dest.push(...args.slice(i));
        break;
      }
      if (activeVariadicOption && (!maybeOption(arg) || negativeNumberArg(arg))) {
        this.emit(`option:${activeVariadicOption.name()}`, arg);
        continue;
      }
      if (activeVariadicOption = null, maybeOption(arg)) {
        let option = this._findOption(arg);
        if (option) {
          if (option.required) {
            let value = args[i++];
            value === void 0 && this.optionMissingArgument(option), this.emit(`option:${option.name()}`, value);
          } else if (option.optional) {
            let value = null;
            i < args.length && (!maybeOption(args[i]) || negativeNumberArg(args[i])) && (value = args[i++]), this.emit(`option:${option.name()}`, value);
          } else
            this.emit(`option:${option.name()}`);
          activeVariadicOption = option.variadic ? option : null;
          continue;
        }
      }
      if (arg.length > 2 && arg[0] === "-" && arg[1] !== "-") {
        let option = this._findOption(`-${arg[1]}`);
        if (option) {
          option.required || option.optional && this._combineFlagAndOptionalValue ? this.emit(`option:${option.name()}`, arg.slice(2)) : (this.emit(`option:${option.name()}`), activeGroup = `-${arg.slice(2)}`);
          continue;
        }
      }
      if (/^--[^=]+=/.test(arg)) {
        let index = arg.indexOf("="), option = this._findOption(arg.slice(0, index));
        if (option && (option.required || option.optional)) {
          this.emit(`option:${option.name()}`, arg.slice(index + 1));
          continue;
        }
      }
      if (dest === operands && maybeOption(arg) && !(this.commands.length === 0 && negativeNumberArg(arg)) && (dest = unknown), (this._enablePositionalOptions || this._passThroughOptions) && operands.length === 0 && unknown.length === 0) {
        if (this._findCommand(arg)) {
          operands.push(arg), unknown.push(...args.slice(i));
          break;
        } else if (this._getHelpCommand() && arg === this._getHelpCommand().name()) {
          operands.push(arg, ...args.slice(i));
          break;
        } else if (this._defaultCommandName) {
          unknown.push(arg, ...args.slice(i));
          break;
        }
      }
      if (this._passThroughOptions) {
        dest.push(arg, ...args.slice(i));
        break;
      }
      dest.push(arg);
    }
    return { operands, unknown };
  }
  opts() {
    if (this._storeOptionsAsProperties) {
      let result = {}, len = this.options.length;
      for (let i = 0; i < len; i++) {
        let key = this.options[i].attributeName();
        result[key] = key === this._versionOptionName ? this._version : this[key];
      }
      return result;
    }
    return this._optionValues;
  }
  optsWithGlobals() {
    return this._getCommandAndAncestors().reduce(
      (combinedOptions, cmd) => Object.assign(combinedOptions, cmd.opts()),
      {}
    );
  }
  error(message, errorOptions) {
    this._outputConfiguration.outputError(
      `${message}
`,
      this._outputConfiguration.writeErr
    ), typeof this._showHelpAfterError == "string" ? this._outputConfiguration.writeErr(`${this._showHelpAfterError}
`) : this._showHelpAfterError && (this._outputConfiguration.writeErr(`
`), this.outputHelp({ error: !0 }));
    let config = errorOptions || {}, exitCode2 = config.exitCode || 1, code = config.code || "commander.error";
    this._exit(exitCode2, code, message);
  }
  _parseOptionsEnv() {
    this.options.forEach((option) => {
      if (option.envVar && option.envVar in builtin4.env) {
        let optionKey = option.attributeName();
        (this.getOptionValue(optionKey) === void 0 || ["default", "config", "env"].includes(
          this.getOptionValueSource(optionKey)
        )) && (option.required || option.optional ? this.emit(`optionEnv:${option.name()}`, builtin4.env[option.envVar]) : this.emit(`optionEnv:${option.name()}`));
      }
    });
  }
  _parseOptionsImplied() {
    let dualHelper = new DualOptions(this.options), hasCustomOptionValue = (optionKey) => this.getOptionValue(optionKey) !== void 0 && !["default", "implied"].includes(this.getOptionValueSource(optionKey));
    this.options.filter(
      (option) => option.implied !== void 0 && hasCustomOptionValue(option.attributeName()) && dualHelper.valueFromOption(
        this.getOptionValue(option.attributeName()),
        option
      )
    ).forEach((option) => {
      Object.keys(option.implied).filter((impliedKey) => !hasCustomOptionValue(impliedKey)).forEach((impliedKey) => {
        this.setOptionValueWithSource(
          impliedKey,
          option.implied[impliedKey],
          "implied"
        );
      });
    });
  }
  missingArgument(name) {
    let message = `error: missing required argument '${name}'`;
    this.error(message, { code: "commander.missingArgument" });
  }
  optionMissingArgument(option) {
    let message = `error: option '${option.flags}' argument missing`;
    this.error(message, { code: "commander.optionMissingArgument" });
  }
  missingMandatoryOptionValue(option) {
    let message = `error: required option '${option.flags}' not specified`;
    this.error(message, { code: "commander.missingMandatoryOptionValue" });
  }
  _conflictingOption(option, conflictingOption) {
    let findBestOptionFromValue = (option2) => {
      let optionKey = option2.attributeName(), optionValue = this.getOptionValue(optionKey), negativeOption = this.options.find(
        (target) => target.negate && optionKey === target.attributeName()
      ), positiveOption = this.options.find(
        (target) => !target.negate && optionKey === target.attributeName()
      );
      return negativeOption && (negativeOption.presetArg === void 0 && optionValue === !1 || negativeOption.presetArg !== void 0 && optionValue === negativeOption.presetArg) ? negativeOption : positiveOption || option2;
    }, getErrorMessage = (option2) => {
      let bestOption = findBestOptionFromValue(option2), optionKey = bestOption.attributeName();
      return this.getOptionValueSource(optionKey) === "env" ? `environment variable '${bestOption.envVar}'` : `option '${bestOption.flags}'`;
    }, message = `error: ${getErrorMessage(option)} cannot be used with ${getErrorMessage(conflictingOption)}`;
    this.error(message, { code: "commander.conflictingOption" });
  }
  unknownOption(flag) {
    if (this._allowUnknownOption) return;
    let suggestion = "";
    if (flag.startsWith("--") && this._showSuggestionAfterError) {
      let candidateFlags = [], command2 = this;
      do {
        let moreFlags = command2.createHelp().visibleOptions(command2).filter((option) => option.long).map((option) => option.long);
        candidateFlags = candidateFlags.concat(moreFlags), command2 = command2.parent;
      } while (command2 && !command2._enablePositionalOptions);
      suggestion = suggestSimilar(flag, candidateFlags);
    }
    let message = `error: unknown option '${flag}'${suggestion}`;
    this.error(message, { code: "commander.unknownOption" });
  }
  _excessArguments(receivedArgs) {
    if (this._allowExcessArguments) return;
    let expected = this.registeredArguments.length, s = expected === 1 ? "" : "s", received = receivedArgs.length, forSubcommand = this.parent ? ` for '${this.name()}'` : "", details = receivedArgs.join(", "), message = `error: too many arguments${forSubcommand}. Expected ${expected} argument${s} but got ${received}: ${details}.`;
    this.error(message, { code: "commander.excessArguments" });
  }
  unknownCommand() {
    let unknownName = this.args[0], suggestion = "";
    if (this._showSuggestionAfterError) {
      let candidateNames = [];
      this.createHelp().visibleCommands(this).forEach((command2) => {
        candidateNames.push(command2.name()), command2.alias() && candidateNames.push(command2.alias());
      }), suggestion = suggestSimilar(unknownName, candidateNames);
    }
    let message = `error: unknown command '${unknownName}'${suggestion}`;
    this.error(message, { code: "commander.unknownCommand" });
  }
  version(str, flags, description) {
    if (str === void 0) return this._version;
    this._version = str, flags = flags || "-V, --version", description = description || "output the version number";
    let versionOption = this.createOption(flags, description);
    return this._versionOptionName = versionOption.attributeName(), this._registerOption(versionOption), this.on("option:" + versionOption.name(), () => {
      this._outputConfiguration.writeOut(`${str}
`), this._exit(0, "commander.version", str);
    }), this;
  }
  description(str, argsDescription) {
    return str === void 0 && argsDescription === void 0 ? this._description : (this._description = str, argsDescription && (this._argsDescription = argsDescription), this);
  }
  summary(str) {
    return str === void 0 ? this._summary : (this._summary = str, this);
  }
  alias(alias) {
    if (alias === void 0) return this._aliases[0];
    let command2 = this;
    if (this.commands.length !== 0 && this.commands[this.commands.length - 1]._executableHandler && (command2 = this.commands[this.commands.length - 1]), alias === command2._name)
      throw new Error("Command alias can't be the same as its name");
    let matchingCommand = this.parent?._findCommand(alias);
    if (matchingCommand) {
      let existingCmd = [matchingCommand.name()].concat(matchingCommand.aliases()).join("|");
      throw new Error(
        `cannot add alias '${alias}' to command '${this.name()}' as already have command '${existingCmd}'`
      );
    }
    return command2._aliases.push(alias), this;
  }
  aliases(aliases) {
    return aliases === void 0 ? this._aliases : (aliases.forEach((alias) => this.alias(alias)), this);
  }
  usage(str) {
    if (str === void 0) {
      if (this._usage) return this._usage;
      let args = this.registeredArguments.map((arg) => humanReadableArgName(arg));
      return [].concat(
        this.options.length || this._helpOption !== null ? "[options]" : [],
        this.commands.length ? "[command]" : [],
        this.registeredArguments.length ? args : []
      ).join(" ");
    }
    return this._usage = str, this;
  }
  name(str) {
    return str === void 0 ? this._name : (this._name = str, this);
  }
  helpGroup(heading) {
    return heading === void 0 ? this._helpGroupHeading ?? "" : (this._helpGroupHeading = heading, this);
  }
  commandsGroup(heading) {
    return heading === void 0 ? this._defaultCommandGroup ?? "" : (this._defaultCommandGroup = heading, this);
  }
  optionsGroup(heading) {
    return heading === void 0 ? this._defaultOptionGroup ?? "" : (this._defaultOptionGroup = heading, this);
  }
  _initOptionGroup(option) {
    this._defaultOptionGroup && !option.helpGroupHeading && option.helpGroup(this._defaultOptionGroup);
  }
  _initCommandGroup(cmd) {
    this._defaultCommandGroup && !cmd.helpGroup() && cmd.helpGroup(this._defaultCommandGroup);
  }
  nameFromFilename(filename) {
    return this._name = builtin2.basename(filename, builtin2.extname(filename)), this;
  }
  executableDir(path) {
    return path === void 0 ? this._executableDir : (this._executableDir = path, this);
  }
  helpInformation(contextOptions) {
    let helper = this.createHelp(), context = this._getOutputContext(contextOptions);
    helper.prepareContext({
      error: context.error,
      helpWidth: context.helpWidth,
      outputHasColors: context.hasColors
    });
    let text = helper.formatHelp(this, helper);
    return context.hasColors ? text : this._outputConfiguration.stripColor(text);
  }
  _getOutputContext(contextOptions) {
    contextOptions = contextOptions || {};
    let error = !!contextOptions.error, baseWrite, hasColors, helpWidth;
    return error ? (baseWrite = (str) => this._outputConfiguration.writeErr(str), hasColors = this._outputConfiguration.getErrHasColors(), helpWidth = this._outputConfiguration.getErrHelpWidth()) : (baseWrite = (str) => this._outputConfiguration.writeOut(str), hasColors = this._outputConfiguration.getOutHasColors(), helpWidth = this._outputConfiguration.getOutHelpWidth()), { error, write: (str) => (hasColors || (str = this._outputConfiguration.stripColor(str)), baseWrite(str)), hasColors, helpWidth };
  }
  outputHelp(contextOptions) {
    let deprecatedCallback;
    typeof contextOptions == "function" && (deprecatedCallback = contextOptions, contextOptions = void 0);
    let outputContext = this._getOutputContext(contextOptions), eventContext = {
      error: outputContext.error,
      write: outputContext.write,
      command: this
    };
    this._getCommandAndAncestors().reverse().forEach((command2) => command2.emit("beforeAllHelp", eventContext)), this.emit("beforeHelp", eventContext);
    let helpInformation = this.helpInformation({ error: outputContext.error });
    if (deprecatedCallback && (helpInformation = deprecatedCallback(helpInformation), typeof helpInformation != "string" && !Buffer.isBuffer(helpInformation)))
      throw new Error("outputHelp callback must return a string or a Buffer");
    outputContext.write(helpInformation), this._getHelpOption()?.long && this.emit(this._getHelpOption().long), this.emit("afterHelp", eventContext), this._getCommandAndAncestors().forEach(
      (command2) => command2.emit("afterAllHelp", eventContext)
    );
  }
  helpOption(flags, description) {
    return typeof flags == "boolean" ? (flags ? (this._helpOption === null && (this._helpOption = void 0), this._defaultOptionGroup && this._initOptionGroup(this._getHelpOption())) : this._helpOption = null, this) : (this._helpOption = this.createOption(
      flags ?? "-h, --help",
      description ?? "display help for command"
    ), (flags || description) && this._initOptionGroup(this._helpOption), this);
  }
  _getHelpOption() {
    return this._helpOption === void 0 && this.helpOption(void 0, void 0), this._helpOption;
  }
  addHelpOption(option) {
    return this._helpOption = option, this._initOptionGroup(option), this;
  }
  help(contextOptions) {
    this.outputHelp(contextOptions);
    let exitCode2 = Number(builtin4.exitCode ?? 0);
    exitCode2 === 0 && contextOptions && typeof contextOptions != "function" && contextOptions.error && (exitCode2 = 1), this._exit(exitCode2, "commander.help", "(outputHelp)");
  }
  addHelpText(position, text) {
    let allowedValues = ["beforeAll", "before", "after", "afterAll"];
    if (!allowedValues.includes(position))
      throw new Error(`Unexpected value for position to addHelpText.
Expecting one of '${allowedValues.join("', '")}'`);
    let helpEvent = `${position}Help`;
    return this.on(helpEvent, (context) => {
      let helpStr;
      typeof text == "function" ? helpStr = text({ error: context.error, command: context.command }) : helpStr = text, helpStr && context.write(`${helpStr}
`);
    }), this;
  }
  _outputHelpIfRequested(args) {
    let helpOption = this._getHelpOption();
    helpOption && args.find((arg) => helpOption.is(arg)) && (this.outputHelp(), this._exit(0, "commander.helpDisplayed", "(outputHelp)"));
  }
};
function incrementNodeInspectorPort(args) {
  return args.map((arg) => {
    if (!arg.startsWith("--inspect"))
      return arg;
    let debugOption, debugHost = "127.0.0.1", debugPort = "9229", match;
    return (match = arg.match(/^(--inspect(-brk|-wait)?)$/)) !== null ? debugOption = match[1] : (match = arg.match(
      /^(--inspect(-brk|-port|-wait)?)=(\[[^\]]+\]|[^:]+)$/
    )) !== null ? (debugOption = match[1], /^\d+$/.test(match[3]) ? debugPort = match[3] : debugHost = match[3]) : (match = arg.match(
      /^(--inspect(-brk|-port|-wait)?)=(\[[^\]]+\]|[^:]+):(\d+)$/
    )) !== null && (debugOption = match[1], debugHost = match[3], debugPort = match[4]), debugOption && debugPort !== "0" ? `${debugOption}=${debugHost}:${parseInt(debugPort) + 1}` : arg;
  });
}
function useColor() {
  if (builtin4.env.NO_COLOR || builtin4.env.FORCE_COLOR === "0" || builtin4.env.FORCE_COLOR === "false")
    return !1;
  if (builtin4.env.FORCE_COLOR || builtin4.env.CLICOLOR_FORCE !== void 0)
    return !0;
}

var program = new Command();

var BUNDLE_TYPE = /^application\/vnd\.dev\.sigstore\.bundle(?:\.v\d+\.\d+\+json|\+json;version=\d+\.\d+)$/, NO_API_STATUSES = [400, 405, 406, 501], EMPTY_TYPE = "application/vnd.oci.empty.v1+json", MAX_REFERRERS = 1e3, MAX_CONCURRENT = 8, MAX_PAGES = 20, sizeShape = int().min(0), listedShape = looseObject({
  digest: digestShape,
  size: sizeShape,
  artifactType: string().nullish(),
  mediaType: string().nullish()
}), indexShape = object({ manifests: array(listedShape).max(1e4) }), artifactShape = object({
  subject: object({ digest: digestShape }),
  layers: array(object({ mediaType: string(), digest: digestShape, size: sizeShape })).max(100)
});
async function readReferrers({ tag: _, ...name }, options) {
  let where = `${name.registry}/${name.repository}`, request = openRepository({ ...name, tag: null }, options), listedReferrers = await listByApi(request, name.digest, where), by = listedReferrers === null ? "tag" : "referrers API", bundleManifests = (listedReferrers ?? await listByTag(request, name.digest, where)).filter(
    ({ artifactType }) => !artifactType || artifactType === EMPTY_TYPE || BUNDLE_TYPE.test(artifactType)
  );
  if (bundleManifests.length > MAX_REFERRERS) {
    let what = `the registry lists ${bundleManifests.length} documents about the image, over the limit of ${MAX_REFERRERS}`;
    throw malformedAnswer(what, where);
  }
  let bundles = [];
  for (let at2 = 0; at2 < bundleManifests.length; at2 += MAX_CONCURRENT) {
    let batch = bundleManifests.slice(at2, at2 + MAX_CONCURRENT).map((listed) => bundlesOf(request, listed.digest, name.digest, where));
    bundles.push(...(await Promise.all(batch)).flat());
  }
  return { bundles, by };
}
async function listByApi(request, subjectDigest, where) {
  let referrers = [], path = `referrers/${subjectDigest}`;
  for (let page = 0; path !== null; page++) {
    if (page === MAX_PAGES)
      throw malformedAnswer("the list of referrers has too many pages", where);
    let requested = path, answer = await request("GET", requested, MANIFEST_TYPES).catch((error) => {
      let isWithoutApi = error instanceof RegistryStatusError && NO_API_STATUSES.includes(error.status);
      if (page === 0 && (isWithoutApi || hasCode(error, "registry-not-found")))
        return null;
      throw error;
    });
    if (answer === null)
      return null;
    referrers.push(...parseShape(indexShape, await registryText(answer), where, INDEX_KEYS).manifests), path = nextPage(answer.headers.link, answer.url, requested, where);
  }
  return referrers;
}
function nextPage(link, url, requested, where) {
  let [, target] = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(link ?? "") ?? [];
  if (target === void 0)
    return null;
  let addressOf = ({ origin, pathname }) => origin + pathname, nextUrl = URL.parse(target, url);
  if (nextUrl === null || addressOf(nextUrl) !== addressOf(new URL(url)))
    throw malformedAnswer("the next page of the list of referrers is at a different address", where);
  return `${requested.split("?", 1)[0]}${nextUrl.search}`;
}
async function listByTag(request, subjectDigest, where) {
  let path = `manifests/${subjectDigest.replace(":", "-")}`, answer = await request("GET", path, MANIFEST_TYPES).catch(ifNotFound(null));
  return answer === null ? [] : parseShape(indexShape, await registryText(answer), where, INDEX_KEYS).manifests;
}
async function bundlesOf(request, manifest, subject, where) {
  let location = `${where}@${manifest}`, text = await nullIfUnreadable(
    () => readDigest(request, `manifests/${manifest}`, MANIFEST_TYPES, where)
  ), artifact = artifactShape.safeParse(text === null ? null : jsonIn(text));
  if (!artifact.success || artifact.data.subject.digest !== subject)
    return [];
  let bundles = [];
  for (let layer of artifact.data.layers.filter(({ mediaType }) => BUNDLE_TYPE.test(mediaType))) {
    let bundle = await nullIfUnreadable(() => readDigest(request, `blobs/${layer.digest}`, "*/*", where));
    bundles.push({ text: bundle, where: location });
  }
  return bundles;
}
async function nullIfUnreadable(read2) {
  try {
    return await read2();
  } catch (error) {
    if (hasCode(error, "registry-not-found", "registry-malformed", "answer-too-large"))
      return null;
    throw error;
  }
}

var MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json", INDEX_TYPE = "application/vnd.oci.image.index.v1+json", BUNDLE_TYPE2 = "application/vnd.dev.sigstore.bundle.v0.3+json", MAX_WRITES = 5, PAUSE_MS = 200;
async function attachBundle(name, { bundle, predicateType }, options) {
  let where = `${name.registry}/${name.repository}`, connection = openForPush({ ...name, tag: null }, options), subjectPath = `manifests/${name.digest}`, subjectManifest = await readDigest(connection.request, subjectPath, MANIFEST_TYPES, where), config = await pushBlob(connection, EMPTY_TYPE, "{}"), layer = await pushBlob(connection, BUNDLE_TYPE2, bundle), annotations = {
    "dev.sigstore.bundle.content": "dsse-envelope",
    "dev.sigstore.bundle.predicateType": predicateType
  }, artifact = {
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    artifactType: BUNDLE_TYPE2,
    config,
    layers: [layer],
    subject: { ...descriptorOf(typeOf(subjectManifest), subjectManifest), digest: name.digest },
    annotations
  }, manifest = JSON.stringify(artifact), pushed = { ...descriptorOf(MANIFEST_TYPE, manifest), artifactType: BUNDLE_TYPE2, annotations };
  await connection.write("PUT", `manifests/${pushed.digest}`, { type: MANIFEST_TYPE, body: manifest });
  let hasReferrersApi = await listByApi(connection.request, name.digest, where) !== null;
  for (let write = 1; ; write++) {
    hasReferrersApi || await addToTagList(connection, name.digest, pushed, where);
    let { bundles } = await readReferrers(name, options);
    if (bundles.some(({ text }) => text === bundle))
      return;
    if (write === MAX_WRITES) {
      let what = `${pushed.digest} was pushed, but the registry does not list it for the image`;
      throw new SeaworthyError({ code: "attach-not-proven", what, where: `${where}@${name.digest}` });
    }
    await of_setTimeout(PAUSE_MS * write, void 0, { signal: options.signal });
  }
}
async function addToTagList({ request, write }, subjectDigest, pushed, where) {
  let existing = await listByTag(request, subjectDigest, where);
  if (existing.some(({ digest: digest2 }) => digest2 === pushed.digest))
    return;
  let body = JSON.stringify({ schemaVersion: 2, mediaType: INDEX_TYPE, manifests: [...existing, pushed] });
  await write("PUT", `manifests/${subjectDigest.replace(":", "-")}`, { type: INDEX_TYPE, body });
}
async function pushBlob({ write }, type, text) {
  let blob = descriptorOf(type, text), contentType = "application/octet-stream", { headers, url } = await write("POST", "blobs/uploads/", { type: contentType, body: "" }), uploadUrl = URL.parse(headers.location ?? "", url);
  if (uploadUrl === null) {
    let what = "the registry names no address for an upload";
    throw new SeaworthyError({ code: "registry-malformed", what, where: url });
  }
  return uploadUrl.searchParams.set("digest", blob.digest), await write("PUT", uploadUrl.href, { type: contentType, body: text }), blob;
}
function descriptorOf(mediaType, text) {
  return { mediaType, digest: sha256Of(text), size: Buffer.byteLength(text) };
}
function typeOf(text) {
  let document = jsonIn(text);
  if (!isRecord(document))
    return MANIFEST_TYPE;
  let { mediaType } = document;
  return typeof mediaType == "string" ? mediaType : "manifests" in document ? INDEX_TYPE : MANIFEST_TYPE;
}

var import_semver = __toESM(require_semver(), 1);
var sha256 = object({ sha256: string().regex(/^[0-9a-f]{64}$/) }), digest = string().regex(/^sha256:[0-9a-f]{64}$/), OLDER_STATEMENT_TYPE = "https://in-toto.io/Statement/v0.1", statementShape = object({
  _type: _enum([STATEMENT_TYPE, OLDER_STATEMENT_TYPE]),
  subject: array(object({ name: string().optional(), digest: sha256 })).min(1),
  predicateType: literal(VSA_TYPE),
  predicate: object({
    verifier: object({ id: string(), version: object({ seaworthy: string() }) }),
    timeVerified: iso_exports.datetime(),
    resourceUri: string(),
    policy: object({ digest: sha256 }),
    verificationResult: _enum(["PASSED", "FAILED"]),
    verifiedLevels: array(string()).min(1),
    [VERDICT_KEY]: object({
      images: array(object({ platform: string().nullable(), configDigest: digest.nullable() })).min(1)
    })
  })
}).transform(({ subject, predicate }) => ({
  subjects: subject.map((one) => `sha256:${one.digest.sha256}`),
  verifier: { id: predicate.verifier.id, version: predicate.verifier.version.seaworthy },
  time: Date.parse(predicate.timeVerified),
  resourceUri: predicate.resourceUri,
  policyDigest: `sha256:${predicate.policy.digest.sha256}`,
  result: predicate.verificationResult,
  levels: predicate.verifiedLevels,
  configs: predicate[VERDICT_KEY].images.flatMap(({ configDigest }) => configDigest ?? [])
}));
function readAttestedVerdict(payloadType, payload) {
  let { data = null } = statementShape.safeParse(jsonInFile(payload));
  return payloadType === "application/vnd.in-toto+json" ? data : null;
}
var HOUR_MS = 36e5, SKEW_MS = 5 * 6e4;
function checkVerdict(verdict, wanted) {
  return [
    configCheck(verdict, wanted),
    resourceCheck(verdict, wanted),
    policyCheck(verdict, wanted),
    ageCheck(verdict, wanted),
    versionCheck(verdict, wanted),
    resultCheck(verdict, wanted)
  ];
}
function checked(name, isOk, text, refusal) {
  return isOk ? { name, state: "ok", text } : { name, state: "refused", text: refusal };
}
function configCheck({ configs }, wanted) {
  let other = wanted.configs.find((config) => config === null || !configs.includes(config));
  return checked(
    "config",
    other === void 0 && wanted.configs.length > 0,
    wanted.configs.join(", "),
    `the registry now has ${other ?? "no image"} under this name, but the verdict does not cover it`
  );
}
function isResource({ resourceUri, configs }, wanted) {
  let purl = parsePurl(resourceUri);
  return purl === null ? configs.some((config) => resourceUri === `urn:${config}`) : purl.type === "oci" && purl.qualifiers.get("repository_url") === wanted;
}
function resourceCheck(verdict, { resource }) {
  let refusal = `the image was judged as ${verdict.resourceUri}, not as ${resource}; if this is a copy, specify the original with --resource`;
  return checked("resource", isResource(verdict, resource), verdict.resourceUri, refusal);
}
function policyCheck({ policyDigest: policyDigest2 }, wanted) {
  if (wanted.policyDigest === null)
    return { name: "policy", state: "unchecked", text: `${policyDigest2}; to check it, pass --policy or --policy-digest` };
  let refusal = `the image was judged by policy ${policyDigest2}, not by ${wanted.policyDigest}`;
  return checked("policy", policyDigest2 === wanted.policyDigest, policyDigest2, refusal);
}
function ageCheck({ time }, { now, mostHours }) {
  let at2 = new Date(time).toISOString();
  if (time > now + SKEW_MS)
    return { name: "age", state: "refused", text: `the verdict is dated ${at2}, which is in the future` };
  let text = `${Math.max(0, Math.floor((now - time) / HOUR_MS))} h old (${at2}); the limit is ${mostHours} h`;
  return checked("age", now - time <= mostHours * HOUR_MS, text, `the verdict is ${text} (--max-age)`);
}
function versionCheck({ verifier }, { leastVersion }) {
  let name = "verifier", { id, version } = verifier;
  if (id !== VERIFIER_ID)
    return { name, state: "refused", text: `the image was judged by ${id}, not by ${VERIFIER_ID}` };
  if (leastVersion === null)
    return { name, state: "unchecked", text: `${version}; to check it, pass --min-version` };
  let refusal = `the image was judged by version ${version}, but the minimum is ${leastVersion}`;
  return checked(name, (0, import_semver.valid)(version) !== null && (0, import_semver.gte)(version, leastVersion), version, refusal);
}
function resultCheck({ result, levels }, { strict }) {
  let name = "result", results = [result, ...levels].join(" ");
  if (result !== "PASSED" || !levels.includes(PASS_LEVEL))
    return { name, state: "refused", text: results };
  let refusal = `${results}: with --strict, ${PASS_LEVEL} must be the only level`;
  return checked(name, !strict || levels.length === 1, results, refusal);
}

var REQUEST_MS = 3e4;
async function attestVerdict(verdict, attestable, { signer, reportDir }, { signal, progress }) {
  if (verdict.verdict === "incomplete")
    throw notSigned("the verdict is incomplete", "fix what kept a check from answering, and run again");
  let statement = attestable === null ? null : statementText(verdict, attestable), attested = statement === null ? null : readAttestedVerdict(PAYLOAD_TYPE, statement), name = parseReference(attestable?.inRegistry?.repository ?? "");
  if (statement === null || attested === null || name === null)
    throw notSigned(
      "the judged image's manifest in the registry is not known",
      "name the image by its digest in the registry, or push it with --push judged"
    );
  progress("signing the verdict");
  let { envelope, bundle } = await signStatement(statement, signer, signal), file = reportDir === "" ? null : of_join(reportDir, ENVELOPE);
  file !== null && writeText(file, envelope);
  let options = { logins: dockerLogins(), signal, timeoutMs: REQUEST_MS };
  for (let digest2 of attested.subjects)
    progress(`attaching the verdict to ${digest2}`), await attachBundle({ ...name, digest: digest2 }, { bundle, predicateType: VSA_TYPE }, options);
  let repository = `${name.registry}/${name.repository}`;
  return { result: attested.result, repository, digests: attested.subjects, file };
}
function notSigned(why, todo) {
  return new SeaworthyError({ code: "not-signed", what: `nothing was signed: ${why}`, where: "attest", todo });
}

var IMAGE_FORMS = "an image in the Docker engine, an archive (docker save or OCI layout), or registry:NAME, read from its registry";
function inputsOf(flags) {
  return (name) => {
    let camel = name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase()), value = flags[camel];
    return name === "clair-psk" && value === void 0 ? process.env.SEAWORTHY_CLAIR_PSK ?? "" : value === void 0 ? "" : String(value);
  };
}
function addInputs(command2, isTaken) {
  for (let input of INPUTS.filter(isTaken))
    command2.addOption(optionOf(input));
}
function optionOf({ name, group, value, help, default: fallback }) {
  let isSwitch = value === null || value === "BOOLEAN", option = new Option(isSwitch ? `--${name}` : `--${name} <${value}>`, help).helpGroup(group);
  return isSwitch ? option : (fallback !== "" && option.default(fallback), option.argParser((text, before) => Array.isArray(before) ? before : text));
}
function printUsage(command2, above = []) {
  let path = [...above, command2.name()];
  command2.configureOutput({ outputError: (text, write) => write(usageProblem(text, path.join(" "))) });
  for (let child of command2.commands)
    printUsage(child, path);
}
function usageProblem(text, name) {
  let [what = "", guess = ""] = text.replace(/^error: /, "").trimEnd().split(`
`), struck = STRUCK_INPUTS.get(/^unknown option '--([a-z-]+)/.exec(what)?.[1] ?? ""), suggestion = /^\(Did you mean (.+)\?\)$/.exec(guess)?.[1], advice = `${suggestion === void 0 ? "" : `did you mean ${suggestion}? `}for the full list, run ${name} --help`;
  return renderProblem({ code: "bad-input", what, where: name, todo: struck ?? advice }, documentsHere(process.env));
}
function refuseSwitchValues(images) {
  let value = images.find((image) => image === "true" || image === "false");
  if (value === void 0)
    return;
  let what = `"${value}" would be taken as an image name, because a switch such as --offline takes no value`, todo = value === "true" ? 'leave "true" out' : 'leave out both "false" and the switch before it';
  throw new SeaworthyError({ code: "bad-input", what, where: "seaworthy scan", todo });
}
function otherPush(value, who) {
  let what = `push: ${value} is not valid for this command: ${who}`;
  return new SeaworthyError({ code: "bad-input", what, where: "flags" });
}

var NOT_JUDGED = 2;
async function scanImages(images, inputs, uncaught, afterwards = null) {
  refuseSwitchValues(images);
  let { request, judging } = readScan(images, inputs, (  new Date()).toISOString().slice(0, 10));
  if (removeReports(judging.reportDir), request.push.push === "patched")
    throw otherPush("patched", 'only "seaworthy update" makes and pushes a patched image');
  let screen = terminal(), signal = abortOnSignals(uncaught);
  try {
    let progress = judging.debug ? timed(screen.progress) : screen.progress, context = { ...screen, progress, runId: newRunId(), signal }, verdict = await runGate(request, judging, context), isOffline = request.feeds.offline && afterwards === null, options = { ...request.push, isOffline }, registry = await publishImages(verdict, options, context), { inRegistry, problem } = registry, attestable = attestableOf(judging, inRegistry[0] ?? null), code = report(verdict, judging, inputs, attestable);
    for (let line2 of pushedLines(options, registry))
      progressStream(inputs).write(`${line2}
`);
    return problem === null ? afterwards === null ? code : await afterwards(verdict, attestable, judging, context) : (screen.done(), process.stderr.write(renderProblem(problem, documentsHere(process.env))), code === 0 || afterwards !== null ? NOT_JUDGED : code);
  } finally {
    screen.done();
  }
}
function progressStream(inputs) {
  return inputs("format") === "" ? process.stdout : process.stderr;
}
function report(verdict, { reportDir }, inputs, attestable = null) {
  let pages = documentsAddress(process.env), paths = reportDir === "" ? [] : writeReports(reportDir, verdict, pages, attestable), format = inputs("format");
  if (format !== "")
    return process.stdout.write(renderFormat(format, verdict, pages)), exitCode(verdict);
  let { colour, width } = terminal(), verbose = inputs("verbose") === "true", text = renderTerminal(verdict, { colour, width, verbose, pages: documentsHere(process.env) });
  return process.stdout.write(`${text}
${reportLine(paths)}`), exitCode(verdict);
}

var HELP = `
Judges the image as "seaworthy scan" does, signs the verdict (a fail as FAILED), and attaches it to the image in its
registry. Name the image by digest or as registry:NAME, or push it with --push judged. What is signed is this run's
verdict, never a report in a folder. An encrypted key's password is read from SEAWORTHY_KEY_PASSWORD. The command after
exec: gets what is to be signed on standard input, and prints the signature (ECDSA with SHA-256, ASN.1 DER) in base64.
Exit: 0 attested as PASSED, 1 attested as FAILED, 2 nothing was attested.

Example:
  seaworthy attest ghcr.io/acme/app@sha256:… --key env://VERDICT_KEY`, CHANGES = [
  "CI_MERGE_REQUEST_IID",
  "CI_EXTERNAL_PULL_REQUEST_IID",
  "CHANGE_ID",
  "SYSTEM_PULLREQUEST_PULLREQUESTID",
  "BITBUCKET_PR_ID",
  "CIRCLE_PULL_REQUEST",
  "BUILDKITE_PULL_REQUEST",
  "TRAVIS_PULL_REQUEST",
  "DRONE_PULL_REQUEST",
  "CI_COMMIT_PULL_REQUEST"
];
function addAttest(program2, uncaught) {
  let command2 = program2.command("attest").description("judge an image, sign the verdict with a key, and attach it to the image in its registry").argument(
    "<image>",
    "the image with its digest, registry:NAME, or an image in the Docker engine with --push judged"
  ).requiredOption(
    "--key <KEY>",
    "PKCS#8 key (ECDSA P-256): a file, env://NAME, or exec:COMMAND, which signs"
  ).option("--public-key <FILE>", "public key of the command in --key exec:COMMAND, in PEM").addHelpText("after", HELP).action(async (image, flags) => {
    process.exitCode = await attestImage(image, flags, inputsOf(flags), uncaught);
  });
  addInputs(command2, ({ where, name }) => where.includes("scan") && name !== "today");
}
async function attestImage(image, flags, inputs, uncaught) {
  let signer = await signerOf(flags), { source, name } = sourceOf(image);
  if (source !== "registry" && parseReference(name)?.digest == null && inputs("push") !== "judged")
    throw badInput("image: specify it by its digest, read it from its registry (registry:NAME), or push it with --push judged; only what is in a registry can be attested");
  return scanImages([image], inputs, uncaught, async (verdict, attestable, { reportDir }, around) => {
    let attested = await attestVerdict(verdict, attestable, { signer, reportDir }, around), { result, repository, digests, file } = attested, lines2 = [
      ...digests.map((digest2) => `attested ${result}: ${repository}@${digest2}`),
      ...file === null ? [] : [`envelope: ${file}`]
    ];
    return progressStream(inputs).write(`${lines2.join(`
`)}
`), result === "PASSED" ? 0 : 1;
  });
}
async function signerOf(flags) {
  let { openKey, readPublicKey } = await import("./chunk-io-sigstore-key.js"), { key, publicKey } = flags, source = String(key);
  if (isProposedChange(process.env)) {
    let what = "nothing was judged: this run is about a pull request, whose author must not get a signed verdict", todo = 'use "seaworthy scan" for pull requests, and let only runs of protected branches and tags have the key';
    throw new SeaworthyError({ code: "not-signed", what, where: "--key", todo });
  }
  if (publicKey !== void 0 && !source.startsWith("exec:"))
    throw badInput("public-key: only --key exec:COMMAND needs it");
  let readKey = publicKey === void 0 ? null : readPublicKey(String(publicKey), "--public-key");
  return openKey(source, readKey, process.env);
}
function isProposedChange(env) {
  return /^(?:pull_request|merge_group)/.test(env.GITHUB_EVENT_NAME ?? "") || CHANGES.some((name) => !["", "false", void 0].includes(env[name]));
}
function badInput(what) {
  return new SeaworthyError({ code: "bad-input", what, where: "flags" });
}

function recordDictionary(text, results, about) {
  let dictionary = readDictionary(text, about.file, { limit: about }), all = compareResults(results, dictionary, about), isWithoutExpired = (id) => entryFor(dictionary, id, about.reference, about.today).expired === null, compared = all.filter(isDifference).filter(({ id }) => isWithoutExpired(id)), freed = withoutNeedless(text, compared, dictionary, about), unresolved = compared.filter(({ id }) => !freed.ids.has(id)), { owner, reason } = about, edit = (worse2, signed) => withResults(freed.text, unresolved, dictionary, about, { worse: worse2, ...signed }), worse = worseIn(
    edit(new Set(unresolved.map(({ id }) => id)), SOMEBODY),
    unresolved,
    dictionary,
    about
  ), filled = edit(worse, SOMEBODY), recorded = readDictionary(filled, about.file, { limit: about }), blocking = compareResults(results, recorded, about).filter(({ blocks }) => blocks), unfit = blocking.filter(
    ({ id, outcome }) => CHANGED.has(outcome) && compared.some((one) => one.id === id)
  );
  if (unfit.length > 0)
    throw notExpected(unfit, about.file);
  let unchangedTexts = blocking.map((one) => `${one.id} is left unchanged: ${becauseText(one)}`), empty = [...owner === "" ? ["owner"] : [], ...reason === "" ? ["reason"] : []].join(" and "), isOpen = (one) => empty !== "" && worse.has(one.id) && unresolved.includes(one), accepted = compared.filter(isOpen).map((one) => {
    let line2 = entryFor(recorded, one.id, about.reference, about.today).entry?.place.line;
    return `${changeOf(one)}; fill in ${empty} (${about.file}:${line2})`;
  }), changes = compared.filter((one) => !isOpen(one)).map(changeOf);
  return { text: edit(worse, { owner, reason }), changes, left: unchangedTexts, accepted };
}
var SOMEBODY = { owner: "somebody", reason: "somebody" }, CHANGED =   new Set(["worse", "better", "new"]);
function isDifference(one) {
  let { id, blocks, outcome, reported } = one;
  return id !== START_TEST && blocks && CHANGED.has(outcome) && reported?.word != null;
}
function changeOf(comparison) {
  let { id, reported, outcome } = comparison;
  return outcome === "new" ? `${id}: added, ${reported.word}` : `${id}: ${becauseText(comparison)}`;
}
function worseIn(text, compared, dictionary, about) {
  let recorded = readDictionary(text, about.file), isLine = (id) => {
    let entry = recorded.entries.find((one) => one.id === id), baseEntry = recorded.extended?.entries.find((one) => one.id === id);
    return entry !== void 0 && baseEntry !== void 0 && acceptsMore(entry, baseEntry);
  };
  return new Set(
    compared.flatMap(({ id, result }) => isWorse(result, dictionary, about) || isLine(id) ? [id] : [])
  );
}
function withoutNeedless(text, compared, { extended }, about) {
  let { root } = readYaml(text, about.file), fits = ({ result, entry }) => extended !== null && isOwnLine(entry) && compareResults([result], extended, about).some(
    ({ id, outcome }) => id === result.id && outcome === "match"
  ), redundant = compared.filter(fits), ids = new Set(redundant.map(({ id }) => id));
  if (root === null || ids.size === 0)
    return { text, ids:   new Set() };
  let redundantIds = redundant.map(({ entry }) => entry?.writtenId), indexes = (memberOf(root, ["checks"])?.value.members ?? []).flatMap(({ key }, index) => redundantIds.includes(key?.text) ? [index] : []), withoutChecks = remove(text, root, ["checks"], new Set(indexes));
  return withoutChecks === null ? { text, ids:   new Set() } : { text: splice(text, withoutChecks), ids };
}
function isOwnLine(entry) {
  return entry !== null && entry.place.file !== BUILTIN_FILE && entry.path[0] !== "overrides";
}
function withResults(text, compared, { numbering }, about, { worse, owner, reason }) {
  let { root } = readYaml(text, about.file), splices = [], accepting = (id) => worse.has(id) ? [
    ["owner", JSON.stringify(owner)],
    ["reason", JSON.stringify(reason)],
    ["expires", usualEnd(about)]
  ] : [], isInFile = ({ entry }) => entry !== null && entry.place.file !== BUILTIN_FILE;
  for (let comparison of compared.filter(isInFile)) {
    let { id, entry } = comparison, currentNode = root === null || entry === null ? void 0 : memberOf(root, entry.path)?.value;
    if (root === null || entry === null || currentNode === void 0)
      continue;
    let table = memberOf(root, entry.path.slice(0, -1))?.value;
    if (table !== void 0 && isOwnLine(entry) && entry.expires !== null && !worse.has(id)) {
      splices.push(...put(text, table, [[entry.writtenId, flowOf(pairsOf(comparison))]]));
      continue;
    }
    splices.push(...put(text, currentNode, [...wantedOf(comparison), ...accepting(id)]));
  }
  let added = compared.filter((one) => !isInFile(one)).sort((a, b) => compareIds(a.id, b.id));
  if (added.length > 0) {
    let members = added.map((one) => newMember(one, accepting(one.id), numbering)), inBase = root === null ? null : append(text, root, ["checks"], members);
    splices.push(...inBase ?? [addBlock(text, "checks", members)]);
  }
  return splice(text, splices);
}
var ITEM_PARTS = {
  "4.7": "whole",
  "4.8": "whole",
  "4.9": "whole",
  "4.10": "whole",
  "4.11": "whole",
  "5.6": "path",
  "5.8": "port",
  "5.9": "port",
  "5.14": "whole"
};
function wantedOf({ id, entry, reported, result }) {
  let status = reported.word, evidence = entry === null && status === "NOTE" ? result.evidence[0] : void 0, items = itemsOf(id, reported.items, entry?.items ?? null), isRecorded = status !== "PASS" && (status !== "NOTE" || result.evidence.length > 0);
  return [
    ...entry?.expect.includes(status) ? [] : [["expect", `[${status}]`]],
    ...evidence === void 0 ? [] : [["evidence", evidence]],
    ...items === null || entry?.items == null && !isRecorded ? [] : [["items", items]]
  ];
}
function itemsOf(id, items, rule) {
  if (rule !== null && compareItems(items, rule) === null)
    return null;
  let comparedBy = rule?.by ?? ITEM_PARTS[id];
  if (comparedBy === void 0 || rule === null && items.length === 0)
    return null;
  let found = itemSet(items, comparedBy);
  return `{${rule?.kind === "count" || rule?.kind === "max" ? `${rule.kind}: ${found.length}` : `${rule?.kind ?? "subset_of"}: [${found.map((item) => yamlText(item, !1)).join(", ")}]`}${comparedBy === "whole" ? "" : `, compare: ${comparedBy}`}}`;
}
function newMember(comparison, accepting, numbering) {
  let pairs = [...pairsOf(comparison), ...accepting], flow = `"${fromNewNumbering(comparison.id, numbering)}": ${flowOf(pairs)}`;
  return { lines: [`${flow}  # recorded, to be reviewed`], flow };
}
function pairsOf(comparison) {
  let { entry } = comparison, host = entry?.host == null ? [] : [["when", `{host: ${entry.host}}`]];
  return [...wantedOf({ ...comparison, entry: null }), ...host];
}
function flowOf(pairs) {
  return `{${pairs.map(([key, value]) => `${key}: ${value}`).join(", ")}}`;
}
function notExpected(unfit, file) {
  return new SeaworthyError({
    code: "internal",
    what: `the recorded dictionary does not expect the results that were found: ${unfit.map(({ id }) => id).join(", ")}`,
    where: file,
    todo: "report this bug, and attach the file and the evidence"
  });
}

async function recordImage(request, { file, today, gate, owner, reason }, around) {
  if (!isDate(today))
    throw badInput2(`today: ${JSON.stringify(today)} is not a date (YYYY-MM-DD)`, "correct it");
  let before = readPolicy(file), { maxSpan } = gate;
  if (before !== null) {
    let dictionary = readDictionary(before, file, { limit: { today, maxSpan } }), names = request.images.map((image) => sourceOf(image).name);
    refuseTies(dictionary, names, today);
  }
  let requested = { ...gate, checks: [KINDS["bench-result"].check] }, [collected, ...more] = await collectImages(request, requested, today, around);
  if (!collected)
    throw new Error("nothing was collected");
  if (more.length > 0) {
    let what = `platform: ${more.length + 1} platforms were requested, but only the results of one can be recorded`;
    throw badInput2(what, "specify one with --platform");
  }
  let { results, notes } = resultsOf(collected), { reference } = collected, recording = { file, reference, today, maxSpan, evidence: evidenceOf(gate.checks), owner, reason }, { text: after, ...recorded } = recordDictionary(before ?? starterFor(file), results, recording);
  return { file, before, after, ...recorded, notes };
}
function starterFor(file) {
  return exists(of_join(of_dirname(file), DICTIONARY_SCHEMA)) ? STARTER_DICTIONARY : STARTER_DICTIONARY.replace(/^.*\n#\n/, "");
}
function resultsOf({ image, problem, evidence: [evidence] }) {
  if (problem !== null)
    throw new SeaworthyError(problem);
  if (!evidence)
    throw new Error("nothing was collected");
  let answer = answerOf(evidence, image);
  if (answer.state === "unanswered")
    throw new SeaworthyError(answer.problem);
  let judges = "bench" in answer ? [judgedBy(answer.bench)] : [];
  return {
    results: answer.findings.filter((one) => isBench(one)),
    notes: [...judges, ...answer.notes, ...answer.limits]
  };
}
function badInput2(what, todo) {
  return new SeaworthyError({ code: "bad-input", what, where: "inputs", todo });
}

function replaceFile(file, before, after) {
  if (readPolicy(file) !== before) {
    let what = "the file changed in the meantime, so it was not overwritten", todo = "run the command again";
    throw new SeaworthyError({ code: "file-unwritable", what, where: file, todo });
  }
  writeText(file, after);
}

var builtin5 =   process.getBuiltinModule("node:readline/promises"), read = (key) => builtin5[key];
var of_createInterface =   read("createInterface");

async function agreed(file, signal) {
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    return !1;
  let lines2 = of_createInterface({ input: process.stdin, output: process.stdout });
  try {
    let answer = await lines2.question(`Write ${escapeTerminal(file)}? [y/N] `, { signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines2.close();
  }
}

var FLAGS =   new Set([
  "platform",
  "policies",
  "checks",
  "bench-image",
  "bench-source",
  "cache-dir",
  "run-options",
  "compose-file",
  "compose-service",
  "start",
  "timeout",
  "today",
  "debug"
]), HELP2 = `
Prints the change as a diff. On a terminal, it asks before writing; in a script, it writes only with --yes. Expected
results are a policy, and no job should weaken a policy on its own.
A new file extends the built-in dictionary and lists only what differs. If a result is worse than the built-in
dictionary expects, its entry is written with an expiry date, --owner and --reason. Without these flags, fill in the
owner and the reason: the gate refuses the file without them.
Exit: 0 the file matches the current results and the gate accepts it; 1 changes were not written, or someone still has
to edit the file (owners, reasons or other lines); 2 the image could not be judged.`;
function addDictionary(program2, uncaught) {
  let record = program2.command("dictionary").description("edit the expected Docker Bench results").command("record").description("write an image's current results to the dictionary, for review").argument("<image>", IMAGE_FORMS).option("--owner <NAME>", "who answers for results that are worse than the built-in dictionary expects").option("--reason <TEXT>", "why they are expected").option("--yes", "write without asking").option("--dry-run", "only print the change").addHelpText("after", HELP2).action(async (image, flags, command2) => {
    let unused = unusedFlags(command2);
    unused.length > 0 && process.stderr.write(`${unused.join(", ")}: not used, because only Docker Bench runs
`), process.exitCode = await recordOne(image, flags, withDefaults(inputsOf(flags)), uncaught);
  });
  for (let input of INPUTS) {
    let option = optionOf(input);
    record.addOption(FLAGS.has(input.name) ? option : option.hideHelp());
  }
}
function unusedFlags(command2) {
  return command2.options.filter((option) => INPUTS.some(({ name }) => option.long === `--${name}` && !FLAGS.has(name))).filter((option) => command2.getOptionValueSource(option.attributeName()) === "cli").map(({ long }) => long ?? "");
}
function withDefaults(inputs) {
  let defaults = new Map(INPUTS.map((input) => [input.name, input.default]));
  return (name) => FLAGS.has(name) && inputs(name) || (defaults.get(name) ?? "");
}
async function recordOne(image, flags, inputs, uncaught) {
  let { owner = "", reason = "" } = flags, request = readRequest([image], inputs), { thresholds: gate } = readGateOnly(inputs), today = inputs("today").trim() || (  new Date()).toISOString().slice(0, 10), screen = terminal(), signal = abortOnSignals(uncaught);
  try {
    let requested = { file: policyPath(inputs, "dictionary"), today, gate, owner: oneLine(owner), reason: oneLine(reason) }, recording = await recordImage(request, requested, { ...screen, runId: newRunId(), signal });
    screen.done(), process.stdout.write(shown(recording, screen.colour));
    let exitCode2 = recording.left.length + recording.accepted.length > 0 ? 1 : 0;
    return recording.before === recording.after ? exitCode2 : flags.dryRun !== !0 && (flags.yes === !0 || await agreed(recording.file, signal)) ? (replaceFile(recording.file, recording.before, recording.after), process.stdout.write(`written: ${escapeTerminal(recording.file)}; review it before you commit
`), exitCode2) : (process.stdout.write(`nothing was written; pass --yes to write the change
`), 1);
  } finally {
    screen.done();
  }
}
function shown({ file, before, after, changes, left, accepted, notes }, colour) {
  let diff = renderDiff(file, before, after, colour), lines2 = [...changes, ...left, ...accepted, ...notes].map((line2) => `${escapeTerminal(line2)}
`), count = before === null ? "a new file that extends the built-in dictionary" : escapeTerminal(file), more = [
    plural(changes.length + accepted.length, "change"),
    ...left.length > 0 ? [`${left.length} to edit by hand`] : [],
    ...accepted.length > 0 ? [`${accepted.length} to fill in`] : []
  ];
  return `${diff}${diff === "" ? "" : `
`}${lines2.join("")}
${count}: ${more.join(", ")}
`;
}

var MAX_TEXT_LENGTH = 2e3, MAX_NAMED = 10;
function renderExplanation(verdict, tasks, id, options) {
  let isRequestedId = (text) => text.toLowerCase() === id.toLowerCase(), isAbout = ({ package: name, binaries }) => [name ?? "", ...binaries.map((one) => one.name)].some(isRequestedId), blocks = verdict.images.flatMap((image) => {
    let found = image.findings.filter(
      (one) => isRequestedId(one.id) || one.cves?.some(isRequestedId) || isAbout(one)
    ), rows = (benchOf(image)?.rows ?? []).filter(
      (row) => isRequestedId(row.id) && !found.some((one) => one.id === row.id)
    );
    return [
      ...found.map((finding) => findingBlock(image, finding, { verdict, tasks }, options)),
      ...rows.map(
        (row) => lines(`Docker Bench ${row.id}   ${imageName(image)}`, [["result", rowLine(row)]], options)
      )
    ];
  });
  return blocks.length === 0 ? null : `${blocks.join(`

`)}
`;
}
function renderNoFinding({ images, today }, bom, id, { width }) {
  let installed = installedIn(bom, (name) => name.toLowerCase() === id.toLowerCase()), unanswered = images.flatMap(({ checks }) => checks.filter(({ state }) => state === "unanswered")), silent = [...new Set(unanswered.map(({ check }) => check))], text = [
    `no finding about ${id} in this report (${today}, ${listText(images.map(imageName), MAX_NAMED)})`,
    ...installed.length === 0 ? [] : [`installed: ${listText(installed, MAX_NAMED)}`],
    ...silent.length === 0 ? [] : [`without an answer: ${listText(silent)}`]
  ].join("; ");
  return `${wrap(escapeTerminal(text, MAX_TEXT_LENGTH), width).join(`
`)}
`;
}
function findingBlock(image, finding, { verdict, tasks }, options) {
  let { id, ruling, blocks, policy, line: line2, due, returnsWhen, links } = finding, [kind, debianText] = debianKind(finding), page = addressOfPage(pageOf(finding), options.pages ?? null), sources = [
    `the check ${finding.check}`,
    ...finding.agreement === null ? [] : [`Clair and Debian's tracker: ${finding.agreement}`],
    ...hasSeverity(finding) ? [`${severityCell(finding)}, by ${finding.severitySource ?? "the gate"}`] : [],
    ...kind === "" ? [] : [`Debian: ${kind}${debianText === "" ? "" : ` "${debianText}"`}`],
    ...links.slice(0, 3)
  ], entry = whitelistEntry(finding, verdict), text = lines(
    `${id} in ${subjectName(finding)}   ${imageName(image)}`,
    [
      ["ruling", `${RULING_NAMES[ruling]}; it ${blocks ? "blocks" : "does not block"} the release`],
      ["installed", versions(finding)],
      ["because", becauseText(finding)],
      ["policy", policy === null ? "" : at(policy)],
      ["says", sources.join("; ")],
      ["line", line2 === null ? "" : atLine(line2)],
      ["ends it", endOf(finding, taskOf(finding, image, tasks))],
      ["due", due === null ? "" : `it blocks the release after ${due}`],
      ["returns", (returnsWhen ?? []).map((one) => `when ${returnText(one)}`).join(", or ")],
      ["more", page ?? ""]
    ],
    options
  );
  return entry === null ? text : `${text}
  to accept it, add this under "entries:" in policies/whitelist.yml:
${entry}`;
}
function taskOf(finding, { reference }, tasks) {
  let isSame = ({ check, id, package: name }) => check === finding.check && id === finding.id && name === finding.package;
  return tasks.find(({ image, findings }) => image === reference && findings.some(isSame));
}
function endOf(finding, task) {
  let { todo } = describe(finding);
  return task === void 0 ? todo : task.kind === "update" || task.kind === "rebuild" ? `${todo}, in the task "${task.title}"` : task.title;
}
function lines(head, facts, { width }) {
  let shown2 = facts.filter(([, text]) => text !== "");
  return [
    escapeTerminal(head, MAX_TEXT_LENGTH),
    ...shown2.flatMap(([name, text]) => wrapUnder(`  ${name.padEnd(9)}  `, escapeTerminal(text, MAX_TEXT_LENGTH), width))
  ].join(`
`);
}

function readReplayed(folder, inputs) {
  let { today, inputs: saved, collected } = loadEvidence(folder), savedInput = (name) => REPLAYED_INPUTS.includes(name) ? saved.get(name) ?? "" : "";
  return { judging: readJudging((name) => inputs(name) || savedInput(name), today), collected };
}
function verdictOf({ judging, collected }) {
  return decide(collected, judging.policy, judging.today);
}

function importRules(text, file, format, signOff, images, anyPackage) {
  let { rules, notes } = readRules(text, file, format), lines2 = [...notes], entries = [];
  for (let rule of rules) {
    let note = (text2) => lines2.push(`${file}:${rule.line}: ${rule.id}: ${text2}`), refusal = refusalOf(rule, signOff.today);
    if (refusal !== null) {
      note(`not carried over: ${refusal}`);
      continue;
    }
    let packages = packagesOf(rule, images, anyPackage);
    if (typeof packages == "string") {
      note(`not carried over: ${packages}`);
      continue;
    }
    let end = signOff.expires ?? usualEnd(signOff), last = rule.expires === null ? null : lastDay(rule.expires), [expires = end] = [end, last ?? end].sort();
    last === null ? note(`never expires in that file; the new entry is valid until ${expires}`) : expires !== last && note(`valid until ${last} in that file; the new entry is valid until ${expires}`);
    let keys = missingKeys(rule, images);
    keys.length > 0 && note(
      `the new entry does not accept it as the report rates it; if you want to accept it anyway, add ${keys.join(" and ")}`
    );
    for (let name of packages) {
      let reason = oneLine(rule.reason ?? "") || signOff.reason, images2 = rule.images ?? signOff.images;
      entries.push(entryBy(signOff, { id: rule.id, package: name, images: images2, reason, expires }));
    }
  }
  return { entries, notes: lines2 };
}
function missingKeys({ id }, images) {
  let ofRule = images.flatMap(({ verdict }) => verdict.findings).filter(
    (one) => CHECKS[one.check].entries.rated && one.id === id && !["accepted", "deferred"].includes(one.ruling)
  ), [first, ...others] = ofRule;
  return first === void 0 ? [] : neededKeys({
    ...mostSevere([first, ...others]),
    kev: ofRule.some(({ kev }) => kev === !0),
    malware: ofRule.some(({ malware }) => malware === !0)
  });
}
function refusalOf({ id, cannot, expires }, today) {
  return VULNERABILITY_ID.test(id) ? cannot !== null ? cannot : expires !== null && !isDate(expires) ? "its expiry date is not a valid date (YYYY-MM-DD)" : expires !== null && lastDay(expires) < today ? `it expired on ${expires}` : null : "it has no valid vulnerability id";
}
function lastDay(expires) {
  return addDays(expires, -1);
}
function packagesOf(rule, images, anyPackage) {
  let named = rule.package, found = images.flatMap(({ verdict }) => verdict.findings).filter(({ check, id }) => CHECKS[check].entries.rated && id === rule.id).filter(
    (one) => named === null || one.package === named || one.binaries.some(({ name }) => name === named)
  ).flatMap((one) => one.package === null ? [] : [one.package]);
  return found.length > 0 ? [...new Set(found)].sort() : named !== null ? `no report shows which source package ${JSON.stringify(named)} comes from; scan an image that contains it` : anyPackage ? [null] : "neither the rule nor a report specifies the package; scan an image with this vulnerability, or pass --any-package";
}

var findingSchema = object({
  check: _enum(CHECK_IDS),
  id: string(),
  package: string().nullable(),
  version: string().nullable(),
  severity: _enum(SEVERITIES),
  ruling: _enum(RULINGS),
  binaries: array(object({ name: string() })),
  kev: boolean().nullable(),
  agreement: string().nullable(),
  details: DetailsSchema
}), reportSchema = object({
  schemaVersion: literal(1),
  images: array(
    object({
      reference: string(),
      codename: string().nullable(),
      checks: array(object({ check: _enum(CHECK_IDS), state: _enum(["answered", "unanswered"]) })),
      findings: array(findingSchema)
    })
  ).min(1)
});
function readSurveyedImages(text, file) {
  let parsed = reportSchema.safeParse(jsonInFile(text));
  if (!parsed.success)
    throw new SeaworthyError({
      code: "report-unreadable",
      what: "the file is not a Seaworthy report.json, or its version is not supported",
      where: file
    });
  return parsed.data.images.map(({ reference, codename, checks, findings }) => ({
    subject: { reference, codename },
    verdict: { checks, findings: findings.map(surveyed) }
  }));
}
function surveyed({ details, ...finding }) {
  return details.type === "application-vulnerability" ? { ...finding, ids: details.ids, purl: details.purl, malware: details.malware } : { ...finding, details };
}

var DEFAULT_REPORT = "seaworthy-report/report.json", HELP3 = `
The change is printed as a diff before it is written; comments, blank lines and the order of entries are kept.
Exit: 0 done, or nothing to do; 2 failed, and nothing was written.`;
function addWhitelist(program2) {
  let group = program2.command("whitelist").description("edit the whitelist of accepted findings"), command2 = (name, description) => group.command(name).description(description).option("--policies <DIR>", "folder with gate.yml and whitelist.yml", "policies").option("--whitelist <FILE>", "the whitelist to edit (default: whitelist.yml in that folder)").option(
    "--report <FILE...>",
    `report.json from a scan; pass several for several images (default: ${DEFAULT_REPORT})`
  ).option("--today <DATE>", "start date, YYYY-MM-DD, UTC (default: today)").option("--dry-run", "only print the change").addHelpText("after", HELP3), commandWithSignOff = (name, description) => command2(name, description).option("--owner <NAME>", "owner of the entries (required)").option(
    "--expires <DATE>",
    "last day on which the entries apply, YYYY-MM-DD, UTC (default: 90 days from today)"
  ).option("--image <PATTERN...>", "only for these images; * matches any characters (default: all)").option("--release <CODENAME...>", "only for these releases (default: all)");
  commandWithSignOff("add", 'add entries for findings that a report lists as "noted"').option("--reason <TEXT>", "why the findings need no action (required)").option("--id <ID...>", "only for findings with these ids, even if they block the release or have no fix").action((flags) => finish(add(flags), flags)), command2("prune", "remove entries that have expired or match nothing; pass the reports of all images").option("--expired", "remove only expired entries; needs no report").action((flags) => finish(prune(flags), flags)), commandWithSignOff("import", "import another tool's ignore file: clair-scanner, Trivy, Grype").argument("<file>", "the other tool's ignore file").option("--reason <TEXT>", "reason for imported entries that have no reason", "imported, to be reviewed").option(
    "--format <WORD>",
    `${FORMATS.join(", ")} (default: detected from the name and the keys of the file)`
  ).option("--any-package", "accept the vulnerability in any package if the file does not specify a package").action((file, flags) => finish(importFile(file, flags), flags));
}
function add(flags) {
  let signOff = readSignOff(flags), reports = flags.report ?? [DEFAULT_REPORT], images = readReports(reports), unknown = unknownIds(images, flags.id ?? []);
  if (unknown.length > 0) {
    let what = unknown.map((id) => `${id}: the report has no such finding; nothing was written`).join(`
`), todo = "pass ids that the report lists; write an entry for a missing security update by hand (check: security-updates)";
    throw new SeaworthyError({ code: "bad-input", what, where: reports.join(", "), todo });
  }
  let { entries, notes } = proposeEntries(images, flags.id ?? [], signOff);
  return withEntries(whitelistOf(flags), readPolicy(whitelistOf(flags)), entries, notes, signOff);
}
function prune(flags) {
  let { today } = readSpan(flags), text = readPolicy(whitelistOf(flags));
  if (text === null)
    throw missingFile("whitelist", whitelistOf(flags));
  let images = flags.expired === !0 ? [] : readReports(flags.report ?? [DEFAULT_REPORT]);
  return pruned(whitelistOf(flags), text, images, today);
}
function importFile(file, flags) {
  let signOff = readSignOff(flags), text = readText(file);
  if (text === null)
    throw missingFile("file to import", file);
  let images = flags.report !== void 0 || readPolicy(DEFAULT_REPORT) !== null ? readReports(flags.report ?? [DEFAULT_REPORT]) : [], format = flags.format ?? null, { entries, notes } = importRules(text, file, format, signOff, images, flags.anyPackage === !0);
  return withEntries(whitelistOf(flags), readPolicy(whitelistOf(flags)), entries, notes, signOff);
}
function finish(change, flags) {
  let { file, before, after, notes } = change, print = (line2) => process.stdout.write(`${line2}
`);
  for (let note of notes)
    print(escapeTerminal(note));
  after === null || after === before ? print("nothing to change") : (process.stdout.write(renderDiff(file, before, after, terminal().colour)), flags.dryRun === !0 ? print(`${plural(1, "file")} would be written: ${escapeTerminal(file)}`) : (replaceFile(file, before, after), print(`written: ${escapeTerminal(file)}; review it before you commit`))), process.exitCode = 0;
}
function readSpan(flags) {
  let today = flags.today ?? (  new Date()).toISOString().slice(0, 10);
  if (!isDate(today))
    throw badInput3([`today: ${JSON.stringify(today)} is not a date (YYYY-MM-DD)`]);
  let file = of_join(folderNotFile(flags.policies), "gate.yml"), gate = readPolicy(file), { maxSpan = DEFAULT_GATE.maxSpan } = gate === null ? {} : readGatePolicy(gate, file);
  return { today, maxSpan };
}
function whitelistOf({ whitelist, policies }) {
  return whitelist ?? of_join(folderNotFile(policies), "whitelist.yml");
}
function readSignOff(flags) {
  let span = readSpan(flags), errors = [], textOf = (name) => {
    let text = flags[name], value = oneLine(text ?? "");
    return value === "" && errors.push(`${name}: it is ${text === void 0 ? `missing (--${name})` : "empty"}`), value;
  }, all = (name, pattern, what) => {
    for (let value of flags[name] ?? [])
      pattern.test(value) || errors.push(`${name}: ${JSON.stringify(value)} is not ${what}`);
    return flags[name] ?? null;
  }, expires = flags.expires ?? null;
  if (expires !== null && !isDate(expires))
    errors.push(`expires: ${JSON.stringify(expires)} is not a date (YYYY-MM-DD)`);
  else if (expires !== null && expires < span.today)
    errors.push(`expires: ${expires} is in the past`);
  else if (expires !== null) {
    let error = spanError({ check: DEFAULT_CHECK, added: null, expires }, span);
    error !== null && errors.push(`expires: ${error}`);
  }
  let formats = FORMATS;
  flags.format !== void 0 && !formats.includes(flags.format) && errors.push(`format: ${JSON.stringify(flags.format)} is not one of ${formats.join(", ")}`), all(
    "id",
    new RegExp(`${VULNERABILITY_ID.source}|^(?:${BY_PATH_IDS.join("|")})$`),
    `a CVE id (CVE-2011-3374), a TEMP-, GHSA-, GO-, MAL- or PYSEC- id, or one of ${BY_PATH_IDS.join(", ")}`
  );
  let signOff = {
    ...span,
    owner: textOf("owner"),
    reason: textOf("reason"),
    expires,
    images: all("image", /^[^\s?[\]{}!]+$/, "an image reference; the only wildcard is *"),
    releases: all("release", /^[a-z]+$/, "a release codename")
  };
  if (errors.length > 0)
    throw badInput3(errors);
  return signOff;
}
function readReports(files) {
  return files.flatMap((file) => {
    let text = readPolicy(file);
    if (text === null)
      throw missingFile("report", file);
    return readSurveyedImages(text, file);
  });
}
function missingFile(what, file) {
  let isReport = what === "report", todo = isReport ? "specify another report with --report, or create this one: scan the image, or replay its evidence with --report-dir. If a policy or an input is invalid, no report is written, so correct it first" : "specify another file", code = isReport ? "report-unreadable" : "policy-missing";
  return new SeaworthyError({ code, what: `the ${what} does not exist`, where: file, todo });
}
function badInput3(errors) {
  let what = errors.join(`
`), todo = "correct these flags; run the command with --help to list all options";
  return new SeaworthyError({ code: "bad-input", what, where: "flags", todo });
}

var EXITS = `
Exit: 0 explained, or there is no such finding; 2 there is no report that can be read.`;
function addExplain(program2) {
  program2.command("explain").description("explain a finding: why it counts, who says so, what ends it").argument("<id>", "CVE or other id of a finding or a Docker Bench check, or the name of a package").option("--report <FILE>", "report.json from a scan", DEFAULT_REPORT).option("--evidence <DIR>", "folder written by --save-evidence, judged again, instead of a report").option("--policies <DIR>", "folder with the policies, for --evidence", "policies").addHelpText("after", EXITS).action((id, flags) => {
    let { colour, width } = terminal(), options = { colour, width, pages: documentsHere(process.env) }, { verdict, tasks, bom } = explained(flags), text = renderExplanation(verdict, tasks, id, options) ?? renderNoFinding(verdict, bom(), id, options);
    process.stdout.write(text), process.exitCode = 0;
  });
}
function explained({ report: report2, evidence, policies }) {
  if (evidence !== void 0) {
    let verdict = verdictOf(readReplayed(evidence, (name) => name === "policies" ? policies : "")), tasks = actionsOf(verdict).map(({ image, action }) => ({ ...action, image: image.reference }));
    return { verdict, tasks, bom: () => renderCycloneDx(verdict, TOOL) ?? "" };
  }
  let text = readPolicy(report2);
  if (text === null)
    throw missingFile("report", report2);
  let parsed = parseReport(text, report2), bom = () => readOrNull(() => readPolicy(of_join(of_dirname(report2), "report.cdx.json"))) ?? "";
  return { verdict: verdictIn(parsed, report2), tasks: parsed.actions, bom };
}

async function keepBench(cacheDir, signal) {
  let runId = newRunId();
  try {
    return await cacheBench(cacheDir, makeTemporary(runId), signal);
  } finally {
    removeTemporary(runId);
  }
}
async function reportBench(cacheDir, { keepBench: keepBench2, progress, print, signal, pages }) {
  if (keepBench2 === void 0)
    return;
  let task = "fetching Docker Bench";
  progress(task);
  try {
    print(`Docker Bench: commit ${await keepBench2(cacheDir, signal)}
`);
  } catch (error) {
    signal.throwIfAborted(), print(renderProblem(problemOf(error, task), pages));
  }
}

var TERMS = {
  tracker: {
    licence: "NOASSERTION",
    attribution: "Debian Security Tracker, by the Debian Security Team, https://security-tracker.debian.org"
  },
  cvss: {
    licence: "LicenseRef-US-public-domain",
    attribution: "National Vulnerability Database, NIST, https://nvd.nist.gov. Not endorsed or certified by the NVD."
  },
  epss: {
    licence: "NOASSERTION",
    attribution: "Exploit Prediction Scoring System, by FIRST, https://www.first.org/epss"
  },
  kev: {
    licence: "CC0-1.0",
    attribution: "Known Exploited Vulnerabilities Catalog, CISA, https://www.cisa.gov"
  },
  osv: {
    licence: "CC-BY-4.0",
    attribution: "OSV, https://osv.dev, and the databases that it aggregates. This copy is modified: it contains only the data needed for matching."
  },
  ends: {
    licence: "MIT",
    attribution: "endoflife.date, by its contributors, https://endoflife.date. This copy is shortened."
  },
  bitnami: {
    licence: "Apache-2.0",
    attribution: "Bitnami Vulnerability Database, Broadcom, https://github.com/bitnami/vulndb, by OSV. This copy is modified: it contains only the programs and the data needed for matching."
  }
};
function termsOf(name) {
  return name === "osv-Bitnami" ? "bitnami" : name.startsWith("osv-") ? "osv" : name;
}
var isTable = (name) => name === "cvss" || name === "epss" || name === "kev", folderIn = (name) => name === "tracker" ? "" : "feeds";
async function exportFile(cacheDir, to, now) {
  let all = await wholeIn(cacheDir), work = await of_mkdtemp(of_join(of_dirname(to), ".seaworthy-data-"));
  try {
    let chosen = PART_NAMES.flatMap((name) => newestCopyOf(all, name) ?? []), parts = [];
    for (let one of chosen)
      parts.push(await partOf(cacheDir, one, work));
    let index = { format: DATA_FORMAT, date: now.toISOString(), parts }, text = Buffer.from(`${JSON.stringify(index, null, 1)}
`);
    return await of_writeFile(of_join(of_dirname(to), INDEX_FILE), text), await of_pipeline(tarOfParts(text, parts, work), of_createWriteStream(to)), chosen;
  } catch (error) {
    throw error instanceof SeaworthyError ? error : unwritable(to, error);
  } finally {
    await of_rm(work, { recursive: !0, force: !0 });
  }
}
async function* tarOfParts(index, parts, work) {
  let zeros = (bytes) => Buffer.alloc(padded(bytes) - bytes);
  yield Buffer.concat([fileHeader(INDEX_FILE, index.length), index, zeros(index.length)]);
  for (let { file, bytes } of parts)
    yield fileHeader(file, bytes), yield* of_createReadStream(of_join(work, file), { highWaterMark: 2 ** 20 }), yield zeros(bytes);
  yield Buffer.alloc(1024);
}
async function partOf(cacheDir, { name: text, files, rows, date, url }, work) {
  let name = text, kept = of_basename(files[0]), file = isTable(name) ? kept : `${kept}.gz`, packed = isTable(name) ? [] : [of_createGzip({ level: 6 })];
  return await of_pipeline([of_createReadStream(of_join(cacheDir, files[0])), ...packed, of_createWriteStream(of_join(work, file))]), {
    name,
    file,
    bytes: (await of_stat(of_join(work, file))).size,
    sha256: await hashOfFile(of_join(work, file)),
    rows,
    date,
    source: url,
    ...TERMS[termsOf(name)],
    about: { file: of_basename(files[1]), text: await of_readFile(of_join(cacheDir, files[1]), "utf8") }
  };
}
var UNPACKED = { part: MAX_BYTES, all: 4 * MAX_BYTES };
async function importFile2(from, cacheDir, accept2 = () => Promise.resolve(), limits = UNPACKED) {
  let work = await of_mkdtemp(of_join(process.env.RUNNER_TEMP || of_tmpdir(), "seaworthy-data-"));
  try {
    let head = readHead(await of_buffer(of_createReadStream(from, { end: HEAD_BYTES - 1 })));
    if (head === null)
      throw damagedFeeds(`it is not a data file (${DATA_FORMAT})`, from);
    await accept2(head), await refuseTooLarge(from, head, limits), await of_mkdir(of_join(work, "feeds"));
    for (let { name } of head.index.parts) {
      let { part, checked: checked2 } = bytesOf(from, head, name), path = of_join(work, folderIn(name), isTable(name) ? part.file : part.file.replace(/\.gz$/, ""));
      await of_pipeline(isTable(name) ? checked2 : gunzipped(checked2), of_createWriteStream(path, { flags: "wx" })), await of_writeFile(of_join(work, folderIn(name), part.about.file), part.about.text, { flag: "wx" });
      let publishedAt = new Date(head.index.date);
      await of_utimes(path, publishedAt, publishedAt);
    }
    if ((await listKept(work)).length !== head.index.parts.length)
      throw damagedFeeds("its index lists files that do not belong in a cache", from);
    return await carry(work, cacheDir);
  } catch (error) {
    throw error instanceof SeaworthyError ? error : damagedFeeds(String(Reflect.get(Object(error), "message")), from);
  } finally {
    await of_rm(work, { recursive: !0, force: !0 });
  }
}
async function refuseTooLarge(from, head, limits) {
  let all = 0;
  for (let { name } of head.index.parts) {
    let bytes = 0;
    for await (let chunk of gunzipped(bytesOf(from, head, name).checked))
      if (bytes += chunk.length, bytes > limits.part)
        throw damagedFeeds(`${name}: it unpacks to more than ${limits.part} bytes`, from);
    if (all += bytes, all > limits.all)
      throw damagedFeeds(`its parts unpack to more than ${limits.all} bytes in total`, from);
  }
}
function bytesOf(from, head, name) {
  let found = head.at(name);
  if (found === null)
    throw damagedFeeds("it contains an unexpected part", from);
  let { part, start } = found, body = of_createReadStream(from, { start, end: start + part.bytes - 1, highWaterMark: 2 ** 18 });
  return { part, checked: verifiedChunks(body, part, (what) => damagedFeeds(`${name}: ${what}`, from)) };
}

async function accept(head, signature, inputs, { print }) {
  if (signature === null)
    return print(`nothing proves who made this file; to verify it, pass --bundle and --published-by
`);
  let bundle = readText(signature.bundle, MAX_BUNDLE_BYTES), root = inputs("data-trusted-root").trim(), text = root === "" ? null : readText(root);
  if (bundle === null || root !== "" && text === null) {
    let where = bundle === null ? signature.bundle : root;
    throw new SeaworthyError({ code: "bad-input", what: "there is no such file", where });
  }
  let by = await attestedBy(head, bundle, `${signature.repository.replace(/\/+$/, "")}/releases`, text);
  print(`attested by ${by}
`);
}
var MAX_BUNDLE_BYTES = 2 ** 20;

var TITLE = "Debian's archive", TIMEOUT_MS = 12e4;
async function reportArchive(inputs, cacheDir, { now, signal, progress, print, pages }) {
  let gathered = gatherErrors(), { mirror: main2, securityMirror: security } = readArchiveRequest(inputs, gathered.messages, null);
  gathered.throwAny();
  let architecture = debianArchitecture(process.arch);
  progress(`fetching ${TITLE} for ${architecture}`);
  let location = keptPlace(cacheDir), suites = await keepArchive({ ...{ cacheDir, trustedCacheDir: location, now, signal, timeoutMs: TIMEOUT_MS }, inputs: { main: main2, security }, architecture }), readSuites = suites.filter(({ date }) => date !== null);
  print(`${TITLE}: ${readSuites.length} suites, ${architecture}
`);
  let problems = suites.flatMap(({ problem }) => problem ?? []);
  for (let problem of problems)
    print(renderProblem(problem, pages));
  return problems.length === 0;
}
async function carryDebian(from, to) {
  let { damaged, ...carried } = await copyArchive(from, to);
  if (damaged.length > 0)
    throw damagedFeeds(`these files have changed since they were written: ${damaged.join(", ")}`, from);
  return lineOf(carried);
}
function archiveLine(cacheDir) {
  return lineOf(archiveInCache(cacheDir));
}
function lineOf({ suites, readAt }) {
  let time = readAt === null ? "" : `, read ${readAt.slice(0, 16)}Z or later`;
  return suites === 0 ? "" : `${TITLE}: ${suites} suites${time}
`;
}

async function fetchFeeds(inputs, around) {
  let gathered = gatherErrors(), sources = readFeeds(inputs, gathered.messages);
  gathered.throwAny();
  let { trustedRoot = null, publishedHours } = sources, options = { ...optionsOf(inputs, around), trustedRoot, publishedHours }, work = [
    { title: "Debian's security tracker", get: () => trackerSource(sources, options) },
    ...FEEDS.filter((feed) => sources[feed].length > 0).map((feed) => ({
      title: FEED_TITLES[feed],
      get: async () => (await openFeed(feed, sources[feed], options))?.source ?? null
    }))
  ], isComplete = !0;
  for (let { title, get } of work) {
    around.progress(`fetching ${title}`);
    try {
      let source = await get(), isKept = source !== null && /^https?:/i.test(source.url), facts = [
        source?.date?.slice(0, 10) ?? "unknown date",
        `${source?.rows ?? "?"} rows`,
        ...isKept ? [] : ["read from a file, not cached"],
        ...source?.instead === void 0 ? [] : [escapeTerminal(source.instead, 1e3)]
      ];
      around.print(`${title}: ${facts.join(", ")}
`);
    } catch (error) {
      around.signal.throwIfAborted(), isComplete = !1, around.print(renderProblem(problemOf(error, title), around.pages));
    }
  }
  return around.archive === !0 && (isComplete = await reportArchive(inputs, cacheDirOf(inputs), around) && isComplete), await reportBench(cacheDirOf(inputs), around), reportPlace(inputs, around), isComplete;
}
async function fetchOsv(address, inputs, around) {
  let addresses = [{ base: address === "bucket" ? OSV_BUCKET : address, form: "bucket" }], missing = [];
  for (let ecosystem of ECOSYSTEMS) {
    around.progress(`fetching OSV's advisories for ${ecosystem}`);
    try {
      let opened = await openOsv(ecosystem, addresses, {
        ...optionsOf(inputs, around),
        maxDays: Number.POSITIVE_INFINITY
      });
      await opened.part.close();
      let { rows, date, url, instead } = opened.source, facts = [
        `newest of ${date?.slice(0, 10) ?? "unknown date"}`,
        `${rows ?? "?"} advisories`,
        .../^https?:/i.test(url) ? [] : ["read from a folder, not cached"],
        ...date === null ? [] : tooOld(hoursBetween(date, around.now)),
        ...instead === void 0 ? [] : [escapeTerminal(instead, 1e3)]
      ];
      around.print(`OSV ${ecosystem}: ${facts.join(", ")}
`);
    } catch (error) {
      around.signal.throwIfAborted(), missing.push(ecosystem);
      let todo = `check the address, or try again; only images with ${ecosystem === "Bitnami" ? "programs that Debian did not package" : `${ecosystem} packages`} need this file`;
      around.print(renderProblem({ ...problemOf(error, `osv-${ecosystem}`), todo }, around.pages));
    }
  }
  if (missing.length > 0) {
    let rest = ECOSYSTEMS.filter((ecosystem) => !missing.includes(ecosystem));
    around.print(`available: ${rest.join(", ") || "none"}
not available: ${missing.join(", ")}
`);
  }
  return reportPlace(inputs, around), missing.length === 0;
}
function tooOld(hours) {
  return hours <= MAX_OSV_DAYS * 24 ? [] : [`more than ${MAX_OSV_DAYS} days old, so a scan needs a max-data-age of at least ${hours} (hours)`];
}
async function writeMap(file, inputs, around) {
  let cvss = inputs("cvss").trim();
  if (!cvss.endsWith("/")) {
    let what = "cvss: must be the URL of a folder that contains the NVD's feeds, and must end with a slash";
    throw new SeaworthyError({ code: "bad-input", what, where: "inputs" });
  }
  let { table } = await readYears(cvss, optionsOf(inputs, around));
  return await writeTable(file, table), around.print(`${file}: ${table.rows} CVEs, ${table.date?.slice(0, 10) ?? "unknown date"}
`), !0;
}
async function exportFeeds(to, inputs, { print, now }) {
  let cacheDir = cacheDirOf(inputs);
  return to.endsWith(".tar") ? printLines(await exportFile(cacheDir, to, now), print) : await carryAll(cacheDir, to, print), !0;
}
async function importFeeds(from, inputs, around, signature = null) {
  let cacheDir = cacheDirOf(inputs);
  return from.endsWith(".tar") ? printLines(await importFile2(from, cacheDir, (head) => accept(head, signature, inputs, around)), around.print) : await carryAll(from, cacheDir, around.print), reportPlace(inputs, around), !0;
}
async function reportFeeds(inputs, around) {
  let { print } = around, where = cacheDirOf(inputs), all = await listKept(where);
  return printLines(all, print), print(archiveLine(where)), all.length === 0 && print(renderProblem({ code: "feed-not-kept", what: "the cache contains no feeds", where, todo: 'run "seaworthy feeds fetch", or use "seaworthy feeds import" for data that was exported on another machine' }, around.pages)), (all.length === 0 || reportPlace(inputs, around)) && all.length > 0 && all.every(({ whole }) => whole);
}
function reportPlace(inputs, { print, pages }) {
  let folder = cacheDirOf(inputs), counts = keptPlace(folder) !== null && keptPlace(folderOf(folder)) !== null;
  return counts || print(renderProblem(withAdvice({ code: "cache-not-trusted", what: "the gate will not use this cache, because other users can write to it", where: folder }), pages)), counts;
}
async function carryAll(from, to, print) {
  printLines(await carry(from, to), print), print(await carryDebian(from, to));
  let commits = carryBench(from, to).map((commit) => `Docker Bench, commit ${commit}
`);
  print(commits.join(""));
}
function printLines(all, print) {
  print(all.map(line).join(""));
}
function line({ name, whole, date, rows, fetchedAt, url }) {
  if (!whole)
    return `${name.padEnd(8)} is damaged, so it will not be used
`;
  let facts = [
    `of ${date === null ? "unknown date" : new Date(date).toISOString().slice(0, 10)}`,
    ...rows === null ? [] : [`${rows} rows`],
    ...fetchedAt === null ? [] : [`read ${new Date(fetchedAt).toISOString().slice(0, 16)}Z`],
    ...url === null ? [] : [`from ${escapeTerminal(redactUrl(url), 300)}`]
  ];
  return `${name.padEnd(8)} ${facts.join(", ")}
`;
}
function optionsOf(inputs, { now, signal, progress }) {
  return { cacheDir: cacheDirOf(inputs), offline: !1, now, signal, progress };
}
async function trackerSource({ tracker: source, published, trustedRoot = null }, { cacheDir, signal }) {
  let opened = await openTracker({ source, published, trustedRoot, cacheDir, ...signal && { signal } });
  try {
    return (await opened.narrow([])).source;
  } finally {
    await opened.close();
  }
}
function cacheDirOf(inputs) {
  return inputs("cache-dir").trim() || defaultCacheDir();
}

function signatureOf({ bundle, publishedBy }) {
  if (typeof bundle == "string" && typeof publishedBy == "string")
    return { bundle, repository: publishedBy };
  if (bundle === void 0 && publishedBy === void 0)
    return null;
  let what = "--bundle and --published-by must be used together", todo = "pass the attestation, and the URL of the repository that published the file";
  throw new SeaworthyError({ code: "bad-input", what, where: "seaworthy feeds import", todo });
}
var SOURCES = ["tracker", "cvss", "epss", "kev", "data", "data-trusted-root"], MIRRORS = ["debian-mirror", "debian-security-mirror"];
function addFeeds(program2, uncaught) {
  let feeds = program2.command("feeds").description("manage cached vulnerability data"), add2 = (name, about, inputs, argument, work, options = []) => {
    let command2 = feeds.command(name).description(about);
    for (let option of options)
      command2.addOption(option);
    argument !== null && command2.argument(`<${argument}>`), addInputs(command2, ({ name: name2 }) => inputs.includes(name2)), command2.action(async (first, second) => {
      let [file, flags] = typeof first == "string" ? [first, second] : ["", first], screen = terminal(), print = (text) => {
        process.stdout.write(text);
      };
      try {
        let pages = documentsHere(process.env), context = { ...screen, print, pages, now:   new Date(), signal: abortOnSignals(uncaught) };
        process.exitCode = await work(file, flags)(inputsOf(flags), context) === !1 ? 2 : 0;
      } finally {
        screen.done();
      }
    });
  }, inputNames = [...SOURCES, ...MIRRORS, "cache-dir"];
  add2(
    "fetch",
    "download the tracker, all feeds, Debian's signed indexes and Docker Bench into the cache",
    inputNames,
    null,
    () => (inputs, around) => fetchFeeds(inputs, { ...around, archive: !0, keepBench })
  ), add2(
    "osv",
    'download OSV advisories into the cache; the address is "bucket" (the bucket of the OSV project) or a URL with the same layout; a folder is read but not cached',
    ["cache-dir"],
    "address",
    (address) => (inputs, around) => fetchOsv(address, inputs, around)
  ), add2(
    "export",
    "copy the cached data to a folder or to a single data file (.tar), for transfer to another machine",
    ["cache-dir"],
    "dir|file",
    (to) => (inputs, around) => exportFeeds(to, inputs, around)
  ), add2(
    "import",
    "import an exported folder or data file into the cache",
    ["data-trusted-root", "cache-dir"],
    "dir|file",
    (from, flags) => (inputs, around) => importFeeds(from, inputs, around, signatureOf(flags)),
    [
      new Option("--bundle <FILE>", "attestation of the data file"),
      new Option(
        "--published-by <URL>",
        "repository that must have published the data file; required with --bundle"
      )
    ]
  ), add2("status", "show what is cached, and how old it is", ["cache-dir"], null, () => reportFeeds), add2(
    "map",
    "build the map of CVSS ratings from the NVD's feeds",
    ["cvss", "cache-dir"],
    "file",
    (file) => (inputs, around) => writeMap(file, inputs, around)
  );
}

var OTHERS = new Set(
  "almalinux alpine amazonlinux archlinux busybox centos clearlinux fedora mageia opensuse oraclelinux photon rockylinux sl ubi ubi-micro ubi-minimal ubuntu wolfi-base".split(" ")
), OTHER_TAG = /(?:^|[-.])(?:alpine|ubuntu|focal|jammy|noble|fedora|ubi\d*)/, EMPTY = "scratch";
function isEmptyBase(base) {
  return base === EMPTY;
}
function notDebianText(base) {
  if (isEmptyBase(base))
    return `${EMPTY} has no packages: an image without Debian's os-release file and package database ends INCOMPLETE (${ONLY})`;
  let { repository = "", tag = null } = parseReference(base ?? "") ?? {}, name = repository.split("/").at(-1) ?? "";
  return OTHERS.has(name) || OTHER_TAG.test(tag ?? "") ? `${base} is not Debian: an image built on it ends INCOMPLETE (${ONLY})` : null;
}
var ONLY = "Seaworthy judges Debian-based images only";

var NAMES = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"], TEST_SERVICES = ["test", "tests", "smoke-test", "sut"], USES_IMAGE = /\$\{?IMAGE\b/;
function findCompose(names) {
  let file = NAMES.find((name) => names.includes(name));
  if (file === void 0)
    return null;
  let text = readInside(file) ?? "";
  try {
    return { file, text, ...foundIn(readCompose(text, file), usesImage(text)) };
  } catch (error) {
    return { file, text, service: null, refusal: problemOf(error, file).what, test: null, testRefusal: null };
  }
}
function foundIn(compose, isForImage) {
  let { file, services } = compose, service = appOf(services), refusal = refusalOf2(file, () => runSpecOf(compose, serviceFor(compose, service))), test = Object.keys(services).find((name) => TEST_SERVICES.includes(name));
  if (test === void 0)
    return { service, refusal, test: null, testRefusal: null };
  let whyNot = refusalOf2(file, () => readTestCompose(compose, test))?.replace("nothing was started: ", ""), unused = isForImage ? null : `no service of ${file} uses $IMAGE, the image to be judged`, testRefusal = whyNot ?? unused;
  return { service, refusal, test: testRefusal === null ? test : null, testRefusal };
}
function appOf(services) {
  let own = Object.entries(services).filter(([name]) => !TEST_SERVICES.includes(name)), built = own.filter(([, one]) => isRecord(one) && "build" in one), ofImage = own.filter(([, one]) => isRecord(one) && usesImage(String(one.image)));
  return [built, ofImage, own].find(({ length }) => length === 1)?.[0]?.[0] ?? null;
}
function usesImage(text) {
  return USES_IMAGE.test(text);
}
function refusalOf2(file, read2) {
  try {
    return read2(), null;
  } catch (error) {
    return problemOf(error, file).what;
  }
}

function healthText(dockerfile, files) {
  let instructions = parseDockerfile(dockerfile.text).flatMap((stage) => stage.instructions);
  if (instructions.some(({ keyword }) => keyword === "HEALTHCHECK"))
    return null;
  let ports = instructions.filter(({ keyword }) => keyword === "EXPOSE").flatMap(({ text }) => text.match(/\b\d{1,5}\b/g) ?? []).map(Number), found = files.map(({ file, text }) => ({ file, path: healthPathIn(text, ports) })).find(({ path }) => path !== null), advice = found === void 0 ? "asks a path that answers 200" : `asks ${found.path}, as ${found.file} does, if it answers 200`;
  return `none in ${dockerfile.file}; add a HEALTHCHECK that ${advice} only when the service works`;
}

var UNWANTED = [".git", "**/.env"], INSTALLED = { npm: "**/node_modules", PyPI: "**/.venv" }, GIT_IGNORE = ".gitignore", GIT_COMMENT = "# Seaworthy's reports.", COMMENT = "# The Dockerfile copies this whole folder into the image. These must not get there; turn a line that the build needs into a comment.";
function gitIgnoreFile(folders) {
  let before = readInside(GIT_IGNORE), after = completed(
    before,
    folders.map((name) => `${name}/`),
    GIT_COMMENT
  );
  return { file: GIT_IGNORE, before, after, isOfGate: !1 };
}
function ignoreFile({ dockerfile, managers }, own) {
  if (!parseDockerfile(readInside(dockerfile) ?? "").some(copiesFolder))
    return null;
  let file = ignoreFileOf(dockerfile), before = readInside(file), folders = own.map((name) => `${name}/`), installed = managers.flatMap((name) => INSTALLED[name] ?? []), wanted = [...UNWANTED, ...before === null ? installed : [], ...folders];
  return { file, before, after: completed(before, wanted, COMMENT), isOfGate: !1 };
}
function completed(before, wanted, comment) {
  let missing = wanted.filter((pattern) => !isDecided(before ?? "", pattern)), end = before?.includes(`\r
`) ? `\r
` : `
`, added = `${[comment, ...missing].join(end)}${end}`, start = before === null || before.trim() === "" ? "" : `${before.trimEnd()}${end}${end}`;
  return missing.length === 0 ? before ?? "" : start + added;
}
function ignoreFileOf(dockerfile) {
  let own = `${dockerfile}.dockerignore`;
  return exists(own) ? own : ".dockerignore";
}
function copiesFolder({ instructions }) {
  return instructions.filter(({ keyword, flags }) => ["COPY", "ADD"].includes(keyword) && !flags.some((flag) => flag.startsWith("--from="))).some(({ text, hereDocument }) => hereDocument === null && sourcesOf(text).some(isWholeFolder));
}
function isWholeFolder(source) {
  let [first = ""] = cleaned(source).split("/");
  return ["", "."].includes(first) || first.includes("$") || matches(first, ".git");
}
function sourcesOf(text) {
  return (text.trimStart().startsWith("[") ? [...text.matchAll(/"([^"]*)"/g)].map(([, part = ""]) => part) : text.trim().split(/\s+/)).slice(0, -1);
}
function isDecided(text, pattern) {
  let path = cleaned(pattern.replace("**/", "")), lines2 = text.split(`
`).map((line2) => line2.trim()), rules = lines2.filter((line2) => line2 !== "" && !line2.startsWith("#")), isNamed = lines2.some(
    (line2) => /^[#!]/.test(line2) && cleaned(line2.slice(1).trim().replace("**/", "")) === path
  ), rule = rules.findLast((line2) => matches(cleaned(line2.replace(/^!/, "").trim()), path));
  return isNamed || rule !== void 0 && !rule.startsWith("!");
}
function cleaned(pattern) {
  return pattern.replace(/^(?:\.?\/)+/, "").replace(/\/+$/, "");
}
function matches(pattern, name) {
  let source = pattern.replace(/^(?:\*\*\/)+|(?<=[^/])\/\*+$/g, "").replace(/[.+^$(){}|\\]/g, "\\$&").replace(/\*+/g, ".*").replaceAll("?", ".");
  return readOrNull(() => new RegExp(`^${source}$`).test(name)) ?? !1;
}

var FOLDER = ".github/workflows", GATE_WORKFLOW = `${FOLDER}/image-gate.yml`, RELEASE_WORKFLOW = `${FOLDER}/image-release.yml`;
function workflowsFor(values, examples) {
  let pullRequest = { [GATE_WORKFLOW]: forPullRequests(values, examples.pullRequest) };
  return ownReleaseWorkflow() === null ? { ...pullRequest, [RELEASE_WORKFLOW]: forReleases(values, examples.release) } : pullRequest;
}
function ownReleaseWorkflow() {
  return otherWorkflows().find(runsForTags)?.file ?? null;
}
function otherWorkflows() {
  return listFolder(FOLDER).filter((name) => /\.ya?ml$/.test(name)).map((name) => `${FOLDER}/${name}`).filter((file) => file !== GATE_WORKFLOW && file !== RELEASE_WORKFLOW).map((file) => ({ file, text: readInside(file) ?? "" }));
}
function runsForTags({ file, text }) {
  let { value } = readYaml(text, file), events = isRecord(value) ? value.on : void 0;
  return isRecord(events) ? "release" in events || isRecord(events.push) && "tags" in events.push : events === "release" || Array.isArray(events) && events.includes("release");
}
function knowsBase({ base }) {
  return base !== null && !isEmptyBase(base) && parseReference(base) !== null;
}
function forPullRequests({ dockerfile, branch, test }, example) {
  let replaced = example.replace("docker build --tag app:pr .", () => `docker build --tag app:pr${fileOption(dockerfile)} .`).replace("branches: [main]", () => `branches: [${branch}]`);
  return test === null ? replaced : withTest(replaced, test);
}
function forReleases(values, example) {
  let { dockerfile, base, test } = values, replaced = example.replace("docker build --pull --no-cache", (start) => `${start}${fileOption(dockerfile)}`).replace(/(?<=^ +)test: .*$/m, (line2) => test === null ? `# ${line2}` : `test: ${yamlText(test)}`);
  return knowsBase(values) ? replaced.replace(/(?<=^ +BASE: )\S+/m, () => yamlText(base ?? "")).replace(/^# Replace the test command.*\n/m, "") : replaced;
}
function keepEdited(before, after, test) {
  return before === null || !/^[ -]+uses: \S*seaworthy/m.test(before) ? after : test === null || /^ +test: /m.test(before) ? before : withTest(before, test);
}
function withTest(workflow, test) {
  let commented = /(?<=^ +)# test: .*$/m;
  return commented.test(workflow) ? workflow.replace(commented, () => `test: ${yamlText(test)}`) : workflow.replace(
    /^( +)image: .*\n/m,
    (line2, indent) => `${line2}${indent}test: ${yamlText(test)}
`
  );
}
function fileOption(dockerfile) {
  return dockerfile === "Dockerfile" ? "" : ` --file ${dockerfile}`;
}

var AUDIT_DAYS = 30, GATE = "policies/gate.yml", WHITELIST = "policies/whitelist.yml", COPY = "seaworthy", REPORTS = "seaworthy-report", TEST_FILES = ["script/test", "test.sh", "smoke-test.sh"], TEST_FOLDERS = ["tests", "test"], TEST_SCRIPT = /^(?:smoke|tests?|[\w.-]+[_-]tests?|(?:smoke|tests?)[_-][\w.-]+)\.sh$/, MANAGERS = {
  "package.json": "npm",
  "requirements.txt": "PyPI",
  "pyproject.toml": "PyPI",
  "pom.xml": "Maven",
  "build.gradle": "Maven",
  "go.mod": "Go",
  Gemfile: "RubyGems",
  "composer.json": "Composer",
  "Cargo.toml": "Rust"
}, OTHER_CI = {
  ".gitlab-ci.yml": "examples/gitlab/.gitlab-ci.yml",
  Jenkinsfile: "examples/jenkins/Jenkinsfile"
};
function readProject() {
  let [first] = readDockerfiles(null).toSorted((a, b) => a.file.length - b.file.length);
  if (first === void 0) {
    let what = "this folder contains no Dockerfile", todo = "run the command in the folder that contains your image's Dockerfile";
    throw new SeaworthyError({ code: "bad-input", what, where: "seaworthy init", todo });
  }
  let names = listFolder("."), found = (table) => Object.entries(table).flatMap(([name, value]) => names.includes(name) ? [value] : []), compose = findCompose(names), scripts = findScripts(), test = compose === null || compose.test === null ? scripts.test : `${compose.file}#${compose.test}`, head = readText(".git/refs/remotes/origin/HEAD") ?? "";
  return {
    dockerfile: first.file,
    base: baseOf(first.text ?? ""),
    compose,
    managers: [...new Set(found(MANAGERS))],
    test,
    health: healthText({ file: first.file, text: first.text ?? "" }, [
      ...compose === null ? [] : [compose],
      ...scripts.found,
      ...otherWorkflows()
    ]),
    unusedTest: test === null ? scripts.unused : null,
    otherCi: names.includes(".github") ? null : found(OTHER_CI)[0] ?? null,
    branch: /refs\/remotes\/origin\/([\w./-]+)/.exec(head)?.[1] ?? "main"
  };
}
function baseOf(dockerfile) {
  let stages = parseDockerfile(dockerfile), base = stages.at(-1)?.base ?? null;
  for (let { name, base: below } of stages.toReversed())
    base = name !== null && name === base?.toLowerCase() ? below : base;
  return base;
}
function findScripts() {
  let inFolders = TEST_FOLDERS.filter((name) => isFolderOrNew(name)).flatMap(
    (folder) => listFolder(folder).filter((name) => TEST_SCRIPT.test(name)).map((name) => `${folder}/${name}`)
  ), found = [...TEST_FILES, ...inFolders].map((file) => ({ file, text: readInside(file) })).flatMap(({ file, text }) => text === null ? [] : [{ file, text }]), used = found.find(({ text }) => usesImage(text)), [first] = found;
  return {
    found,
    test: used === void 0 ? null : commandOf(used),
    unused: used === void 0 && first !== void 0 ? { file: first.file, command: commandOf(first) } : null
  };
}
function commandOf({ file, text }) {
  return `${interpreterOf(text)} ${file}`;
}
function interpreterOf(text) {
  let [, line2 = ""] = /^#! *([\w./+ -]+?)\s*$/m.exec(text.split(`
`, 1)[0] ?? "") ?? [], [program2 = "", ...options] = line2.split(/ +/).filter((part) => !/^(?:.*\/env|-S)$/.test(part)), name = program2.split("/").at(-1) ?? "";
  return /^\w/.test(name) ? [name, ...options].join(" ") : "sh";
}
function initFiles(project, examples, today) {
  let gate = readInside(GATE), whitelist = readInside(WHITELIST), workflows = project.otherCi === null ? Object.entries(workflowsFor(project, examples)) : [], own = [REPORTS, ".seaworthy", ...needsCopy(project, examples) ? [COPY] : []];
  return [
    ...[
      { file: GATE, before: gate, after: gate === null ? newGate(project, today) : withMissing(gate, project) },
      { file: WHITELIST, before: whitelist, after: whitelist ?? EMPTY_WHITELIST },
      ...workflows.map(([file, text]) => {
        let before = readInside(file);
        return { file, before, after: keepEdited(before, text, project.test) };
      })
    ].map((one) => ({ ...one, isOfGate: !0 })),
    ...[ignoreFile(project, own)].flatMap((one) => one ?? []),
    gitIgnoreFile([REPORTS])
  ];
}
function newGate(project, today) {
  let { managers } = project;
  return `# What the gate requires. Every key is explained in Seaworthy's policies/gate.yml; defaults apply to those that are not set.
version: 1

# Until this day, a verdict other than "pass" is reported but blocks nothing, except a release. Fix the tasks, then remove the two lines and this comment.
mode: audit
audit-until: ${addDays(today, AUDIT_DAYS)}

${basesLines(project)}# ${managers.length === 0 ? "Application packages that the image contains are" : `Application packages (${managers.join(", ")}) are`} judged too. act: they block like Debian packages; report: only malware and known exploited ones do.
# application: act
${project.compose === null ? RUN_OPTIONS : composeLines(project)}`;
}
var RUN_OPTIONS = `
# How the image is run, for section 5 of Docker Bench, which is not judged without it: options of docker run, without the image.
# run-options: --read-only --cap-drop ALL --publish 127.0.0.1:8080:8080
`;
function basesLines({ dockerfile, base }) {
  return base !== null && parseReference(base) !== null && isOfficialName(base, []) || isEmptyBase(base) ? "" : `# ${dockerfile} builds on ${base ?? "an image that it does not name"}. A base that is not one of Docker's official images blocks; to allow it, list it here:
# allowed-bases: ["${listedBase(base) ?? "ghcr.io/acme/*"}"]

`;
}
function listedBase(base) {
  return base === null || parseReference(base) === null ? null : untagged(base);
}
function composeLines({ compose }) {
  if (compose === null || compose.refusal !== null)
    return "";
  let service = compose.service === null ? "" : `compose-service: ${yamlText(compose.service)}
`;
  return `
# How the image is run, for section 5 of Docker Bench.
compose-file: ${yamlText(compose.file)}
${service}`;
}
function withMissing(gate, project) {
  let { composeFile, runOptions } = readGatePolicy(gate, GATE), lines2 = composeLines(project);
  return composeFile === void 0 && runOptions === void 0 && lines2 !== "" ? `${gate.trimEnd()}
${lines2}` : gate;
}
function composeText({ file, refusal }) {
  return refusal === null ? file : `${file}, which gate.yml does not name yet: ${refusal}`;
}
function initSummary(project, examples, docs) {
  let { dockerfile, base, compose, managers, test, health, otherCi, branch } = project, file = fileOption(dockerfile), ownRelease = ownReleaseWorkflow(), quickStart = `${docs}/quick-start.md`;
  return {
    observed: [
      `Dockerfile: ${dockerfile}, on ${base ?? "an image that it does not name"}`,
      ...[notDebianText(base)].flatMap((line2) => line2 ?? []),
      `compose file: ${compose === null ? "none; to judge how the image is run, set run-options in gate.yml" : composeText(compose)}`,
      `application packages: ${managers.length === 0 ? "no manifests seen in this folder; the image is examined anyway" : managers.join(", ")}`,
      `regression test: ${test ?? `none seen; set the input "test" (${docs}/findings/regression-test.md)`}`,
      ...compose === null || compose.testRefusal === null ? [] : [`no test by ${compose.file} (${docs}/start.md#compose-tests): ${compose.testRefusal}`],
      ...health === null ? [] : [`health check: ${health} (${docs}/findings/docker-bench.md#check-46)`],
      ...otherCi !== null || ownRelease === null ? [] : [
        `releases: ${ownRelease} runs for tags, so no ${RELEASE_WORKFLOW} was written; add the gate to it (${docs}/releases.md)`
      ],
      ...otherCi === null ? [] : [`no workflow for GitHub was written; for this CI system, see ${otherCi}`]
    ],
    next: [
      ...needsCopy(project, examples) && !exists(of_join(COPY, "action.yml")) ? [`copy Seaworthy to the folder ${COPY} (${quickStart}#without-a-release)`] : [],
      ...otherCi === null && ownRelease === null && !knowsBase(project) ? [
        isEmptyBase(base) ? `build on a Debian-based image, and replace BASE in ${RELEASE_WORKFLOW} with it` : `replace BASE in ${RELEASE_WORKFLOW} with the image that ${dockerfile} builds on`
      ] : [],
      ...testLines(project, docs),
      `docker build --tag app:pr${file} . && seaworthy scan app:pr${test === null ? "" : ` --test '${test}'`}`,
      `commit all of it to ${branch}, because a pull request is judged by what is there (${quickStart})`
    ]
  };
}
function testLines({ test, unusedTest }, docs) {
  return test !== null ? [] : [
    ...unusedTest === null ? [] : [
      `${unusedTest.file} does not use $IMAGE: set test: ${unusedTest.command} "$IMAGE" if it takes the image as an argument`
    ],
    `your first major release (v1.0.0) needs a test (${docs}/findings/regression-test.md)`
  ];
}
function needsCopy({ otherCi }, { pullRequest }) {
  return otherCi === null && pullRequest.includes(`/${COPY}
`);
}

var EXAMPLES = "examples/workflows", HELP4 = `
Writes for the Dockerfile in this folder:
  policies/gate.yml (audit mode for 30 days) and policies/whitelist.yml;
  .github/workflows/image-gate.yml and, unless a workflow already runs for tags, image-release.yml;
  .gitignore, for the reports; .dockerignore, if the Dockerfile copies the whole folder (COPY .).
A file that is there is changed only after its diff was shown and you agreed; in a script, only with --yes.
The gate works without the ignore files: they keep reports out of commits, and what no image needs out of the image.
Exit: 0 the gate's files are as they should be; 1 a change to a policy or a workflow was not written; 2 failed.`;
function addInit(program2, uncaught, home = HOME) {
  program2.command("init").description("write the policies and the workflow for the Dockerfile in this folder").option("--yes", "change existing files without asking").addHelpText("after", HELP4).action(async ({ yes = !1 }) => {
    process.exitCode = await init(yes, uncaught, home);
  });
}
async function init(isAgreed, uncaught, home) {
  let print = (line2) => process.stdout.write(`${line2}
`), example = (name) => {
    let text = readText(of_join(home, EXAMPLES, name));
    if (text === null) {
      let what = `this copy of Seaworthy has no ${EXAMPLES}/${name}`, todo = "run the command from a whole checkout of Seaworthy";
      throw new SeaworthyError({ code: "bad-input", what, where: "seaworthy init", todo });
    }
    return text;
  }, examples = { pullRequest: example("pull-request.yml"), release: example("release.yml") }, project = readProject(), summary = initSummary(project, examples, of_join(home, "docs"));
  for (let line2 of summary.observed)
    print(escapeTerminal(line2));
  print("");
  let filesToWrite = initFiles(project, examples, (  new Date()).toISOString().slice(0, 10)).filter(({ before, after }) => before !== after), changed = filesToWrite.filter(({ before }) => before !== null), signal = isAgreed || changed.length === 0 ? uncaught : abortOnSignals(uncaught), refused = [];
  for (let one of changed)
    process.stdout.write(renderDiff(one.file, one.before, one.after, terminal().colour)), !isAgreed && !await agreed(one.file, signal) && refused.push(one);
  for (let { file, before, after } of filesToWrite.filter((one) => !refused.includes(one)))
    replaceFile(file, before, after), print(`written: ${file}`);
  for (let one of refused)
    print(refusedText(one));
  return filesToWrite.length === 0 && print("nothing to change"), print(`
next:
${summary.next.map((line2) => `  ${line2}`).join(`
`)}`), refused.some(({ isOfGate }) => isOfGate) ? 1 : 0;
}
function refusedText({ file, before, after, isOfGate }) {
  let head = `not changed: ${file}; ${isOfGate ? "the gate's setup is incomplete without this" : "the gate works without this"}`, start = before?.trimEnd() ?? "";
  if (!after.startsWith(start))
    return `${head}; pass --yes to change what the diff shows`;
  let added = after.slice(start.length).trim().split(/\r?\n/);
  return [
    `${head}; pass --yes, or add these lines:`,
    ...added.map((line2) => `  ${escapeTerminal(line2, 1e3)}`)
  ].join(`
`);
}

function addUpdate(program2, uncaught) {
  let command2 = program2.command("update").description("update an image's packages, and test that the application still works").argument("<image>", "a local image").addHelpText("after", EXITS2).action(async (image, flags) => {
    process.exitCode = await updateImage(image, inputsOf(flags), uncaught);
  });
  addInputs(command2, ({ where }) => where.includes("update"));
}
var EXITS2 = `
Exit codes:
  0  the patched image passes, or there was nothing to update and the image itself passes
  1  the patched image fails; or no package could be updated with a passing test; or there was nothing to update, and the image itself fails
  2  no update could be tried, or the image could not be judged`;
async function updateImage(image, inputs, uncaught) {
  let { update, request, judging } = readAll(image, inputs);
  refuseLinks(judging.reportDir, "report-dir", !1);
  let screen = terminal(), context = { ...screen, runId: newRunId(), signal: abortOnSignals(uncaught) };
  try {
    await refuseUntested(update, context.signal);
    let scanned = await runGate(request, judging, { ...context, runId: newRunId() }), updated = await runUpdate(update, scanned, request, judging, context);
    screen.done();
    let { colour, width } = screen;
    removeReports(judging.reportDir);
    let paths = writeReports(judging.reportDir, updated.verdict, documentsAddress(process.env)), options = { colour, width, pages: documentsHere(process.env) }, verbose = inputs("verbose") === "true";
    return process.stdout.write(renderTerminal(updated.verdict, { ...options, verbose })), process.stdout.write(`
${renderUpdate(updated.outcome)}`), writeUpdate(judging.reportDir, updated.outcome), process.stdout.write(`
${reportLine(paths)}`), updateExit(updated);
  } finally {
    screen.done();
  }
}
function readAll(image, inputs) {
  let gathered = gatherErrors(), update = gathered.attempt(() => readUpdateRequest([image], inputs)), scan = gathered.attempt(() => readScan([image], inputs, (  new Date()).toISOString().slice(0, 10)));
  if (gathered.throwAny(), update === null || scan === null)
    throw new Error("an error was not reported");
  if (scan.request.push.push === "judged")
    throw otherPush("judged", 'only "seaworthy scan" pushes the image that it has judged');
  return { update, ...scan };
}

var import_semver2 = __toESM(require_semver(), 1);

var REQUEST_MS2 = 3e4, MAX_SHOWN = 5;
async function verifyImage(request, { now, signal }) {
  let options = { logins: dockerLogins(), signal, timeoutMs: REQUEST_MS2 }, { bundle, name } = request, check = await signatureCheck(request), fromFile = bundle === null ? null : { bundles: bundlesIn(fileText(bundle), bundle), by: bundle }, readAll2 = async (digest2) => {
    let found = fromFile ?? await readReferrers({ ...name, digest: digest2 }, options), read3 = found.bundles.map((one) => readOne(one, digest2, check));
    return { read: read3, signed: read3.flatMap((one) => "verdict" in one ? [one] : []), by: found.by };
  }, { read: read2, signed, by } = await readAll2(name.digest), verdictsOfPolicy = (all2) => all2.filter(({ verdict }) => [null, verdict.policyDigest].includes(request.policyDigest)), newestOf = (all2) => {
    let newest2 = all2.toSorted(newestFirst), isOfName = ({ verdict }) => verdict.result === "FAILED" || isResource(verdict, request.resource);
    return newest2.find(isOfName) ?? newest2[0];
  }, newest = newestOf(verdictsOfPolicy(signed)) ?? newestOf(signed);
  if (newest === void 0) {
    let refused = read2.flatMap((one) => "refused" in one ? [one.refused] : []);
    return { isGood: !1, checks: [...noVerdict(refused, by), sourceCheck([by], name.digest)] };
  }
  let inRegistry = await readInRegistry(request.reference, name, options), configs = inRegistry.manifests.map(({ config }) => config), requirements = { ...request, now: now.getTime() }, all = [...read2], counting = [newest], ofPlatforms = [], sources = [by];
  for (let { digest: digest2, config, platform } of inRegistry.isIndex ? inRegistry.manifests : []) {
    let own = await readAll2(digest2);
    all.push(...own.read), sources.push(own.by);
    let verdictsOfImage = config === null ? [] : signed.filter(({ verdict }) => verdict.configs.includes(config)), last = newestOf(verdictsOfPolicy([...verdictsOfImage, ...own.signed]));
    if (last !== void 0 && last !== newest) {
      counting.push(last);
      let checks2 = checkVerdict(last.verdict, { ...requirements, configs: [config] });
      ofPlatforms.push(...platformChecks(platform, checks2));
    }
  }
  let checks = [
    { name: "signature", state: "ok", text: newest.signer },
    { name: "subject", state: "ok", text: name.digest },
    sourceCheck(sources, name.digest),
    ...othersCheck(all, counting),
    ...ofPlatforms,
    ...checkVerdict(newest.verdict, { ...requirements, configs })
  ];
  return { isGood: checks.every(({ state }) => state !== "refused"), checks };
}
function sourceCheck(sources, digest2) {
  let name = "source", tag = digest2.replace(":", "-"), file = sources.find((source) => source !== "tag" && source !== "referrers API");
  if (file !== void 0)
    return { name, state: "unchecked", text: `${file}; a newer verdict in the registry was not looked for` };
  let text = `the tag ${tag}, because the registry does not have the referrers API; anyone who can push may have overwritten the tag, which hides verdicts`;
  return sources.includes("tag") ? { name, state: "unchecked", text } : { name, state: "ok", text: "the registry's referrers API" };
}
function platformChecks(platform, checks) {
  let name = "platform", refused = checks.filter(({ state }) => state === "refused"), refusal = (text) => `${platform}, according to its newest verdict: ${text}`;
  return refused.length === 0 ? [{ name, state: "ok", text: `${platform}: passed in a newer verdict that covers only this platform` }] : refused.map(({ text }) => ({ name, state: "refused", text: refusal(text) }));
}
function othersCheck(read2, counting) {
  let keyOf = ({ verdict }) => JSON.stringify(verdict), countingKeys = new Set(counting.map(keyOf)), signed = read2.flatMap((one) => "verdict" in one ? [[keyOf(one), one.verdict]] : []), otherSigned = [...new Map(signed.filter(([key]) => !countingKeys.has(key))).values()], lost = read2.filter((one) => "refused" in one && one.isLost).length, textOf = ({ result, time, policyDigest: policyDigest2 }) => `${result} on ${new Date(time).toISOString()} under policy ${policyDigest2.slice(0, 19)}`, otherVerdicts = otherSigned.toSorted((a, b) => b.time - a.time).map(textOf), texts = [
    ...otherVerdicts.length === 0 ? [] : [`ignored: ${listText(otherVerdicts, MAX_SHOWN)}`],
    ...lost === 0 ? [] : [`${plural(lost, "attestation")} listed by the registry cannot be read`]
  ];
  return texts.length === 0 ? [] : [{ name: "others", state: "unchecked", text: texts.join("; ") }];
}
function newestFirst(a, b) {
  let isFailed = ({ result }) => +(result === "FAILED");
  return b.verdict.time - a.verdict.time || isFailed(b.verdict) - isFailed(a.verdict);
}
async function signatureCheck(request) {
  let { verifyBundle, verifyKeyBundle } = await import("./chunk-io-sigstore-verify-bundle.js"), { key, trustedRoot, identity, issuer, repository } = request;
  if (key !== null) {
    let { readPublicKey, fingerprintOf } = await import("./chunk-io-sigstore-key.js"), publicKey = readPublicKey(key, "--key"), signer = `the key ${fingerprintOf(publicKey)}`;
    return (text, where) => ({ ...verifyKeyBundle(text, publicKey, where), signer });
  }
  let { publicGoodRoots, readTrustedRoots } = await import("./chunk-io-sigstore-trusted-roots.js"), roots = trustedRoot === null ? publicGoodRoots() : readTrustedRoots(fileText(trustedRoot), trustedRoot);
  return (text, where) => {
    let signed = verifyBundle(text, roots, { identity, issuer, repository }, where), run = signed.repository === null ? "" : `, in a run of ${signed.repository}`;
    return { ...signed, signer: `${signed.identity}${run}` };
  };
}
function readOne({ text, where }, digest2, check) {
  if (text === null)
    return { refused: `${where}: it cannot be read`, isLost: !0 };
  try {
    let signed = check(text, where), verdict = readAttestedVerdict(signed.payloadType, signed.payload);
    return verdict === null ? { refused: `${where}: it is signed, but is not a Seaworthy verdict` } : verdict.subjects.includes(digest2) ? { verdict, signer: signed.signer } : { refused: `${where}: it is for a different image (${verdict.subjects.slice(0, 3).join(", ")})` };
  } catch (error) {
    let { code, what } = problemOf(error, where);
    if (code === "bundle-malformed" || code === "signature-refused")
      return { refused: `${where}: ${what}` };
    throw error;
  }
}
function noVerdict(refused, by) {
  let none = `there is no attested verdict for this image (${by})`;
  return (refused.length === 0 ? [none] : firstOf(refused, MAX_SHOWN)).map((text) => ({ name: "verdict", state: "refused", text }));
}
function bundlesIn(text, where) {
  try {
    return JSON.parse(text), [{ text, where }];
  } catch {
    let lines2 = text.split(`
`).filter((line2) => line2.trim() !== "");
    return lines2.map((line2, at2) => ({ text: line2, where: lines2.length === 1 ? where : `${where}:${at2 + 1}` }));
  }
}
function fileText(path) {
  let text = readText(path);
  if (text === null)
    throw new SeaworthyError({ code: "file-unreadable", what: "there is no such file", where: path });
  return text;
}
function policyDigestOf(folder, inputs, today) {
  if (!exists(folder)) {
    let what = "there is no such folder", todo = "specify the folder that contains gate.yml";
    throw new SeaworthyError({ code: "policy-missing", what, where: folder, todo });
  }
  let defaults = new Map(INPUTS.map((input) => [input.name, input.default]));
  return policyDigest(readJudging((name) => name === "policies" ? folder : inputs.get(name) ?? defaults.get(name) ?? "", today, { ...WORK_TREE, mayLackAll: !0 }).policy);
}

var HELP5 = `
The verdict is fetched from the registry (among the image's referrers), or read from the file given with --bundle. It
must be signed by the identity given with --identity, and the issuer given with --issuer must vouch for that identity;
or, with --key, by the private half of that key.
Checks that you did not ask for are printed as "unchecked".
Exit: 0 may be deployed, 1 must not be deployed (failed, forged, too old, for a different image, no verdict), 2 not
checked, or usage error.

Example:
  seaworthy verify ghcr.io/acme/app@sha256:… \\
    --identity 'https://github.com/acme/app/.github/workflows/release.yml@refs/tags/*' \\
    --issuer https://token.actions.githubusercontent.com --policy policies`, MAX_HOURS = 87600;
function addVerify(program2, uncaught) {
  program2.command("verify").description("check an image's attested verdict before deployment; needs no Docker engine").argument("<image>", "the image with its digest, such as ghcr.io/acme/app@sha256:…").option(
    "--identity <URL>",
    "required signer: the workflow with its ref; may end in * after refs/tags/ or refs/heads/"
  ).option("--key <FILE>", 'public key that must have signed instead ("seaworthy attest"): ECDSA P-256, PEM').option("--issuer <URL>", "issuer that vouches for the identity given with --identity").option(
    "--repository <URL>",
    "repository whose run must have signed the verdict, if the workflow is a reusable workflow from another repository"
  ).option(
    "--resource <NAME>",
    "name under which the image was judged, such as ghcr.io/acme/app (default: the name in the image argument)"
  ).option("--bundle <FILE>", "file with the signed verdict (default: fetched from the registry)").option("--trusted-root <FILE>", "sigstore trusted root (default: that of the public instance)").option(
    "--policy <DIR>",
    "folder with the gate.yml, whitelist.yml and dictionary.yml that must have been used to judge the image"
  ).option(
    "--with <INPUT=VALUE...>",
    "a policy input that was set for the judging run, such as fail-on=medium"
  ).option("--policy-digest <DIGEST>", "digest (see report.json) of the policy that must have been used").option("--max-age <HOURS>", "maximum age of the verdict, in hours", "168").option("--min-version <VERSION>", "refuse a verdict from a Seaworthy version older than this").option("--strict", "accept only a verdict whose sole level (in verifiedLevels) is SEAWORTHY_PASS").addHelpText("after", HELP5).action(async (image, flags) => {
    let now =   new Date(), request = await readVerify(image, flags, now), { isGood, checks } = await verifyImage(request, { now, signal: abortOnSignals(uncaught) }), lines2 = checks.map(
      ({ name, state, text }) => `${name.padEnd(10)} ${state.padEnd(10)} ${escapeTerminal(text, 1e3)}
`
    ), head = isGood ? "verified: may be deployed" : "REFUSED: must not be deployed";
    process.stdout.write(`${lines2.join("")}
${head}  ${escapeTerminal(image)}
`), process.exitCode = isGood ? 0 : 1;
  });
}
async function readVerify(image, flags, now) {
  let lines2 = [], name = parseReference(image);
  (name === null || name.digest === null) && lines2.push("image: specify it by digest (ghcr.io/acme/app@sha256:…), because a tag can be moved between this check and the deployment");
  let { key = null, identity = "", issuer = "", repository = null, maxAge } = flags;
  lines2.push(...key === null ? await identityErrors(flags) : keyErrors(flags));
  let resource = parseReference(flags.resource ?? image);
  flags.resource !== void 0 && (resource === null || resource.digest !== null) && lines2.push(`resource: ${JSON.stringify(flags.resource)} is not an image name`);
  let maxHours = Number(maxAge);
  Number.isInteger(maxHours) && maxHours > 0 && maxHours <= MAX_HOURS || lines2.push(`max-age: ${JSON.stringify(maxAge)} is not a number of hours from 1 to ${MAX_HOURS}`);
  let { minVersion: leastVersion = null, strict = !1 } = flags;
  leastVersion !== null && (0, import_semver2.valid)(leastVersion) === null && lines2.push(`min-version: ${JSON.stringify(leastVersion)} is not a version`), flags.policy !== void 0 && flags.policyDigest !== void 0 && lines2.push("policy and policy-digest are mutually exclusive"), flags.policyDigest !== void 0 && !/^sha256:[0-9a-f]{64}$/.test(flags.policyDigest) && lines2.push("policy-digest: must be sha256: followed by 64 hexadecimal digits");
  let inputs = inputsOf2(flags, lines2);
  if (lines2.length > 0 || name === null || name.digest === null || resource === null) {
    let advice = "correct these flags; for the full list, run seaworthy verify --help";
    throw new SeaworthyError({ code: "bad-input", what: lines2.join(`
`), where: "flags", todo: advice });
  }
  let day = now.toISOString().slice(0, 10), policyDigest2 = flags.policy === void 0 ? flags.policyDigest ?? null : policyDigestOf(flags.policy, inputs, day), { trustedRoot = null, bundle = null } = flags;
  return {
    reference: image,
    name: { ...name, digest: name.digest },
    key,
    identity,
    issuer,
    repository,
    trustedRoot,
    bundle,
    resource: `${resource.registry}/${resource.repository}`,
    policyDigest: policyDigest2,
    mostHours: maxHours,
    leastVersion,
    strict
  };
}
async function identityErrors({ identity, issuer = "" }) {
  let { identityError } = await import("./chunk-io-sigstore-verify-bundle.js"), error = identity === void 0 ? "specify the workflow whose signature is required, or a public key with --key" : identityError(identity);
  return [
    ...error === null ? [] : [`identity: ${error}`],
    ...URL.canParse(issuer) ? [] : ["issuer: pass the URL of the issuer that vouches for the identity"]
  ];
}
function keyErrors(flags) {
  return ["identity", "issuer", "repository", "trustedRoot"].filter((name) => flags[name] !== void 0).map((name) => `${name === "trustedRoot" ? "trusted-root" : name}: it cannot be combined with --key`);
}
function inputsOf2(flags, lines2) {
  let knownInputs = { ...CHECK_INPUTS, ...POLICY_INPUTS }, pairs = (flags.with ?? []).map((pair) => {
    let at2 = pair.indexOf("=");
    return [pair.slice(0, Math.max(at2, 0)), pair.slice(at2 + 1)];
  });
  pairs.length > 0 && flags.policy === void 0 && lines2.push("with: this flag needs --policy");
  for (let [name] of pairs)
    Object.hasOwn(knownInputs, name) || lines2.push(`with: ${JSON.stringify(name)} is not a policy input`);
  return new Map(pairs);
}

var EXITS3 = `
Exit: 0 pass, 1 fail, 2 could not judge (incomplete, invalid flags or policies).`, NO_PROOF = `judged from saved evidence: anyone who can write to that folder could have forged this verdict, so do not rely on it as proof
`, EXAMPLES2 = `
Examples:
  seaworthy scan app:1.4.0
  seaworthy scan registry:ghcr.io/acme/app:1.4.0
  seaworthy scan ./app.tar --fail-on medium --save-evidence evidence`;
function command(uncaught) {
  let program2 = new Command("seaworthy").description("Decides whether a Debian-based Docker image may be released.").version(TOOL.version).exitOverride().configureOutput({ writeErr: (text) => process.stderr.write(text) }).hook("preAction", () => {
    process.exitCode = NOT_JUDGED;
  }), scan = program2.command("scan").description(`judge images; each is ${IMAGE_FORMS}`).argument("<image...>", "images to judge").addHelpText("after", `${EXAMPLES2}
${EXITS3}`).action(async (images, flags) => {
    process.exitCode = await scanImages(images, inputsOf(flags), uncaught);
  }), replay = program2.command("replay").description(
    "judge saved evidence again, without Docker or network access; do not rely on the verdict as proof"
  ).argument("<dir>", "folder written by --save-evidence").addHelpText("after", EXITS3).action((folder, flags) => {
    process.exitCode = replayEvidence(folder, inputsOf(flags));
  }), about = "print the verdict in this format instead, and nothing else", format = new Option("--format <WORD>", about).choices(Object.keys(FORMATS2));
  scan.addOption(format), replay.addOption(format), addInputs(scan, ({ where }) => where.includes("scan"));
  for (let input of INPUTS.filter((one) => one.replay))
    replay.addOption(optionOf(replayInput(input)));
  return addUpdate(program2, uncaught), addFeeds(program2, uncaught), addDictionary(program2, uncaught), addInit(program2, uncaught), addExplain(program2), addWhitelist(program2), addAttest(program2, uncaught), addVerify(program2, uncaught), printUsage(program2), program2;
}
function replayInput(input) {
  return input.name === "report-dir" ? { ...input, default: "", help: `${input.help} (default: none are written)` } : { ...input, default: input.default.startsWith("$") ? "" : input.default };
}
function replayEvidence(folder, inputs) {
  let replayed = readReplayed(folder, inputs), { judging } = replayed;
  judging.reportDir !== "" && removeReports(judging.reportDir);
  let code = report(verdictOf(replayed), judging, inputs);
  return progressStream(inputs).write(NO_PROOF), code;
}
async function main() {
  endQuietly(process.stdout), endQuietly(process.stderr);
  let uncaught = abortOnUncaught();
  uncaught.addEventListener("abort", () => process.stderr.write(`${stackOf(uncaught.reason)}
`));
  try {
    await command(uncaught).parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : NOT_JUDGED;
      return;
    }
    let debug = process.argv.includes("--debug");
    process.stderr.write(renderProblem(problemOf(error, "seaworthy"), documentsHere(process.env))), (debug || !(error instanceof SeaworthyError)) && process.stderr.write(`${stackOf(error)}
`), process.exitCode = NOT_JUDGED;
  }
}
function stackOf(error) {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
await main();
