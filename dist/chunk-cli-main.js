import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  builtin2 as builtin4,
  of_stripVTControlCharacters
} from "./chunk-of-node-util.js";
import {
  ARCHIVE_INPUTS,
  BENCH_INPUTS,
  BRANCH_INPUTS,
  BUILTIN_FILE,
  CHECK_INPUTS,
  CLAIR_INPUTS,
  DATA_FORMAT,
  DEFAULT_GATE,
  DICTIONARY_SCHEMA,
  ECOSYSTEMS,
  FEEDS,
  FEED_INPUTS,
  FEED_TITLES,
  FOLDER_INPUTS,
  HEAD_BYTES,
  IMAGE_INPUTS,
  INDEX_FILE,
  LIMIT_INPUTS,
  MANIFESTS,
  MAX_BYTES,
  MAX_OSV_DAYS,
  OSV_BUCKET,
  PART_NAMES,
  PASS_LEVEL,
  POLICY_INPUTS,
  PUBLISH_INPUTS,
  PUSH_INPUTS,
  RegistryStatus,
  STARTER_DICTIONARY,
  STATEMENT_TYPE,
  STRUCK_INPUTS,
  TELL_INPUTS,
  TEST_INPUTS,
  TOOL,
  UPDATE_INPUTS,
  VERDICT_KEY,
  VERIFIER_ID,
  VSA_TYPE,
  abortOnFaults,
  abortOnSignals,
  acceptsMore,
  answerOf,
  attestableOf,
  attestedBy,
  collectImages,
  compareItems,
  compareResults,
  decide,
  digest,
  dockerLogins,
  endQuietly,
  entryFor,
  evidenceOf,
  folderOf,
  gatherFaults,
  gunzipped,
  isWorse,
  iso_exports,
  itemSet,
  keptPlace,
  loadEvidence,
  makeKeptFolder,
  malformedAnswer,
  ofEngine,
  of_chmod,
  of_copyFile,
  of_mkdir,
  of_mkdtemp,
  of_open,
  of_pipeline,
  of_readFile,
  of_readdir,
  of_rm,
  of_stat,
  of_utimes,
  of_writeFile,
  openFeed,
  openKeptAt,
  openOsv,
  openRepository,
  openTracker,
  padded,
  parsePurl,
  policyDigest,
  proven,
  publishImages,
  readDictionary,
  readDigest,
  readFeeds,
  readGatePolicy,
  readHead,
  readInRegistry,
  readJudging,
  readKeptAt,
  readRequest,
  readScan,
  readUpdateRequest,
  readYears,
  refuseTies,
  refuseUnanswered,
  refuseUntested,
  registryText,
  removeReports,
  renderProblem,
  renderTerminal,
  renderUpdate,
  reportLine,
  runGate,
  runUpdate,
  shaped,
  terminal,
  timed,
  updateExit,
  writeReports,
  writeTable,
  writeUpdate
} from "./chunk-cyclonedx-cyclonedx-library-res-schema-spdx-snapshot-schema.js";
import {
  of_createGzip,
  require_semver
} from "./chunk-semver-classes-range.js";
import {
  unwritable
} from "./chunk-io-files-temporary.js";
import "./chunk-io-archive-image-name.js";
import {
  BY_PATH_IDS,
  CHECKS,
  CHECK_IDS,
  RULINGS,
  SEVERITIES,
  START_TEST,
  VULNERABILITY_ID,
  _enum,
  addBlock,
  addDays,
  append,
  array,
  becauseText,
  boolean,
  compareIds,
  compareSeverity,
  entryBy,
  exitCode,
  fromNewNumbering,
  hoursBetween,
  int,
  isBench,
  isDate,
  isVulnerabilityId,
  judgedBy,
  listOf,
  literal,
  mappingOf,
  memberOf,
  object,
  oneLine,
  parseReference,
  proposeEntries,
  pruned,
  put,
  readObstacle,
  readYaml,
  record,
  remove,
  renderDiff,
  spanFault,
  splice,
  string,
  unknownIds,
  usualEnd,
  valueAt,
  withEntries,
  yamlText
} from "./chunk-js-yaml-dist-js-yaml.js";
import {
  defaultCacheDir,
  fileHeader,
  isThere,
  newRunId,
  readPolicy,
  readText,
  writeText
} from "./chunk-io-engine-docker.js";
import {
  documentsAddress,
  documentsHere,
  escapeTerminal,
  plural
} from "./chunk-io-github-client.js";
import {
  builtin as builtin2,
  builtin2 as builtin3,
  of_EventEmitter,
  of_basename,
  of_createHash,
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
import {
  redactUrl
} from "./chunk-io-http-url.js";
import "./chunk-of-node-timers-promises.js";
import "./chunk-actions-http-client-lib-index.js";
import "./chunk-undici-lib-llhttp-llhttp-simd-wasm.js";
import {
  SeaworthyError,
  problemOf,
  withAdvice
} from "./chunk-model-problem-codes.js";
import {
  __toESM
} from "./chunk-empty.js";

// node_modules/commander/lib/error.js
var CommanderError = class extends Error {
  /**
   * Constructs the CommanderError class
   * @param {number} exitCode suggested exit code which could be used with process.exit
   * @param {string} code an id string representing the error
   * @param {string} message human-readable description of the error
   */
  constructor(exitCode2, code, message) {
    super(message);
    Error.captureStackTrace(this, this.constructor);
    this.name = this.constructor.name;
    this.code = code;
    this.exitCode = exitCode2;
    this.nestedError = void 0;
  }
};
var InvalidArgumentError = class extends CommanderError {
  /**
   * Constructs the InvalidArgumentError class
   * @param {string} [message] explanation of why argument is invalid
   */
  constructor(message) {
    super(1, "commander.invalidArgument", message);
    Error.captureStackTrace(this, this.constructor);
    this.name = this.constructor.name;
  }
};

// node_modules/commander/lib/argument.js
var Argument = class {
  /**
   * Initialize a new command argument with the given name and description.
   * The default is that the argument is required, and you can explicitly
   * indicate this with <> around the name. Put [] around the name for an optional argument.
   *
   * @param {string} name
   * @param {string} [description]
   */
  constructor(name, description) {
    this.description = description || "";
    this.variadic = false;
    this.parseArg = void 0;
    this.defaultValue = void 0;
    this.defaultValueDescription = void 0;
    this.argChoices = void 0;
    switch (name[0]) {
      case "<":
        this.required = true;
        this._name = name.slice(1, -1);
        break;
      case "[":
        this.required = false;
        this._name = name.slice(1, -1);
        break;
      default:
        this.required = true;
        this._name = name;
        break;
    }
    if (this._name.endsWith("...")) {
      this.variadic = true;
      this._name = this._name.slice(0, -3);
    }
  }
  /**
   * Return argument name.
   *
   * @return {string}
   */
  name() {
    return this._name;
  }
  /**
   * @package
   */
  _collectValue(value, previous) {
    if (previous === this.defaultValue || !Array.isArray(previous)) {
      return [value];
    }
    previous.push(value);
    return previous;
  }
  /**
   * Set the default value, and optionally supply the description to be displayed in the help.
   *
   * @param {*} value
   * @param {string} [description]
   * @return {Argument}
   */
  default(value, description) {
    this.defaultValue = value;
    this.defaultValueDescription = description;
    return this;
  }
  /**
   * Set the custom handler for processing CLI command arguments into argument values.
   *
   * @param {Function} [fn]
   * @return {Argument}
   */
  argParser(fn) {
    this.parseArg = fn;
    return this;
  }
  /**
   * Only allow argument value to be one of choices.
   *
   * @param {string[]} values
   * @return {Argument}
   */
  choices(values) {
    this.argChoices = values.slice();
    this.parseArg = (arg, previous) => {
      if (!this.argChoices.includes(arg)) {
        throw new InvalidArgumentError(
          `Allowed choices are ${this.argChoices.join(", ")}.`
        );
      }
      if (this.variadic) {
        return this._collectValue(arg, previous);
      }
      return arg;
    };
    return this;
  }
  /**
   * Make argument required.
   *
   * @returns {Argument}
   */
  argRequired() {
    this.required = true;
    return this;
  }
  /**
   * Make argument optional.
   *
   * @returns {Argument}
   */
  argOptional() {
    this.required = false;
    return this;
  }
};
function humanReadableArgName(arg) {
  const nameOutput = arg.name() + (arg.variadic === true ? "..." : "");
  return arg.required ? "<" + nameOutput + ">" : "[" + nameOutput + "]";
}

// node_modules/commander/lib/help.js
var Help = class {
  constructor() {
    this.helpWidth = void 0;
    this.minWidthToWrap = 40;
    this.sortSubcommands = false;
    this.sortOptions = false;
    this.showGlobalOptions = false;
  }
  /**
   * prepareContext is called by Commander after applying overrides from `Command.configureHelp()`
   * and just before calling `formatHelp()`.
   *
   * Commander just uses the helpWidth and the rest is provided for optional use by more complex subclasses.
   *
   * @param {{ error?: boolean, helpWidth?: number, outputHasColors?: boolean }} contextOptions
   */
  prepareContext(contextOptions) {
    this.helpWidth = this.helpWidth ?? contextOptions.helpWidth ?? 80;
  }
  /**
   * Get an array of the visible subcommands. Includes a placeholder for the implicit help command, if there is one.
   *
   * @param {Command} cmd
   * @returns {Command[]}
   */
  visibleCommands(cmd) {
    const visibleCommands = cmd.commands.filter((cmd2) => !cmd2._hidden);
    const helpCommand = cmd._getHelpCommand();
    if (helpCommand && !helpCommand._hidden) {
      visibleCommands.push(helpCommand);
    }
    if (this.sortSubcommands) {
      visibleCommands.sort((a, b) => {
        return a.name().localeCompare(b.name());
      });
    }
    return visibleCommands;
  }
  /**
   * Compare options for sort.
   *
   * @param {Option} a
   * @param {Option} b
   * @returns {number}
   */
  compareOptions(a, b) {
    const getSortKey = (option) => {
      return option.short ? option.short.replace(/^-/, "") : option.long.replace(/^--/, "");
    };
    return getSortKey(a).localeCompare(getSortKey(b));
  }
  /**
   * Get an array of the visible options. Includes a placeholder for the implicit help option, if there is one.
   *
   * @param {Command} cmd
   * @returns {Option[]}
   */
  visibleOptions(cmd) {
    const visibleOptions = cmd.options.filter((option) => !option.hidden);
    const helpOption = cmd._getHelpOption();
    if (helpOption && !helpOption.hidden) {
      const removeShort = helpOption.short && cmd._findOption(helpOption.short);
      const removeLong = helpOption.long && cmd._findOption(helpOption.long);
      if (!removeShort && !removeLong) {
        visibleOptions.push(helpOption);
      } else if (helpOption.long && !removeLong) {
        visibleOptions.push(
          cmd.createOption(helpOption.long, helpOption.description).helpGroup(helpOption.helpGroupHeading)
        );
      } else if (helpOption.short && !removeShort) {
        visibleOptions.push(
          cmd.createOption(helpOption.short, helpOption.description).helpGroup(helpOption.helpGroupHeading)
        );
      }
    }
    if (this.sortOptions) {
      visibleOptions.sort(this.compareOptions);
    }
    return visibleOptions;
  }
  /**
   * Get an array of the visible global options. (Not including help.)
   *
   * @param {Command} cmd
   * @returns {Option[]}
   */
  visibleGlobalOptions(cmd) {
    if (!this.showGlobalOptions) return [];
    const globalOptions = [];
    for (let ancestorCmd = cmd.parent; ancestorCmd; ancestorCmd = ancestorCmd.parent) {
      const visibleOptions = ancestorCmd.options.filter(
        (option) => !option.hidden
      );
      globalOptions.push(...visibleOptions);
    }
    if (this.sortOptions) {
      globalOptions.sort(this.compareOptions);
    }
    return globalOptions;
  }
  /**
   * Get an array of the arguments if any have a description.
   *
   * @param {Command} cmd
   * @returns {Argument[]}
   */
  visibleArguments(cmd) {
    if (cmd._argsDescription) {
      cmd.registeredArguments.forEach((argument) => {
        argument.description = argument.description || cmd._argsDescription[argument.name()] || "";
      });
    }
    if (cmd.registeredArguments.find((argument) => argument.description)) {
      return cmd.registeredArguments;
    }
    return [];
  }
  /**
   * Get the command term to show in the list of subcommands.
   *
   * @param {Command} cmd
   * @returns {string}
   */
  subcommandTerm(cmd) {
    const args = cmd.registeredArguments.map((arg) => humanReadableArgName(arg)).join(" ");
    return cmd._name + (cmd._aliases[0] ? "|" + cmd._aliases[0] : "") + (cmd.options.length ? " [options]" : "") + // simplistic check for non-help option
    (args ? " " + args : "");
  }
  /**
   * Get the option term to show in the list of options.
   *
   * @param {Option} option
   * @returns {string}
   */
  optionTerm(option) {
    return option.flags;
  }
  /**
   * Get the argument term to show in the list of arguments.
   *
   * @param {Argument} argument
   * @returns {string}
   */
  argumentTerm(argument) {
    return argument.name();
  }
  /**
   * Get the longest command term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */
  longestSubcommandTermLength(cmd, helper) {
    return helper.visibleCommands(cmd).reduce((max, command2) => {
      return Math.max(
        max,
        this.displayWidth(
          helper.styleSubcommandTerm(helper.subcommandTerm(command2))
        )
      );
    }, 0);
  }
  /**
   * Get the longest option term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */
  longestOptionTermLength(cmd, helper) {
    return helper.visibleOptions(cmd).reduce((max, option) => {
      return Math.max(
        max,
        this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option)))
      );
    }, 0);
  }
  /**
   * Get the longest global option term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */
  longestGlobalOptionTermLength(cmd, helper) {
    return helper.visibleGlobalOptions(cmd).reduce((max, option) => {
      return Math.max(
        max,
        this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option)))
      );
    }, 0);
  }
  /**
   * Get the longest argument term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */
  longestArgumentTermLength(cmd, helper) {
    return helper.visibleArguments(cmd).reduce((max, argument) => {
      return Math.max(
        max,
        this.displayWidth(
          helper.styleArgumentTerm(helper.argumentTerm(argument))
        )
      );
    }, 0);
  }
  /**
   * Get the command usage to be displayed at the top of the built-in help.
   *
   * @param {Command} cmd
   * @returns {string}
   */
  commandUsage(cmd) {
    let cmdName = cmd._name;
    if (cmd._aliases[0]) {
      cmdName = cmdName + "|" + cmd._aliases[0];
    }
    let ancestorCmdNames = "";
    for (let ancestorCmd = cmd.parent; ancestorCmd; ancestorCmd = ancestorCmd.parent) {
      ancestorCmdNames = ancestorCmd.name() + " " + ancestorCmdNames;
    }
    return ancestorCmdNames + cmdName + " " + cmd.usage();
  }
  /**
   * Get the description for the command.
   *
   * @param {Command} cmd
   * @returns {string}
   */
  commandDescription(cmd) {
    return cmd.description();
  }
  /**
   * Get the subcommand summary to show in the list of subcommands.
   * (Fallback to description for backwards compatibility.)
   *
   * @param {Command} cmd
   * @returns {string}
   */
  subcommandDescription(cmd) {
    return cmd.summary() || cmd.description();
  }
  /**
   * Get the option description to show in the list of options.
   *
   * @param {Option} option
   * @return {string}
   */
  optionDescription(option) {
    const extraInfo = [];
    if (option.argChoices) {
      extraInfo.push(
        // use stringify to match the display of the default value
        `choices: ${option.argChoices.map((choice) => JSON.stringify(choice)).join(", ")}`
      );
    }
    if (option.defaultValue !== void 0) {
      const showDefault = option.required || option.optional || option.isBoolean() && typeof option.defaultValue === "boolean";
      if (showDefault) {
        extraInfo.push(
          `default: ${option.defaultValueDescription || JSON.stringify(option.defaultValue)}`
        );
      }
    }
    if (option.presetArg !== void 0 && option.optional) {
      extraInfo.push(`preset: ${JSON.stringify(option.presetArg)}`);
    }
    if (option.envVar !== void 0) {
      extraInfo.push(`env: ${option.envVar}`);
    }
    if (extraInfo.length > 0) {
      const extraDescription = `(${extraInfo.join(", ")})`;
      if (option.description) {
        return `${option.description} ${extraDescription}`;
      }
      return extraDescription;
    }
    return option.description;
  }
  /**
   * Get the argument description to show in the list of arguments.
   *
   * @param {Argument} argument
   * @return {string}
   */
  argumentDescription(argument) {
    const extraInfo = [];
    if (argument.argChoices) {
      extraInfo.push(
        // use stringify to match the display of the default value
        `choices: ${argument.argChoices.map((choice) => JSON.stringify(choice)).join(", ")}`
      );
    }
    if (argument.defaultValue !== void 0) {
      extraInfo.push(
        `default: ${argument.defaultValueDescription || JSON.stringify(argument.defaultValue)}`
      );
    }
    if (extraInfo.length > 0) {
      const extraDescription = `(${extraInfo.join(", ")})`;
      if (argument.description) {
        return `${argument.description} ${extraDescription}`;
      }
      return extraDescription;
    }
    return argument.description;
  }
  /**
   * Format a list of items, given a heading and an array of formatted items.
   *
   * @param {string} heading
   * @param {string[]} items
   * @param {Help} helper
   * @returns string[]
   */
  formatItemList(heading, items, helper) {
    if (items.length === 0) return [];
    return [helper.styleTitle(heading), ...items, ""];
  }
  /**
   * Group items by their help group heading.
   *
   * @param {Command[] | Option[]} unsortedItems
   * @param {Command[] | Option[]} visibleItems
   * @param {Function} getGroup
   * @returns {Map<string, Command[] | Option[]>}
   */
  groupItems(unsortedItems, visibleItems, getGroup) {
    const result = /* @__PURE__ */ new Map();
    unsortedItems.forEach((item) => {
      const group = getGroup(item);
      if (!result.has(group)) result.set(group, []);
    });
    visibleItems.forEach((item) => {
      const group = getGroup(item);
      if (!result.has(group)) {
        result.set(group, []);
      }
      result.get(group).push(item);
    });
    return result;
  }
  /**
   * Generate the built-in help text.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {string}
   */
  formatHelp(cmd, helper) {
    const termWidth = helper.padWidth(cmd, helper);
    const helpWidth = helper.helpWidth ?? 80;
    function callFormatItem(term, description) {
      return helper.formatItem(term, termWidth, description, helper);
    }
    let output = [
      `${helper.styleTitle("Usage:")} ${helper.styleUsage(helper.commandUsage(cmd))}`,
      ""
    ];
    const commandDescription = helper.commandDescription(cmd);
    if (commandDescription.length > 0) {
      output = output.concat([
        helper.boxWrap(
          helper.styleCommandDescription(commandDescription),
          helpWidth
        ),
        ""
      ]);
    }
    const argumentList = helper.visibleArguments(cmd).map((argument) => {
      return callFormatItem(
        helper.styleArgumentTerm(helper.argumentTerm(argument)),
        helper.styleArgumentDescription(helper.argumentDescription(argument))
      );
    });
    output = output.concat(
      this.formatItemList("Arguments:", argumentList, helper)
    );
    const optionGroups = this.groupItems(
      cmd.options,
      helper.visibleOptions(cmd),
      (option) => option.helpGroupHeading ?? "Options:"
    );
    optionGroups.forEach((options, group) => {
      const optionList = options.map((option) => {
        return callFormatItem(
          helper.styleOptionTerm(helper.optionTerm(option)),
          helper.styleOptionDescription(helper.optionDescription(option))
        );
      });
      output = output.concat(this.formatItemList(group, optionList, helper));
    });
    if (helper.showGlobalOptions) {
      const globalOptionList = helper.visibleGlobalOptions(cmd).map((option) => {
        return callFormatItem(
          helper.styleOptionTerm(helper.optionTerm(option)),
          helper.styleOptionDescription(helper.optionDescription(option))
        );
      });
      output = output.concat(
        this.formatItemList("Global Options:", globalOptionList, helper)
      );
    }
    const commandGroups = this.groupItems(
      cmd.commands,
      helper.visibleCommands(cmd),
      (sub) => sub.helpGroup() || "Commands:"
    );
    commandGroups.forEach((commands, group) => {
      const commandList = commands.map((sub) => {
        return callFormatItem(
          helper.styleSubcommandTerm(helper.subcommandTerm(sub)),
          helper.styleSubcommandDescription(helper.subcommandDescription(sub))
        );
      });
      output = output.concat(this.formatItemList(group, commandList, helper));
    });
    return output.join("\n");
  }
  /**
   * Return display width of string, ignoring ANSI escape sequences. Used in padding and wrapping calculations.
   *
   * @param {string} str
   * @returns {number}
   */
  displayWidth(str) {
    return of_stripVTControlCharacters(str).length;
  }
  /**
   * Style the title for displaying in the help. Called with 'Usage:', 'Options:', etc.
   *
   * @param {string} str
   * @returns {string}
   */
  styleTitle(str) {
    return str;
  }
  styleUsage(str) {
    return str.split(" ").map((word) => {
      if (word === "[options]") return this.styleOptionText(word);
      if (word === "[command]") return this.styleSubcommandText(word);
      if (word[0] === "[" || word[0] === "<")
        return this.styleArgumentText(word);
      return this.styleCommandText(word);
    }).join(" ");
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
    return str.split(" ").map((word) => {
      if (word === "[options]") return this.styleOptionText(word);
      if (word[0] === "[" || word[0] === "<")
        return this.styleArgumentText(word);
      return this.styleSubcommandText(word);
    }).join(" ");
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
  /**
   * Calculate the pad width from the maximum term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */
  padWidth(cmd, helper) {
    return Math.max(
      helper.longestOptionTermLength(cmd, helper),
      helper.longestGlobalOptionTermLength(cmd, helper),
      helper.longestSubcommandTermLength(cmd, helper),
      helper.longestArgumentTermLength(cmd, helper)
    );
  }
  /**
   * Detect manually wrapped and indented strings by checking for line break followed by whitespace.
   *
   * @param {string} str
   * @returns {boolean}
   */
  preformatted(str) {
    return /\n[^\S\r\n]/.test(str);
  }
  /**
   * Format the "item", which consists of a term and description. Pad the term and wrap the description, indenting the following lines.
   *
   * So "TTT", 5, "DDD DDDD DD DDD" might be formatted for this.helpWidth=17 like so:
   *   TTT  DDD DDDD
   *        DD DDD
   *
   * @param {string} term
   * @param {number} termWidth
   * @param {string} description
   * @param {Help} helper
   * @returns {string}
   */
  formatItem(term, termWidth, description, helper) {
    const itemIndent = 2;
    const itemIndentStr = " ".repeat(itemIndent);
    if (!description) return itemIndentStr + term;
    const paddedTerm = term.padEnd(
      termWidth + term.length - helper.displayWidth(term)
    );
    const spacerWidth = 2;
    const helpWidth = this.helpWidth ?? 80;
    const remainingWidth = helpWidth - termWidth - spacerWidth - itemIndent;
    let formattedDescription;
    if (remainingWidth < this.minWidthToWrap || helper.preformatted(description)) {
      formattedDescription = description;
    } else {
      const wrappedDescription = helper.boxWrap(description, remainingWidth);
      formattedDescription = wrappedDescription.replace(
        /\n/g,
        "\n" + " ".repeat(termWidth + spacerWidth)
      );
    }
    return itemIndentStr + paddedTerm + " ".repeat(spacerWidth) + formattedDescription.replace(/\n/g, `
${itemIndentStr}`);
  }
  /**
   * Wrap a string at whitespace, preserving existing line breaks.
   * Wrapping is skipped if the width is less than `minWidthToWrap`.
   *
   * @param {string} str
   * @param {number} width
   * @returns {string}
   */
  boxWrap(str, width) {
    if (width < this.minWidthToWrap) return str;
    const rawLines = str.split(/\r\n|\n/);
    const chunkPattern = /[\s]*[^\s]+/g;
    const wrappedLines = [];
    rawLines.forEach((line2) => {
      const chunks = line2.match(chunkPattern);
      if (chunks === null) {
        wrappedLines.push("");
        return;
      }
      let sumChunks = [chunks.shift()];
      let sumWidth = this.displayWidth(sumChunks[0]);
      chunks.forEach((chunk) => {
        const visibleWidth = this.displayWidth(chunk);
        if (sumWidth + visibleWidth <= width) {
          sumChunks.push(chunk);
          sumWidth += visibleWidth;
          return;
        }
        wrappedLines.push(sumChunks.join(""));
        const nextChunk = chunk.trimStart();
        sumChunks = [nextChunk];
        sumWidth = this.displayWidth(nextChunk);
      });
      wrappedLines.push(sumChunks.join(""));
    });
    return wrappedLines.join("\n");
  }
};

// node_modules/commander/lib/option.js
var Option = class {
  /**
   * Initialize a new `Option` with the given `flags` and `description`.
   *
   * @param {string} flags
   * @param {string} [description]
   */
  constructor(flags, description) {
    this.flags = flags;
    this.description = description || "";
    this.required = flags.includes("<");
    this.optional = flags.includes("[");
    this.variadic = new RegExp("\\p{ID_Continue}\\.\\.\\.[>\\]]$", "u").test(flags);
    this.mandatory = false;
    const optionFlags = splitOptionFlags(flags);
    this.short = optionFlags.shortFlag;
    this.long = optionFlags.longFlag;
    this.negate = false;
    if (this.long) {
      this.negate = this.long.startsWith("--no-");
    }
    this.defaultValue = void 0;
    this.defaultValueDescription = void 0;
    this.presetArg = void 0;
    this.envVar = void 0;
    this.parseArg = void 0;
    this.hidden = false;
    this.argChoices = void 0;
    this.conflictsWith = [];
    this.implied = void 0;
    this.helpGroupHeading = void 0;
  }
  /**
   * Set the default value, and optionally supply the description to be displayed in the help.
   *
   * @param {*} value
   * @param {string} [description]
   * @return {Option}
   */
  default(value, description) {
    this.defaultValue = value;
    this.defaultValueDescription = description;
    return this;
  }
  /**
   * Preset to use when option used without option-argument, especially optional but also boolean and negated.
   * The custom processing (parseArg) is called.
   *
   * @example
   * new Option('--color').default('GREYSCALE').preset('RGB');
   * new Option('--donate [amount]').preset('20').argParser(parseFloat);
   *
   * @param {*} arg
   * @return {Option}
   */
  preset(arg) {
    this.presetArg = arg;
    return this;
  }
  /**
   * Add option name(s) that conflict with this option.
   * An error will be displayed if conflicting options are found during parsing.
   *
   * @example
   * new Option('--rgb').conflicts('cmyk');
   * new Option('--js').conflicts(['ts', 'jsx']);
   *
   * @param {(string | string[])} names
   * @return {Option}
   */
  conflicts(names) {
    this.conflictsWith = this.conflictsWith.concat(names);
    return this;
  }
  /**
   * Specify implied option values for when this option is set and the implied options are not.
   *
   * The custom processing (parseArg) is not called on the implied values.
   *
   * @example
   * program
   *   .addOption(new Option('--log', 'write logging information to file'))
   *   .addOption(new Option('--trace', 'log extra details').implies({ log: 'trace.txt' }));
   *
   * @param {object} impliedOptionValues
   * @return {Option}
   */
  implies(impliedOptionValues) {
    let newImplied = impliedOptionValues;
    if (typeof impliedOptionValues === "string") {
      newImplied = { [impliedOptionValues]: true };
    }
    this.implied = Object.assign(this.implied || {}, newImplied);
    return this;
  }
  /**
   * Set environment variable to check for option value.
   *
   * An environment variable is only used if when processed the current option value is
   * undefined, or the source of the current value is 'default' or 'config' or 'env'.
   *
   * @param {string} name
   * @return {Option}
   */
  env(name) {
    this.envVar = name;
    return this;
  }
  /**
   * Set the custom handler for processing CLI option arguments into option values.
   *
   * @param {Function} [fn]
   * @return {Option}
   */
  argParser(fn) {
    this.parseArg = fn;
    return this;
  }
  /**
   * Whether the option is mandatory and must have a value after parsing.
   *
   * @param {boolean} [mandatory=true]
   * @return {Option}
   */
  makeOptionMandatory(mandatory = true) {
    this.mandatory = !!mandatory;
    return this;
  }
  /**
   * Hide option in help.
   *
   * @param {boolean} [hide=true]
   * @return {Option}
   */
  hideHelp(hide = true) {
    this.hidden = !!hide;
    return this;
  }
  /**
   * @package
   */
  _collectValue(value, previous) {
    if (previous === this.defaultValue || !Array.isArray(previous)) {
      return [value];
    }
    previous.push(value);
    return previous;
  }
  /**
   * Only allow option value to be one of choices.
   *
   * @param {string[]} values
   * @return {Option}
   */
  choices(values) {
    this.argChoices = values.slice();
    this.parseArg = (arg, previous) => {
      if (!this.argChoices.includes(arg)) {
        throw new InvalidArgumentError(
          `Allowed choices are ${this.argChoices.join(", ")}.`
        );
      }
      if (this.variadic) {
        return this._collectValue(arg, previous);
      }
      return arg;
    };
    return this;
  }
  /**
   * Return option name.
   *
   * @return {string}
   */
  name() {
    if (this.long) {
      return this.long.replace(/^--/, "");
    }
    return this.short.replace(/^-/, "");
  }
  /**
   * Return option name, in a camelcase format that can be used
   * as an object attribute key.
   *
   * @return {string}
   */
  attributeName() {
    if (this.negate) {
      return camelcase(this.name().replace(/^no-/, ""));
    }
    return camelcase(this.name());
  }
  /**
   * Set the help group heading.
   *
   * @param {string} heading
   * @return {Option}
   */
  helpGroup(heading) {
    this.helpGroupHeading = heading;
    return this;
  }
  /**
   * Check if `arg` matches the short or long flag.
   *
   * @param {string} arg
   * @return {boolean}
   * @package
   */
  is(arg) {
    return this.short === arg || this.long === arg;
  }
  /**
   * Return whether a boolean option.
   *
   * Options are one of boolean, negated, required argument, or optional argument.
   *
   * @return {boolean}
   * @package
   */
  isBoolean() {
    return !this.required && !this.optional && !this.negate;
  }
};
var DualOptions = class {
  /**
   * @param {Option[]} options
   */
  constructor(options) {
    this.positiveOptions = /* @__PURE__ */ new Map();
    this.negativeOptions = /* @__PURE__ */ new Map();
    this.dualOptions = /* @__PURE__ */ new Set();
    options.forEach((option) => {
      if (option.negate) {
        this.negativeOptions.set(option.attributeName(), option);
      } else {
        this.positiveOptions.set(option.attributeName(), option);
      }
    });
    this.negativeOptions.forEach((value, key) => {
      if (this.positiveOptions.has(key)) {
        this.dualOptions.add(key);
      }
    });
  }
  /**
   * Did the value come from the option, and not from possible matching dual option?
   *
   * @param {*} value
   * @param {Option} option
   * @returns {boolean}
   */
  valueFromOption(value, option) {
    const optionKey = option.attributeName();
    if (!this.dualOptions.has(optionKey)) return true;
    const preset = this.negativeOptions.get(optionKey).presetArg;
    const negativeValue = preset !== void 0 ? preset : false;
    return option.negate === (negativeValue === value);
  }
};
function camelcase(str) {
  return str.split("-").reduce((str2, word) => {
    return str2 + word[0].toUpperCase() + word.slice(1);
  });
}
function splitOptionFlags(flags) {
  let shortFlag;
  let longFlag;
  const shortFlagExp = /^-[^-]$/;
  const longFlagExp = /^--[^-]/;
  const flagParts = flags.split(/[ |,]+/).concat("guard");
  if (shortFlagExp.test(flagParts[0])) shortFlag = flagParts.shift();
  if (longFlagExp.test(flagParts[0])) longFlag = flagParts.shift();
  if (!shortFlag && shortFlagExp.test(flagParts[0]))
    shortFlag = flagParts.shift();
  if (!shortFlag && longFlagExp.test(flagParts[0])) {
    shortFlag = longFlag;
    longFlag = flagParts.shift();
  }
  if (flagParts[0].startsWith("-")) {
    const unsupportedFlag = flagParts[0];
    const baseError = `option creation failed due to '${unsupportedFlag}' in option flags '${flags}'`;
    if (/^-[^-][^-]/.test(unsupportedFlag))
      throw new Error(
        `${baseError}
- a short flag is a single dash and a single character
  - either use a single dash and a single character (for a short flag)
  - or use a double dash for a long option (and can have two, like '--ws, --workspace')`
      );
    if (shortFlagExp.test(unsupportedFlag))
      throw new Error(`${baseError}
- too many short flags`);
    if (longFlagExp.test(unsupportedFlag))
      throw new Error(`${baseError}
- too many long flags`);
    throw new Error(`${baseError}
- unrecognised flag format`);
  }
  if (shortFlag === void 0 && longFlag === void 0)
    throw new Error(
      `option creation failed due to no flags found in '${flags}'.`
    );
  return { shortFlag, longFlag };
}

// node_modules/commander/lib/suggestSimilar.js
var maxDistance = 3;
function editDistance(a, b) {
  if (Math.abs(a.length - b.length) > maxDistance)
    return Math.max(a.length, b.length);
  const d = [];
  for (let i = 0; i <= a.length; i++) {
    d[i] = [i];
  }
  for (let j = 0; j <= b.length; j++) {
    d[0][j] = j;
  }
  for (let j = 1; j <= b.length; j++) {
    for (let i = 1; i <= a.length; i++) {
      let cost;
      if (a[i - 1] === b[j - 1]) {
        cost = 0;
      } else {
        cost = 1;
      }
      d[i][j] = Math.min(
        d[i - 1][j] + 1,
        // deletion
        d[i][j - 1] + 1,
        // insertion
        d[i - 1][j - 1] + cost
        // substitution
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.length][b.length];
}
function suggestSimilar(word, candidates) {
  if (!candidates || candidates.length === 0) return "";
  candidates = Array.from(new Set(candidates));
  const searchingOptions = word.startsWith("--");
  if (searchingOptions) {
    word = word.slice(2);
    candidates = candidates.map((candidate) => candidate.slice(2));
  }
  let similar = [];
  let bestDistance = maxDistance;
  const minSimilarity = 0.4;
  candidates.forEach((candidate) => {
    if (candidate.length <= 1) return;
    const distance = editDistance(word, candidate);
    const length = Math.max(word.length, candidate.length);
    const similarity = (length - distance) / length;
    if (similarity > minSimilarity) {
      if (distance < bestDistance) {
        bestDistance = distance;
        similar = [candidate];
      } else if (distance === bestDistance) {
        similar.push(candidate);
      }
    }
  });
  similar.sort((a, b) => a.localeCompare(b));
  if (searchingOptions) {
    similar = similar.map((candidate) => `--${candidate}`);
  }
  if (similar.length > 1) {
    return `
(Did you mean one of ${similar.join(", ")}?)`;
  }
  if (similar.length === 1) {
    return `
(Did you mean ${similar[0]}?)`;
  }
  return "";
}

// node_modules/commander/lib/command.js
var Command = class _Command extends of_EventEmitter {
  /**
   * Initialize a new `Command`.
   *
   * @param {string} [name]
   */
  constructor(name) {
    super();
    this.commands = [];
    this.options = [];
    this.parent = null;
    this._allowUnknownOption = false;
    this._allowExcessArguments = false;
    this.registeredArguments = [];
    this._args = this.registeredArguments;
    this.args = [];
    this.rawArgs = [];
    this.processedArgs = [];
    this._scriptPath = null;
    this._name = name || "";
    this._optionValues = {};
    this._optionValueSources = {};
    this._storeOptionsAsProperties = false;
    this._actionHandler = null;
    this._executableHandler = false;
    this._executableFile = null;
    this._executableDir = null;
    this._defaultCommandName = null;
    this._exitCallback = null;
    this._aliases = [];
    this._combineFlagAndOptionalValue = true;
    this._description = "";
    this._summary = "";
    this._argsDescription = void 0;
    this._enablePositionalOptions = false;
    this._passThroughOptions = false;
    this._lifeCycleHooks = {};
    this._showHelpAfterError = false;
    this._showSuggestionAfterError = true;
    this._savedState = null;
    this._outputConfiguration = {
      writeOut: (str) => builtin4.stdout.write(str),
      writeErr: (str) => builtin4.stderr.write(str),
      outputError: (str, write) => write(str),
      getOutHelpWidth: () => builtin4.stdout.isTTY ? builtin4.stdout.columns : void 0,
      getErrHelpWidth: () => builtin4.stderr.isTTY ? builtin4.stderr.columns : void 0,
      getOutHasColors: () => useColor() ?? (builtin4.stdout.isTTY && builtin4.stdout.hasColors?.()),
      getErrHasColors: () => useColor() ?? (builtin4.stderr.isTTY && builtin4.stderr.hasColors?.()),
      stripColor: (str) => of_stripVTControlCharacters(str)
    };
    this._hidden = false;
    this._helpOption = void 0;
    this._addImplicitHelpCommand = void 0;
    this._helpCommand = void 0;
    this._helpConfiguration = {};
    this._helpGroupHeading = void 0;
    this._defaultCommandGroup = void 0;
    this._defaultOptionGroup = void 0;
  }
  /**
   * Copy settings that are useful to have in common across root command and subcommands.
   *
   * (Used internally when adding a command using `.command()` so subcommands inherit parent settings.)
   *
   * @param {Command} sourceCommand
   * @return {Command} `this` command for chaining
   */
  copyInheritedSettings(sourceCommand) {
    this._outputConfiguration = sourceCommand._outputConfiguration;
    this._helpOption = sourceCommand._helpOption;
    this._helpCommand = sourceCommand._helpCommand;
    this._helpConfiguration = sourceCommand._helpConfiguration;
    this._exitCallback = sourceCommand._exitCallback;
    this._storeOptionsAsProperties = sourceCommand._storeOptionsAsProperties;
    this._combineFlagAndOptionalValue = sourceCommand._combineFlagAndOptionalValue;
    this._allowExcessArguments = sourceCommand._allowExcessArguments;
    this._enablePositionalOptions = sourceCommand._enablePositionalOptions;
    this._showHelpAfterError = sourceCommand._showHelpAfterError;
    this._showSuggestionAfterError = sourceCommand._showSuggestionAfterError;
    return this;
  }
  /**
   * @returns {Command[]}
   * @private
   */
  _getCommandAndAncestors() {
    const result = [];
    for (let command2 = this; command2; command2 = command2.parent) {
      result.push(command2);
    }
    return result;
  }
  /**
   * Define a command.
   *
   * There are two styles of command: pay attention to where to put the description.
   *
   * @example
   * // Command implemented using action handler (description is supplied separately to `.command`)
   * program
   *   .command('clone <source> [destination]')
   *   .description('clone a repository into a newly created directory')
   *   .action((source, destination) => {
   *     console.log('clone command called');
   *   });
   *
   * // Command implemented using separate executable file (description is second parameter to `.command`)
   * program
   *   .command('start <service>', 'start named service')
   *   .command('stop [service]', 'stop named service, or all if no name supplied');
   *
   * @param {string} nameAndArgs - command name and arguments, args are `<required>` or `[optional]` and last may also be `variadic...`
   * @param {(object | string)} [actionOptsOrExecDesc] - configuration options (for action), or description (for executable)
   * @param {object} [execOpts] - configuration options (for executable)
   * @return {Command} returns new command for action handler, or `this` for executable command
   */
  command(nameAndArgs, actionOptsOrExecDesc, execOpts) {
    let desc = actionOptsOrExecDesc;
    let opts = execOpts;
    if (typeof desc === "object" && desc !== null) {
      opts = desc;
      desc = null;
    }
    opts = opts || {};
    const [, name, args] = nameAndArgs.match(/([^ ]+) *(.*)/);
    const cmd = this.createCommand(name);
    if (desc) {
      cmd.description(desc);
      cmd._executableHandler = true;
    }
    if (opts.isDefault) this._defaultCommandName = cmd._name;
    cmd._hidden = !!(opts.noHelp || opts.hidden);
    cmd._executableFile = opts.executableFile || null;
    if (args) cmd.arguments(args);
    this._registerCommand(cmd);
    cmd.parent = this;
    cmd.copyInheritedSettings(this);
    if (desc) return this;
    return cmd;
  }
  /**
   * Factory routine to create a new unattached command.
   *
   * See .command() for creating an attached subcommand, which uses this routine to
   * create the command. You can override createCommand to customise subcommands.
   *
   * @param {string} [name]
   * @return {Command} new command
   */
  createCommand(name) {
    return new _Command(name);
  }
  /**
   * You can customise the help with a subclass of Help by overriding createHelp,
   * or by overriding Help properties using configureHelp().
   *
   * @return {Help}
   */
  createHelp() {
    return Object.assign(new Help(), this.configureHelp());
  }
  /**
   * You can customise the help by overriding Help properties using configureHelp(),
   * or with a subclass of Help by overriding createHelp().
   *
   * @param {object} [configuration] - configuration options
   * @return {(Command | object)} `this` command for chaining, or stored configuration
   */
  configureHelp(configuration) {
    if (configuration === void 0) return this._helpConfiguration;
    this._helpConfiguration = configuration;
    return this;
  }
  /**
   * The default output goes to stdout and stderr. You can customise this for special
   * applications. You can also customise the display of errors by overriding outputError.
   *
   * The configuration properties are all functions:
   *
   *     // change how output being written, defaults to stdout and stderr
   *     writeOut(str)
   *     writeErr(str)
   *     // change how output being written for errors, defaults to writeErr
   *     outputError(str, write) // used for displaying errors and not used for displaying help
   *     // specify width for wrapping help
   *     getOutHelpWidth()
   *     getErrHelpWidth()
   *     // color support, currently only used with Help
   *     getOutHasColors()
   *     getErrHasColors()
   *     stripColor() // used to remove ANSI escape codes if output does not have colors
   *
   * @param {object} [configuration] - configuration options
   * @return {(Command | object)} `this` command for chaining, or stored configuration
   */
  configureOutput(configuration) {
    if (configuration === void 0) return this._outputConfiguration;
    this._outputConfiguration = {
      ...this._outputConfiguration,
      ...configuration
    };
    return this;
  }
  /**
   * Display the help or a custom message after an error occurs.
   *
   * @param {(boolean|string)} [displayHelp]
   * @return {Command} `this` command for chaining
   */
  showHelpAfterError(displayHelp = true) {
    if (typeof displayHelp !== "string") displayHelp = !!displayHelp;
    this._showHelpAfterError = displayHelp;
    return this;
  }
  /**
   * Display suggestion of similar commands for unknown commands, or options for unknown options.
   *
   * @param {boolean} [displaySuggestion]
   * @return {Command} `this` command for chaining
   */
  showSuggestionAfterError(displaySuggestion = true) {
    this._showSuggestionAfterError = !!displaySuggestion;
    return this;
  }
  /**
   * Add a prepared subcommand.
   *
   * See .command() for creating an attached subcommand which inherits settings from its parent.
   *
   * @param {Command} cmd - new subcommand
   * @param {object} [opts] - configuration options
   * @return {Command} `this` command for chaining
   */
  addCommand(cmd, opts) {
    if (!cmd._name) {
      throw new Error(`Command passed to .addCommand() must have a name
- specify the name in Command constructor or using .name()`);
    }
    opts = opts || {};
    if (opts.isDefault) this._defaultCommandName = cmd._name;
    if (opts.noHelp || opts.hidden) cmd._hidden = true;
    this._registerCommand(cmd);
    cmd.parent = this;
    cmd._checkForBrokenPassThrough();
    return this;
  }
  /**
   * Factory routine to create a new unattached argument.
   *
   * See .argument() for creating an attached argument, which uses this routine to
   * create the argument. You can override createArgument to return a custom argument.
   *
   * @param {string} name
   * @param {string} [description]
   * @return {Argument} new argument
   */
  createArgument(name, description) {
    return new Argument(name, description);
  }
  /**
   * Define argument syntax for command.
   *
   * The default is that the argument is required, and you can explicitly
   * indicate this with <> around the name. Put [] around the name for an optional argument.
   *
   * @example
   * program.argument('<input-file>');
   * program.argument('[output-file]');
   *
   * @param {string} name
   * @param {string} [description]
   * @param {(Function|*)} [parseArg] - custom argument processing function or default value
   * @param {*} [defaultValue]
   * @return {Command} `this` command for chaining
   */
  argument(name, description, parseArg, defaultValue) {
    const argument = this.createArgument(name, description);
    if (typeof parseArg === "function") {
      argument.default(defaultValue).argParser(parseArg);
    } else {
      argument.default(parseArg);
    }
    this.addArgument(argument);
    return this;
  }
  /**
   * Define argument syntax for command, adding multiple at once (without descriptions).
   *
   * See also .argument().
   *
   * @example
   * program.arguments('<cmd> [env]');
   *
   * @param {string} names
   * @return {Command} `this` command for chaining
   */
  arguments(names) {
    names.trim().split(/ +/).forEach((detail) => {
      this.argument(detail);
    });
    return this;
  }
  /**
   * Define argument syntax for command, adding a prepared argument.
   *
   * @param {Argument} argument
   * @return {Command} `this` command for chaining
   */
  addArgument(argument) {
    const previousArgument = this.registeredArguments.slice(-1)[0];
    if (previousArgument?.variadic) {
      throw new Error(
        `only the last argument can be variadic '${previousArgument.name()}'`
      );
    }
    if (argument.required && argument.defaultValue !== void 0 && argument.parseArg === void 0) {
      throw new Error(
        `a default value for a required argument is never used: '${argument.name()}'`
      );
    }
    this.registeredArguments.push(argument);
    return this;
  }
  /**
   * Customise or override default help command. By default a help command is automatically added if your command has subcommands.
   *
   * @example
   *    program.helpCommand('help [cmd]');
   *    program.helpCommand('help [cmd]', 'show help');
   *    program.helpCommand(false); // suppress default help command
   *    program.helpCommand(true); // add help command even if no subcommands
   *
   * @param {string|boolean} enableOrNameAndArgs - enable with custom name and/or arguments, or boolean to override whether added
   * @param {string} [description] - custom description
   * @return {Command} `this` command for chaining
   */
  helpCommand(enableOrNameAndArgs, description) {
    if (typeof enableOrNameAndArgs === "boolean") {
      this._addImplicitHelpCommand = enableOrNameAndArgs;
      if (enableOrNameAndArgs && this._defaultCommandGroup) {
        this._initCommandGroup(this._getHelpCommand());
      }
      return this;
    }
    const nameAndArgs = enableOrNameAndArgs ?? "help [command]";
    const [, helpName, helpArgs] = nameAndArgs.match(/([^ ]+) *(.*)/);
    const helpDescription = description ?? "display help for command";
    const helpCommand = this.createCommand(helpName);
    helpCommand.helpOption(false);
    if (helpArgs) helpCommand.arguments(helpArgs);
    if (helpDescription) helpCommand.description(helpDescription);
    this._addImplicitHelpCommand = true;
    this._helpCommand = helpCommand;
    if (enableOrNameAndArgs || description) this._initCommandGroup(helpCommand);
    return this;
  }
  /**
   * Add prepared custom help command.
   *
   * @param {(Command|string|boolean)} helpCommand - custom help command, or deprecated enableOrNameAndArgs as for `.helpCommand()`
   * @param {string} [deprecatedDescription] - deprecated custom description used with custom name only
   * @return {Command} `this` command for chaining
   */
  addHelpCommand(helpCommand, deprecatedDescription) {
    if (typeof helpCommand !== "object") {
      this.helpCommand(helpCommand, deprecatedDescription);
      return this;
    }
    this._addImplicitHelpCommand = true;
    this._helpCommand = helpCommand;
    this._initCommandGroup(helpCommand);
    return this;
  }
  /**
   * Lazy create help command.
   *
   * @return {(Command|null)}
   * @package
   */
  _getHelpCommand() {
    const hasImplicitHelpCommand = this._addImplicitHelpCommand ?? (this.commands.length && !this._actionHandler && !this._findCommand("help"));
    if (hasImplicitHelpCommand) {
      if (this._helpCommand === void 0) {
        this.helpCommand(void 0, void 0);
      }
      return this._helpCommand;
    }
    return null;
  }
  /**
   * Add hook for life cycle event.
   *
   * @param {string} event
   * @param {Function} listener
   * @return {Command} `this` command for chaining
   */
  hook(event, listener) {
    const allowedValues = ["preSubcommand", "preAction", "postAction"];
    if (!allowedValues.includes(event)) {
      throw new Error(`Unexpected value for event passed to hook : '${event}'.
Expecting one of '${allowedValues.join("', '")}'`);
    }
    if (this._lifeCycleHooks[event]) {
      this._lifeCycleHooks[event].push(listener);
    } else {
      this._lifeCycleHooks[event] = [listener];
    }
    return this;
  }
  /**
   * Register callback to use as replacement for calling process.exit.
   *
   * @param {Function} [fn] optional callback which will be passed a CommanderError, defaults to throwing
   * @return {Command} `this` command for chaining
   */
  exitOverride(fn) {
    if (fn) {
      this._exitCallback = fn;
    } else {
      this._exitCallback = (err) => {
        if (err.code !== "commander.executeSubCommandAsync") {
          throw err;
        } else {
        }
      };
    }
    return this;
  }
  /**
   * Call process.exit, and _exitCallback if defined.
   *
   * @param {number} exitCode exit code for using with process.exit
   * @param {string} code an id string representing the error
   * @param {string} message human-readable description of the error
   * @return never
   * @private
   */
  _exit(exitCode2, code, message) {
    if (this._exitCallback) {
      this._exitCallback(new CommanderError(exitCode2, code, message));
    }
    builtin4.exit(exitCode2);
  }
  /**
   * Register callback `fn` for the command.
   *
   * @example
   * program
   *   .command('serve')
   *   .description('start service')
   *   .action(function() {
   *      // do work here
   *   });
   *
   * @param {Function} fn
   * @return {Command} `this` command for chaining
   */
  action(fn) {
    const listener = (args) => {
      const expectedArgsCount = this.registeredArguments.length;
      const actionArgs = args.slice(0, expectedArgsCount);
      if (this._storeOptionsAsProperties) {
        actionArgs[expectedArgsCount] = this;
      } else {
        actionArgs[expectedArgsCount] = this.opts();
      }
      actionArgs.push(this);
      return fn.apply(this, actionArgs);
    };
    this._actionHandler = listener;
    return this;
  }
  /**
   * Factory routine to create a new unattached option.
   *
   * See .option() for creating an attached option, which uses this routine to
   * create the option. You can override createOption to return a custom option.
   *
   * @param {string} flags
   * @param {string} [description]
   * @return {Option} new option
   */
  createOption(flags, description) {
    return new Option(flags, description);
  }
  /**
   * Wrap parseArgs to catch 'commander.invalidArgument'.
   *
   * @param {(Option | Argument)} target
   * @param {string} value
   * @param {*} previous
   * @param {string} invalidArgumentMessage
   * @private
   */
  _callParseArg(target, value, previous, invalidArgumentMessage) {
    try {
      return target.parseArg(value, previous);
    } catch (err) {
      if (err.code === "commander.invalidArgument") {
        const message = `${invalidArgumentMessage} ${err.message}`;
        this.error(message, { exitCode: err.exitCode, code: err.code });
      }
      throw err;
    }
  }
  /**
   * Check for option flag conflicts.
   * Register option if no conflicts found, or throw on conflict.
   *
   * @param {Option} option
   * @private
   */
  _registerOption(option) {
    const matchingOption = option.short && this._findOption(option.short) || option.long && this._findOption(option.long);
    if (matchingOption) {
      const matchingFlag = option.long && this._findOption(option.long) ? option.long : option.short;
      throw new Error(`Cannot add option '${option.flags}'${this._name && ` to command '${this._name}'`} due to conflicting flag '${matchingFlag}'
-  already used by option '${matchingOption.flags}'`);
    }
    this._initOptionGroup(option);
    this.options.push(option);
  }
  /**
   * Check for command name and alias conflicts with existing commands.
   * Register command if no conflicts found, or throw on conflict.
   *
   * @param {Command} command
   * @private
   */
  _registerCommand(command2) {
    const knownBy = (cmd) => {
      return [cmd.name()].concat(cmd.aliases());
    };
    const alreadyUsed = knownBy(command2).find(
      (name) => this._findCommand(name)
    );
    if (alreadyUsed) {
      const existingCmd = knownBy(this._findCommand(alreadyUsed)).join("|");
      const newCmd = knownBy(command2).join("|");
      throw new Error(
        `cannot add command '${newCmd}' as already have command '${existingCmd}'`
      );
    }
    this._initCommandGroup(command2);
    this.commands.push(command2);
  }
  /**
   * Add an option.
   *
   * @param {Option} option
   * @return {Command} `this` command for chaining
   */
  addOption(option) {
    this._registerOption(option);
    const oname = option.name();
    const name = option.attributeName();
    if (option.defaultValue !== void 0) {
      this.setOptionValueWithSource(name, option.defaultValue, "default");
    }
    const handleOptionValue = (val, invalidValueMessage, valueSource) => {
      if (val == null && option.presetArg !== void 0) {
        val = option.presetArg;
      }
      const oldValue = this.getOptionValue(name);
      if (val !== null && option.parseArg) {
        val = this._callParseArg(option, val, oldValue, invalidValueMessage);
      } else if (val !== null && option.variadic) {
        val = option._collectValue(val, oldValue);
      }
      if (val == null) {
        if (option.negate) {
          val = false;
        } else if (option.isBoolean() || option.optional) {
          val = true;
        } else {
          val = "";
        }
      }
      this.setOptionValueWithSource(name, val, valueSource);
    };
    this.on("option:" + oname, (val) => {
      const invalidValueMessage = `error: option '${option.flags}' argument '${val}' is invalid.`;
      handleOptionValue(val, invalidValueMessage, "cli");
    });
    if (option.envVar) {
      this.on("optionEnv:" + oname, (val) => {
        const invalidValueMessage = `error: option '${option.flags}' value '${val}' from env '${option.envVar}' is invalid.`;
        handleOptionValue(val, invalidValueMessage, "env");
      });
    }
    return this;
  }
  /**
   * Internal implementation shared by .option() and .requiredOption()
   *
   * @return {Command} `this` command for chaining
   * @private
   */
  _optionEx(config, flags, description, fn, defaultValue) {
    if (typeof flags === "object" && flags instanceof Option) {
      throw new Error(
        "To add an Option object use addOption() instead of option() or requiredOption()"
      );
    }
    const option = this.createOption(flags, description);
    option.makeOptionMandatory(!!config.mandatory);
    if (typeof fn === "function") {
      option.default(defaultValue).argParser(fn);
    } else if (fn instanceof RegExp) {
      const regex = fn;
      fn = (val, def) => {
        const m = regex.exec(val);
        return m ? m[0] : def;
      };
      option.default(defaultValue).argParser(fn);
    } else {
      option.default(fn);
    }
    return this.addOption(option);
  }
  /**
   * Define option with `flags`, `description`, and optional argument parsing function or `defaultValue` or both.
   *
   * The `flags` string contains the short and/or long flags, separated by comma, a pipe or space. A required
   * option-argument is indicated by `<>` and an optional option-argument by `[]`.
   *
   * See the README for more details, and see also addOption() and requiredOption().
   *
   * @example
   * program
   *     .option('-p, --pepper', 'add pepper')
   *     .option('--pt, --pizza-type <TYPE>', 'type of pizza') // required option-argument
   *     .option('-c, --cheese [CHEESE]', 'add extra cheese', 'mozzarella') // optional option-argument with default
   *     .option('-t, --tip <VALUE>', 'add tip to purchase cost', parseFloat) // custom parse function
   *
   * @param {string} flags
   * @param {string} [description]
   * @param {(Function|*)} [parseArg] - custom option processing function or default value
   * @param {*} [defaultValue]
   * @return {Command} `this` command for chaining
   */
  option(flags, description, parseArg, defaultValue) {
    return this._optionEx({}, flags, description, parseArg, defaultValue);
  }
  /**
   * Add a required option which must have a value after parsing. This usually means
   * the option must be specified on the command line. (Otherwise the same as .option().)
   *
   * The `flags` string contains the short and/or long flags, separated by comma, a pipe or space.
   *
   * @param {string} flags
   * @param {string} [description]
   * @param {(Function|*)} [parseArg] - custom option processing function or default value
   * @param {*} [defaultValue]
   * @return {Command} `this` command for chaining
   */
  requiredOption(flags, description, parseArg, defaultValue) {
    return this._optionEx(
      { mandatory: true },
      flags,
      description,
      parseArg,
      defaultValue
    );
  }
  /**
   * Alter parsing of short flags with optional values.
   *
   * @example
   * // for `.option('-f,--flag [value]'):
   * program.combineFlagAndOptionalValue(true);  // `-f80` is treated like `--flag=80`, this is the default behaviour
   * program.combineFlagAndOptionalValue(false) // `-fb` is treated like `-f -b`
   *
   * @param {boolean} [combine] - if `true` or omitted, an optional value can be specified directly after the flag.
   * @return {Command} `this` command for chaining
   */
  combineFlagAndOptionalValue(combine = true) {
    this._combineFlagAndOptionalValue = !!combine;
    return this;
  }
  /**
   * Allow unknown options on the command line.
   *
   * @param {boolean} [allowUnknown] - if `true` or omitted, no error will be thrown for unknown options.
   * @return {Command} `this` command for chaining
   */
  allowUnknownOption(allowUnknown = true) {
    this._allowUnknownOption = !!allowUnknown;
    return this;
  }
  /**
   * Allow excess command-arguments on the command line. Pass false to make excess arguments an error.
   *
   * @param {boolean} [allowExcess] - if `true` or omitted, no error will be thrown for excess arguments.
   * @return {Command} `this` command for chaining
   */
  allowExcessArguments(allowExcess = true) {
    this._allowExcessArguments = !!allowExcess;
    return this;
  }
  /**
   * Enable positional options. Positional means global options are specified before subcommands which lets
   * subcommands reuse the same option names, and also enables subcommands to turn on passThroughOptions.
   * The default behaviour is non-positional and global options may appear anywhere on the command line.
   *
   * @param {boolean} [positional]
   * @return {Command} `this` command for chaining
   */
  enablePositionalOptions(positional = true) {
    this._enablePositionalOptions = !!positional;
    return this;
  }
  /**
   * Pass through options that come after command-arguments rather than treat them as command-options,
   * so actual command-options come before command-arguments. Turning this on for a subcommand requires
   * positional options to have been enabled on the program (parent commands).
   * The default behaviour is non-positional and options may appear before or after command-arguments.
   *
   * @param {boolean} [passThrough] for unknown options.
   * @return {Command} `this` command for chaining
   */
  passThroughOptions(passThrough = true) {
    this._passThroughOptions = !!passThrough;
    this._checkForBrokenPassThrough();
    return this;
  }
  /**
   * @private
   */
  _checkForBrokenPassThrough() {
    if (this.parent && this._passThroughOptions && !this.parent._enablePositionalOptions) {
      throw new Error(
        `passThroughOptions cannot be used for '${this._name}' without turning on enablePositionalOptions for parent command(s)`
      );
    }
  }
  /**
   * Whether to store option values as properties on command object,
   * or store separately (specify false). In both cases the option values can be accessed using .opts().
   *
   * @param {boolean} [storeAsProperties=true]
   * @return {Command} `this` command for chaining
   */
  storeOptionsAsProperties(storeAsProperties = true) {
    if (this.options.length) {
      throw new Error("call .storeOptionsAsProperties() before adding options");
    }
    if (Object.keys(this._optionValues).length) {
      throw new Error(
        "call .storeOptionsAsProperties() before setting option values"
      );
    }
    this._storeOptionsAsProperties = !!storeAsProperties;
    return this;
  }
  /**
   * Retrieve option value.
   *
   * @param {string} key
   * @return {object} value
   */
  getOptionValue(key) {
    if (this._storeOptionsAsProperties) {
      return this[key];
    }
    return this._optionValues[key];
  }
  /**
   * Store option value.
   *
   * @param {string} key
   * @param {object} value
   * @return {Command} `this` command for chaining
   */
  setOptionValue(key, value) {
    return this.setOptionValueWithSource(key, value, void 0);
  }
  /**
   * Store option value and where the value came from.
   *
   * @param {string} key
   * @param {object} value
   * @param {string} source - expected values are default/config/env/cli/implied
   * @return {Command} `this` command for chaining
   */
  setOptionValueWithSource(key, value, source) {
    if (this._storeOptionsAsProperties) {
      this[key] = value;
    } else {
      this._optionValues[key] = value;
    }
    this._optionValueSources[key] = source;
    return this;
  }
  /**
   * Get source of option value.
   * Expected values are default | config | env | cli | implied
   *
   * @param {string} key
   * @return {string}
   */
  getOptionValueSource(key) {
    return this._optionValueSources[key];
  }
  /**
   * Get source of option value. See also .optsWithGlobals().
   * Expected values are default | config | env | cli | implied
   *
   * @param {string} key
   * @return {string}
   */
  getOptionValueSourceWithGlobals(key) {
    let source;
    this._getCommandAndAncestors().forEach((cmd) => {
      if (Object.hasOwn(cmd._optionValueSources, key)) {
        source = cmd.getOptionValueSource(key);
      }
    });
    return source;
  }
  /**
   * Get user arguments from implied or explicit arguments.
   * Side-effects: set _scriptPath if args included script. Used for default program name, and subcommand searches.
   *
   * @private
   */
  _prepareUserArgs(argv, parseOptions) {
    if (argv !== void 0 && !Array.isArray(argv)) {
      throw new Error("first parameter to parse must be array or undefined");
    }
    parseOptions = parseOptions || {};
    if (argv === void 0 && parseOptions.from === void 0) {
      if (builtin4.versions?.electron) {
        parseOptions.from = "electron";
      }
      const execArgv = builtin4.execArgv ?? [];
      if (execArgv.includes("-e") || execArgv.includes("--eval") || execArgv.includes("-p") || execArgv.includes("--print")) {
        parseOptions.from = "eval";
      }
    }
    if (argv === void 0) {
      argv = builtin4.argv;
    }
    this.rawArgs = argv.slice();
    let userArgs;
    switch (parseOptions.from) {
      case void 0:
      case "node":
        this._scriptPath = argv[1];
        userArgs = argv.slice(2);
        break;
      case "electron":
        if (builtin4.defaultApp) {
          this._scriptPath = argv[1];
          userArgs = argv.slice(2);
        } else {
          userArgs = argv.slice(1);
        }
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
    if (!this._name && this._scriptPath)
      this.nameFromFilename(this._scriptPath);
    this._name = this._name || "program";
    return userArgs;
  }
  /**
   * Parse `argv`, setting options and invoking commands when defined.
   *
   * Use parseAsync instead of parse if any of your action handlers are async.
   *
   * Call with no parameters to parse `process.argv`. Detects Electron and special node options like `node --eval`. Easy mode!
   *
   * Or call with an array of strings to parse, and optionally where the user arguments start by specifying where the arguments are `from`:
   * - `'node'`: default, `argv[0]` is the application and `argv[1]` is the script being run, with user arguments after that
   * - `'electron'`: `argv[0]` is the application and `argv[1]` varies depending on whether the electron application is packaged
   * - `'user'`: just user arguments
   *
   * @example
   * program.parse(); // parse process.argv and auto-detect electron and special node flags
   * program.parse(process.argv); // assume argv[0] is app and argv[1] is script
   * program.parse(my-args, { from: 'user' }); // just user supplied arguments, nothing special about argv[0]
   *
   * @param {string[]} [argv] - optional, defaults to process.argv
   * @param {object} [parseOptions] - optionally specify style of options with from: node/user/electron
   * @param {string} [parseOptions.from] - where the args are from: 'node', 'user', 'electron'
   * @return {Command} `this` command for chaining
   */
  parse(argv, parseOptions) {
    this._prepareForParse();
    const userArgs = this._prepareUserArgs(argv, parseOptions);
    this._parseCommand([], userArgs);
    return this;
  }
  /**
   * Parse `argv`, setting options and invoking commands when defined.
   *
   * Call with no parameters to parse `process.argv`. Detects Electron and special node options like `node --eval`. Easy mode!
   *
   * Or call with an array of strings to parse, and optionally where the user arguments start by specifying where the arguments are `from`:
   * - `'node'`: default, `argv[0]` is the application and `argv[1]` is the script being run, with user arguments after that
   * - `'electron'`: `argv[0]` is the application and `argv[1]` varies depending on whether the electron application is packaged
   * - `'user'`: just user arguments
   *
   * @example
   * await program.parseAsync(); // parse process.argv and auto-detect electron and special node flags
   * await program.parseAsync(process.argv); // assume argv[0] is app and argv[1] is script
   * await program.parseAsync(my-args, { from: 'user' }); // just user supplied arguments, nothing special about argv[0]
   *
   * @param {string[]} [argv]
   * @param {object} [parseOptions]
   * @param {string} parseOptions.from - where the args are from: 'node', 'user', 'electron'
   * @return {Promise}
   */
  async parseAsync(argv, parseOptions) {
    this._prepareForParse();
    const userArgs = this._prepareUserArgs(argv, parseOptions);
    await this._parseCommand([], userArgs);
    return this;
  }
  _prepareForParse() {
    if (this._savedState === null) {
      this.options.filter(
        (option) => option.negate && option.defaultValue === void 0 && this.getOptionValue(option.attributeName()) === void 0
      ).forEach((option) => {
        const positiveLongFlag = option.long.replace(/^--no-/, "--");
        if (!this._findOption(positiveLongFlag)) {
          this.setOptionValueWithSource(
            option.attributeName(),
            true,
            "default"
          );
        }
      });
      this.saveStateBeforeParse();
    } else {
      this.restoreStateBeforeParse();
    }
  }
  /**
   * Called the first time parse is called to save state and allow a restore before subsequent calls to parse.
   * Not usually called directly, but available for subclasses to save their custom state.
   *
   * This is called in a lazy way. Only commands used in parsing chain will have state saved.
   */
  saveStateBeforeParse() {
    this._savedState = {
      // name is stable if supplied by author, but may be unspecified for root command and deduced during parsing
      _name: this._name,
      // option values before parse have default values (including false for negated options)
      // shallow clones
      _optionValues: { ...this._optionValues },
      _optionValueSources: { ...this._optionValueSources }
    };
  }
  /**
   * Restore state before parse for calls after the first.
   * Not usually called directly, but available for subclasses to save their custom state.
   *
   * This is called in a lazy way. Only commands used in parsing chain will have state restored.
   */
  restoreStateBeforeParse() {
    if (this._storeOptionsAsProperties)
      throw new Error(`Can not call parse again when storeOptionsAsProperties is true.
- either make a new Command for each call to parse, or stop storing options as properties`);
    this._name = this._savedState._name;
    this._scriptPath = null;
    this.rawArgs = [];
    this._optionValues = { ...this._savedState._optionValues };
    this._optionValueSources = { ...this._savedState._optionValueSources };
    this.args = [];
    this.processedArgs = [];
  }
  /**
   * Throw if expected executable is missing. Add lots of help for author.
   *
   * @param {string} executableFile
   * @param {string} executableDir
   * @param {string} subcommandName
   */
  _checkForMissingExecutable(executableFile, executableDir, subcommandName) {
    if (builtin.existsSync(executableFile)) return;
    const executableDirMessage = executableDir ? `searched for local subcommand relative to directory '${executableDir}'` : "no directory for search for local subcommand, use .executableDir() to supply a custom directory";
    const executableMissing = `'${executableFile}' does not exist
 - if '${subcommandName}' is not meant to be an executable command, remove description parameter from '.command()' and use '.description()' instead
 - if the default executable name is not suitable, use the executableFile option to supply a custom name or path
 - ${executableDirMessage}`;
    throw new Error(executableMissing);
  }
  /**
   * Execute a sub-command executable.
   *
   * @private
   */
  _executeSubCommand(subcommand, args) {
    args = args.slice();
    const sourceExt = [".js", ".ts", ".tsx", ".mjs", ".cjs"];
    function findFile(baseDir, baseName) {
      const localBin = builtin2.resolve(baseDir, baseName);
      if (builtin.existsSync(localBin)) return localBin;
      if (sourceExt.includes(builtin2.extname(baseName))) return void 0;
      const foundExt = sourceExt.find(
        (ext) => builtin.existsSync(`${localBin}${ext}`)
      );
      if (foundExt) return `${localBin}${foundExt}`;
      return void 0;
    }
    this._checkForMissingMandatoryOptions();
    this._checkForConflictingOptions();
    let executableFile = subcommand._executableFile || `${this._name}-${subcommand._name}`;
    let executableDir = this._executableDir || "";
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
        const legacyName = builtin2.basename(
          this._scriptPath,
          builtin2.extname(this._scriptPath)
        );
        if (legacyName !== this._name) {
          localFile = findFile(
            executableDir,
            `${legacyName}-${subcommand._name}`
          );
        }
      }
      executableFile = localFile || executableFile;
    }
    const launchWithNode = sourceExt.includes(builtin2.extname(executableFile));
    let proc;
    if (builtin4.platform !== "win32") {
      if (launchWithNode) {
        args.unshift(executableFile);
        args = incrementNodeInspectorPort(builtin4.execArgv).concat(args);
        proc = builtin3.spawn(builtin4.argv[0], args, { stdio: "inherit" });
      } else {
        proc = builtin3.spawn(executableFile, args, { stdio: "inherit" });
      }
    } else {
      this._checkForMissingExecutable(
        executableFile,
        executableDir,
        subcommand._name
      );
      args.unshift(executableFile);
      args = incrementNodeInspectorPort(builtin4.execArgv).concat(args);
      proc = builtin3.spawn(builtin4.execPath, args, { stdio: "inherit" });
    }
    if (!proc.killed) {
      const signals = ["SIGUSR1", "SIGUSR2", "SIGTERM", "SIGINT", "SIGHUP"];
      signals.forEach((signal) => {
        builtin4.on(signal, () => {
          if (proc.killed === false && proc.exitCode === null) {
            proc.kill(signal);
          }
        });
      });
    }
    const exitCallback = this._exitCallback;
    proc.on("close", (code) => {
      code = code ?? 1;
      if (!exitCallback) {
        builtin4.exit(code);
      } else {
        exitCallback(
          new CommanderError(
            code,
            "commander.executeSubCommandAsync",
            "(close)"
          )
        );
      }
    });
    proc.on("error", (err) => {
      if (err.code === "ENOENT") {
        this._checkForMissingExecutable(
          executableFile,
          executableDir,
          subcommand._name
        );
      } else if (err.code === "EACCES") {
        throw new Error(`'${executableFile}' not executable`);
      }
      if (!exitCallback) {
        builtin4.exit(1);
      } else {
        const wrappedError = new CommanderError(
          1,
          "commander.executeSubCommandAsync",
          "(error)"
        );
        wrappedError.nestedError = err;
        exitCallback(wrappedError);
      }
    });
    this.runningCommand = proc;
  }
  /**
   * @private
   */
  _dispatchSubcommand(commandName, operands, unknown) {
    const subCommand = this._findCommand(commandName);
    if (!subCommand) this.help({ error: true });
    subCommand._prepareForParse();
    let promiseChain;
    promiseChain = this._chainOrCallSubCommandHook(
      promiseChain,
      subCommand,
      "preSubcommand"
    );
    promiseChain = this._chainOrCall(promiseChain, () => {
      if (subCommand._executableHandler) {
        this._executeSubCommand(subCommand, operands.concat(unknown));
      } else {
        return subCommand._parseCommand(operands, unknown);
      }
    });
    return promiseChain;
  }
  /**
   * Invoke help directly if possible, or dispatch if necessary.
   * e.g. help foo
   *
   * @private
   */
  _dispatchHelpCommand(subcommandName) {
    if (!subcommandName) {
      this.help();
    }
    const subCommand = this._findCommand(subcommandName);
    if (subCommand && !subCommand._executableHandler) {
      subCommand.help();
    }
    return this._dispatchSubcommand(
      subcommandName,
      [],
      [this._getHelpOption()?.long ?? this._getHelpOption()?.short ?? "--help"]
    );
  }
  /**
   * Check this.args against expected this.registeredArguments.
   *
   * @private
   */
  _checkNumberOfArguments() {
    this.registeredArguments.forEach((arg, i) => {
      if (arg.required && this.args[i] == null) {
        this.missingArgument(arg.name());
      }
    });
    if (this.registeredArguments.length > 0 && this.registeredArguments[this.registeredArguments.length - 1].variadic) {
      return;
    }
    if (this.args.length > this.registeredArguments.length) {
      this._excessArguments(this.args);
    }
  }
  /**
   * Process this.args using this.registeredArguments and save as this.processedArgs!
   *
   * @private
   */
  _processArguments() {
    const myParseArg = (argument, value, previous) => {
      let parsedValue = value;
      if (value !== null && argument.parseArg) {
        const invalidValueMessage = `error: command-argument value '${value}' is invalid for argument '${argument.name()}'.`;
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
    const processedArgs = [];
    this.registeredArguments.forEach((declaredArg, index) => {
      let value = declaredArg.defaultValue;
      if (declaredArg.variadic) {
        if (index < this.args.length) {
          value = this.args.slice(index);
          if (declaredArg.parseArg) {
            value = value.reduce((processed, v) => {
              return myParseArg(declaredArg, v, processed);
            }, declaredArg.defaultValue);
          }
        } else if (value === void 0) {
          value = [];
        }
      } else if (index < this.args.length) {
        value = this.args[index];
        if (declaredArg.parseArg) {
          value = myParseArg(declaredArg, value, declaredArg.defaultValue);
        }
      }
      processedArgs[index] = value;
    });
    this.processedArgs = processedArgs;
  }
  /**
   * Once we have a promise we chain, but call synchronously until then.
   *
   * @param {(Promise|undefined)} promise
   * @param {Function} fn
   * @return {(Promise|undefined)}
   * @private
   */
  _chainOrCall(promise, fn) {
    if (promise?.then && typeof promise.then === "function") {
      return promise.then(() => fn());
    }
    return fn();
  }
  /**
   *
   * @param {(Promise|undefined)} promise
   * @param {string} event
   * @return {(Promise|undefined)}
   * @private
   */
  _chainOrCallHooks(promise, event) {
    let result = promise;
    const hooks = [];
    this._getCommandAndAncestors().reverse().filter((cmd) => cmd._lifeCycleHooks[event] !== void 0).forEach((hookedCommand) => {
      hookedCommand._lifeCycleHooks[event].forEach((callback) => {
        hooks.push({ hookedCommand, callback });
      });
    });
    if (event === "postAction") {
      hooks.reverse();
    }
    hooks.forEach((hookDetail) => {
      result = this._chainOrCall(result, () => {
        return hookDetail.callback(hookDetail.hookedCommand, this);
      });
    });
    return result;
  }
  /**
   *
   * @param {(Promise|undefined)} promise
   * @param {Command} subCommand
   * @param {string} event
   * @return {(Promise|undefined)}
   * @private
   */
  _chainOrCallSubCommandHook(promise, subCommand, event) {
    let result = promise;
    if (this._lifeCycleHooks[event] !== void 0) {
      this._lifeCycleHooks[event].forEach((hook) => {
        result = this._chainOrCall(result, () => {
          return hook(this, subCommand);
        });
      });
    }
    return result;
  }
  /**
   * Process arguments in context of this command.
   * Returns action result, in case it is a promise.
   *
   * @private
   */
  _parseCommand(operands, unknown) {
    const parsed2 = this.parseOptions(unknown);
    this._parseOptionsEnv();
    this._parseOptionsImplied();
    operands = operands.concat(parsed2.operands);
    unknown = parsed2.unknown;
    this.args = operands.concat(unknown);
    if (operands && this._findCommand(operands[0])) {
      return this._dispatchSubcommand(operands[0], operands.slice(1), unknown);
    }
    if (this._getHelpCommand() && operands[0] === this._getHelpCommand().name()) {
      return this._dispatchHelpCommand(operands[1]);
    }
    if (this._defaultCommandName) {
      this._outputHelpIfRequested(unknown);
      return this._dispatchSubcommand(
        this._defaultCommandName,
        operands,
        unknown
      );
    }
    if (this.commands.length && this.args.length === 0 && !this._actionHandler && !this._defaultCommandName) {
      this.help({ error: true });
    }
    this._outputHelpIfRequested(parsed2.unknown);
    this._checkForMissingMandatoryOptions();
    this._checkForConflictingOptions();
    const checkForUnknownOptions = () => {
      if (parsed2.unknown.length > 0) {
        this.unknownOption(parsed2.unknown[0]);
      }
    };
    const commandEvent = `command:${this.name()}`;
    if (this._actionHandler) {
      checkForUnknownOptions();
      this._processArguments();
      let promiseChain;
      promiseChain = this._chainOrCallHooks(promiseChain, "preAction");
      promiseChain = this._chainOrCall(
        promiseChain,
        () => this._actionHandler(this.processedArgs)
      );
      if (this.parent) {
        promiseChain = this._chainOrCall(promiseChain, () => {
          this.parent.emit(commandEvent, operands, unknown);
        });
      }
      promiseChain = this._chainOrCallHooks(promiseChain, "postAction");
      return promiseChain;
    }
    if (this.parent?.listenerCount(commandEvent)) {
      checkForUnknownOptions();
      this._processArguments();
      this.parent.emit(commandEvent, operands, unknown);
    } else if (operands.length) {
      if (this._findCommand("*")) {
        return this._dispatchSubcommand("*", operands, unknown);
      }
      if (this.listenerCount("command:*")) {
        this.emit("command:*", operands, unknown);
      } else if (this.commands.length) {
        this.unknownCommand();
      } else {
        checkForUnknownOptions();
        this._processArguments();
      }
    } else if (this.commands.length) {
      checkForUnknownOptions();
      this.help({ error: true });
    } else {
      checkForUnknownOptions();
      this._processArguments();
    }
  }
  /**
   * Find matching command.
   *
   * @private
   * @return {Command | undefined}
   */
  _findCommand(name) {
    if (!name) return void 0;
    return this.commands.find(
      (cmd) => cmd._name === name || cmd._aliases.includes(name)
    );
  }
  /**
   * Return an option matching `arg` if any.
   *
   * @param {string} arg
   * @return {Option}
   * @package
   */
  _findOption(arg) {
    return this.options.find((option) => option.is(arg));
  }
  /**
   * Display an error message if a mandatory option does not have a value.
   * Called after checking for help flags in leaf subcommand.
   *
   * @private
   */
  _checkForMissingMandatoryOptions() {
    this._getCommandAndAncestors().forEach((cmd) => {
      cmd.options.forEach((anOption) => {
        if (anOption.mandatory && cmd.getOptionValue(anOption.attributeName()) === void 0) {
          cmd.missingMandatoryOptionValue(anOption);
        }
      });
    });
  }
  /**
   * Display an error message if conflicting options are used together in this.
   *
   * @private
   */
  _checkForConflictingLocalOptions() {
    const definedNonDefaultOptions = this.options.filter((option) => {
      const optionKey = option.attributeName();
      if (this.getOptionValue(optionKey) === void 0) {
        return false;
      }
      return this.getOptionValueSource(optionKey) !== "default";
    });
    const optionsWithConflicting = definedNonDefaultOptions.filter(
      (option) => option.conflictsWith.length > 0
    );
    optionsWithConflicting.forEach((option) => {
      const conflictingAndDefined = definedNonDefaultOptions.find(
        (defined) => option.conflictsWith.includes(defined.attributeName())
      );
      if (conflictingAndDefined) {
        this._conflictingOption(option, conflictingAndDefined);
      }
    });
  }
  /**
   * Display an error message if conflicting options are used together.
   * Called after checking for help flags in leaf subcommand.
   *
   * @private
   */
  _checkForConflictingOptions() {
    this._getCommandAndAncestors().forEach((cmd) => {
      cmd._checkForConflictingLocalOptions();
    });
  }
  /**
   * Parse options from `argv` removing known options,
   * and return argv split into operands and unknown arguments.
   *
   * Side effects: modifies command by storing options. Does not reset state if called again.
   *
   * Examples:
   *
   *     argv => operands, unknown
   *     --known kkk op => [op], []
   *     op --known kkk => [op], []
   *     sub --unknown uuu op => [sub], [--unknown uuu op]
   *     sub -- --unknown uuu op => [sub --unknown uuu op], []
   *
   * @param {string[]} args
   * @return {{operands: string[], unknown: string[]}}
   */
  parseOptions(args) {
    const operands = [];
    const unknown = [];
    let dest = operands;
    function maybeOption(arg) {
      return arg.length > 1 && arg[0] === "-";
    }
    const negativeNumberArg = (arg) => {
      if (!/^-(\d+|\d*\.\d+)([eE][+-]?\d+)?$/.test(arg)) return false;
      return !this._getCommandAndAncestors().some(
        (cmd) => cmd.options.map((opt) => opt.short).some((short) => /^-\d$/.test(short))
      );
    };
    let activeVariadicOption = null;
    let activeGroup = null;
    let i = 0;
    while (i < args.length || activeGroup) {
      const arg = activeGroup ?? args[i++];
      activeGroup = null;
      if (arg === "--") {
        if (dest === unknown) dest.push(arg);
        dest.push(...args.slice(i));
        break;
      }
      if (activeVariadicOption && (!maybeOption(arg) || negativeNumberArg(arg))) {
        this.emit(`option:${activeVariadicOption.name()}`, arg);
        continue;
      }
      activeVariadicOption = null;
      if (maybeOption(arg)) {
        const option = this._findOption(arg);
        if (option) {
          if (option.required) {
            const value = args[i++];
            if (value === void 0) this.optionMissingArgument(option);
            this.emit(`option:${option.name()}`, value);
          } else if (option.optional) {
            let value = null;
            if (i < args.length && (!maybeOption(args[i]) || negativeNumberArg(args[i]))) {
              value = args[i++];
            }
            this.emit(`option:${option.name()}`, value);
          } else {
            this.emit(`option:${option.name()}`);
          }
          activeVariadicOption = option.variadic ? option : null;
          continue;
        }
      }
      if (arg.length > 2 && arg[0] === "-" && arg[1] !== "-") {
        const option = this._findOption(`-${arg[1]}`);
        if (option) {
          if (option.required || option.optional && this._combineFlagAndOptionalValue) {
            this.emit(`option:${option.name()}`, arg.slice(2));
          } else {
            this.emit(`option:${option.name()}`);
            activeGroup = `-${arg.slice(2)}`;
          }
          continue;
        }
      }
      if (/^--[^=]+=/.test(arg)) {
        const index = arg.indexOf("=");
        const option = this._findOption(arg.slice(0, index));
        if (option && (option.required || option.optional)) {
          this.emit(`option:${option.name()}`, arg.slice(index + 1));
          continue;
        }
      }
      if (dest === operands && maybeOption(arg) && !(this.commands.length === 0 && negativeNumberArg(arg))) {
        dest = unknown;
      }
      if ((this._enablePositionalOptions || this._passThroughOptions) && operands.length === 0 && unknown.length === 0) {
        if (this._findCommand(arg)) {
          operands.push(arg);
          unknown.push(...args.slice(i));
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
  /**
   * Return an object containing local option values as key-value pairs.
   *
   * @return {object}
   */
  opts() {
    if (this._storeOptionsAsProperties) {
      const result = {};
      const len = this.options.length;
      for (let i = 0; i < len; i++) {
        const key = this.options[i].attributeName();
        result[key] = key === this._versionOptionName ? this._version : this[key];
      }
      return result;
    }
    return this._optionValues;
  }
  /**
   * Return an object containing merged local and global option values as key-value pairs.
   *
   * @return {object}
   */
  optsWithGlobals() {
    return this._getCommandAndAncestors().reduce(
      (combinedOptions, cmd) => Object.assign(combinedOptions, cmd.opts()),
      {}
    );
  }
  /**
   * Display error message and exit (or call exitOverride).
   *
   * @param {string} message
   * @param {object} [errorOptions]
   * @param {string} [errorOptions.code] - an id string representing the error
   * @param {number} [errorOptions.exitCode] - used with process.exit
   */
  error(message, errorOptions) {
    this._outputConfiguration.outputError(
      `${message}
`,
      this._outputConfiguration.writeErr
    );
    if (typeof this._showHelpAfterError === "string") {
      this._outputConfiguration.writeErr(`${this._showHelpAfterError}
`);
    } else if (this._showHelpAfterError) {
      this._outputConfiguration.writeErr("\n");
      this.outputHelp({ error: true });
    }
    const config = errorOptions || {};
    const exitCode2 = config.exitCode || 1;
    const code = config.code || "commander.error";
    this._exit(exitCode2, code, message);
  }
  /**
   * Apply any option related environment variables, if option does
   * not have a value from cli or client code.
   *
   * @private
   */
  _parseOptionsEnv() {
    this.options.forEach((option) => {
      if (option.envVar && option.envVar in builtin4.env) {
        const optionKey = option.attributeName();
        if (this.getOptionValue(optionKey) === void 0 || ["default", "config", "env"].includes(
          this.getOptionValueSource(optionKey)
        )) {
          if (option.required || option.optional) {
            this.emit(`optionEnv:${option.name()}`, builtin4.env[option.envVar]);
          } else {
            this.emit(`optionEnv:${option.name()}`);
          }
        }
      }
    });
  }
  /**
   * Apply any implied option values, if option is undefined or default value.
   *
   * @private
   */
  _parseOptionsImplied() {
    const dualHelper = new DualOptions(this.options);
    const hasCustomOptionValue = (optionKey) => {
      return this.getOptionValue(optionKey) !== void 0 && !["default", "implied"].includes(this.getOptionValueSource(optionKey));
    };
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
  /**
   * Argument `name` is missing.
   *
   * @param {string} name
   * @private
   */
  missingArgument(name) {
    const message = `error: missing required argument '${name}'`;
    this.error(message, { code: "commander.missingArgument" });
  }
  /**
   * `Option` is missing an argument.
   *
   * @param {Option} option
   * @private
   */
  optionMissingArgument(option) {
    const message = `error: option '${option.flags}' argument missing`;
    this.error(message, { code: "commander.optionMissingArgument" });
  }
  /**
   * `Option` does not have a value, and is a mandatory option.
   *
   * @param {Option} option
   * @private
   */
  missingMandatoryOptionValue(option) {
    const message = `error: required option '${option.flags}' not specified`;
    this.error(message, { code: "commander.missingMandatoryOptionValue" });
  }
  /**
   * `Option` conflicts with another option.
   *
   * @param {Option} option
   * @param {Option} conflictingOption
   * @private
   */
  _conflictingOption(option, conflictingOption) {
    const findBestOptionFromValue = (option2) => {
      const optionKey = option2.attributeName();
      const optionValue = this.getOptionValue(optionKey);
      const negativeOption = this.options.find(
        (target) => target.negate && optionKey === target.attributeName()
      );
      const positiveOption = this.options.find(
        (target) => !target.negate && optionKey === target.attributeName()
      );
      if (negativeOption && (negativeOption.presetArg === void 0 && optionValue === false || negativeOption.presetArg !== void 0 && optionValue === negativeOption.presetArg)) {
        return negativeOption;
      }
      return positiveOption || option2;
    };
    const getErrorMessage = (option2) => {
      const bestOption = findBestOptionFromValue(option2);
      const optionKey = bestOption.attributeName();
      const source = this.getOptionValueSource(optionKey);
      if (source === "env") {
        return `environment variable '${bestOption.envVar}'`;
      }
      return `option '${bestOption.flags}'`;
    };
    const message = `error: ${getErrorMessage(option)} cannot be used with ${getErrorMessage(conflictingOption)}`;
    this.error(message, { code: "commander.conflictingOption" });
  }
  /**
   * Unknown option `flag`.
   *
   * @param {string} flag
   * @private
   */
  unknownOption(flag) {
    if (this._allowUnknownOption) return;
    let suggestion = "";
    if (flag.startsWith("--") && this._showSuggestionAfterError) {
      let candidateFlags = [];
      let command2 = this;
      do {
        const moreFlags = command2.createHelp().visibleOptions(command2).filter((option) => option.long).map((option) => option.long);
        candidateFlags = candidateFlags.concat(moreFlags);
        command2 = command2.parent;
      } while (command2 && !command2._enablePositionalOptions);
      suggestion = suggestSimilar(flag, candidateFlags);
    }
    const message = `error: unknown option '${flag}'${suggestion}`;
    this.error(message, { code: "commander.unknownOption" });
  }
  /**
   * Excess arguments, more than expected.
   *
   * @param {string[]} receivedArgs
   * @private
   */
  _excessArguments(receivedArgs) {
    if (this._allowExcessArguments) return;
    const expected = this.registeredArguments.length;
    const s = expected === 1 ? "" : "s";
    const received = receivedArgs.length;
    const forSubcommand = this.parent ? ` for '${this.name()}'` : "";
    const details = receivedArgs.join(", ");
    const message = `error: too many arguments${forSubcommand}. Expected ${expected} argument${s} but got ${received}: ${details}.`;
    this.error(message, { code: "commander.excessArguments" });
  }
  /**
   * Unknown command.
   *
   * @private
   */
  unknownCommand() {
    const unknownName = this.args[0];
    let suggestion = "";
    if (this._showSuggestionAfterError) {
      const candidateNames = [];
      this.createHelp().visibleCommands(this).forEach((command2) => {
        candidateNames.push(command2.name());
        if (command2.alias()) candidateNames.push(command2.alias());
      });
      suggestion = suggestSimilar(unknownName, candidateNames);
    }
    const message = `error: unknown command '${unknownName}'${suggestion}`;
    this.error(message, { code: "commander.unknownCommand" });
  }
  /**
   * Get or set the program version.
   *
   * This method auto-registers the "-V, --version" option which will print the version number.
   *
   * You can optionally supply the flags and description to override the defaults.
   *
   * @param {string} [str]
   * @param {string} [flags]
   * @param {string} [description]
   * @return {(this | string | undefined)} `this` command for chaining, or version string if no arguments
   */
  version(str, flags, description) {
    if (str === void 0) return this._version;
    this._version = str;
    flags = flags || "-V, --version";
    description = description || "output the version number";
    const versionOption = this.createOption(flags, description);
    this._versionOptionName = versionOption.attributeName();
    this._registerOption(versionOption);
    this.on("option:" + versionOption.name(), () => {
      this._outputConfiguration.writeOut(`${str}
`);
      this._exit(0, "commander.version", str);
    });
    return this;
  }
  /**
   * Set the description.
   *
   * @param {string} [str]
   * @param {object} [argsDescription]
   * @return {(string|Command)}
   */
  description(str, argsDescription) {
    if (str === void 0 && argsDescription === void 0)
      return this._description;
    this._description = str;
    if (argsDescription) {
      this._argsDescription = argsDescription;
    }
    return this;
  }
  /**
   * Set the summary. Used when listed as subcommand of parent.
   *
   * @param {string} [str]
   * @return {(string|Command)}
   */
  summary(str) {
    if (str === void 0) return this._summary;
    this._summary = str;
    return this;
  }
  /**
   * Set an alias for the command.
   *
   * You may call more than once to add multiple aliases. Only the first alias is shown in the auto-generated help.
   *
   * @param {string} [alias]
   * @return {(string|Command)}
   */
  alias(alias) {
    if (alias === void 0) return this._aliases[0];
    let command2 = this;
    if (this.commands.length !== 0 && this.commands[this.commands.length - 1]._executableHandler) {
      command2 = this.commands[this.commands.length - 1];
    }
    if (alias === command2._name)
      throw new Error("Command alias can't be the same as its name");
    const matchingCommand = this.parent?._findCommand(alias);
    if (matchingCommand) {
      const existingCmd = [matchingCommand.name()].concat(matchingCommand.aliases()).join("|");
      throw new Error(
        `cannot add alias '${alias}' to command '${this.name()}' as already have command '${existingCmd}'`
      );
    }
    command2._aliases.push(alias);
    return this;
  }
  /**
   * Set aliases for the command.
   *
   * Only the first alias is shown in the auto-generated help.
   *
   * @param {string[]} [aliases]
   * @return {(string[]|Command)}
   */
  aliases(aliases) {
    if (aliases === void 0) return this._aliases;
    aliases.forEach((alias) => this.alias(alias));
    return this;
  }
  /**
   * Set / get the command usage `str`.
   *
   * @param {string} [str]
   * @return {(string|Command)}
   */
  usage(str) {
    if (str === void 0) {
      if (this._usage) return this._usage;
      const args = this.registeredArguments.map((arg) => {
        return humanReadableArgName(arg);
      });
      return [].concat(
        this.options.length || this._helpOption !== null ? "[options]" : [],
        this.commands.length ? "[command]" : [],
        this.registeredArguments.length ? args : []
      ).join(" ");
    }
    this._usage = str;
    return this;
  }
  /**
   * Get or set the name of the command.
   *
   * @param {string} [str]
   * @return {(string|Command)}
   */
  name(str) {
    if (str === void 0) return this._name;
    this._name = str;
    return this;
  }
  /**
   * Set/get the help group heading for this subcommand in parent command's help.
   *
   * @param {string} [heading]
   * @return {Command | string}
   */
  helpGroup(heading) {
    if (heading === void 0) return this._helpGroupHeading ?? "";
    this._helpGroupHeading = heading;
    return this;
  }
  /**
   * Set/get the default help group heading for subcommands added to this command.
   * (This does not override a group set directly on the subcommand using .helpGroup().)
   *
   * @example
   * program.commandsGroup('Development Commands:');
   * program.command('watch')...
   * program.command('lint')...
   * ...
   *
   * @param {string} [heading]
   * @returns {Command | string}
   */
  commandsGroup(heading) {
    if (heading === void 0) return this._defaultCommandGroup ?? "";
    this._defaultCommandGroup = heading;
    return this;
  }
  /**
   * Set/get the default help group heading for options added to this command.
   * (This does not override a group set directly on the option using .helpGroup().)
   *
   * @example
   * program
   *   .optionsGroup('Development Options:')
   *   .option('-d, --debug', 'output extra debugging')
   *   .option('-p, --profile', 'output profiling information')
   *
   * @param {string} [heading]
   * @returns {Command | string}
   */
  optionsGroup(heading) {
    if (heading === void 0) return this._defaultOptionGroup ?? "";
    this._defaultOptionGroup = heading;
    return this;
  }
  /**
   * @param {Option} option
   * @private
   */
  _initOptionGroup(option) {
    if (this._defaultOptionGroup && !option.helpGroupHeading)
      option.helpGroup(this._defaultOptionGroup);
  }
  /**
   * @param {Command} cmd
   * @private
   */
  _initCommandGroup(cmd) {
    if (this._defaultCommandGroup && !cmd.helpGroup())
      cmd.helpGroup(this._defaultCommandGroup);
  }
  /**
   * Set the name of the command from script filename, such as process.argv[1],
   * or import.meta.filename.
   *
   * (Used internally and public although not documented in README.)
   *
   * @example
   * program.nameFromFilename(import.meta.filename);
   *
   * @param {string} filename
   * @return {Command}
   */
  nameFromFilename(filename) {
    this._name = builtin2.basename(filename, builtin2.extname(filename));
    return this;
  }
  /**
   * Get or set the directory for searching for executable subcommands of this command.
   *
   * @example
   * program.executableDir(import.meta.dirname);
   * // or
   * program.executableDir('subcommands');
   *
   * @param {string} [path]
   * @return {(string|null|Command)}
   */
  executableDir(path) {
    if (path === void 0) return this._executableDir;
    this._executableDir = path;
    return this;
  }
  /**
   * Return program help documentation.
   *
   * @param {{ error: boolean }} [contextOptions] - pass {error:true} to wrap for stderr instead of stdout
   * @return {string}
   */
  helpInformation(contextOptions) {
    const helper = this.createHelp();
    const context = this._getOutputContext(contextOptions);
    helper.prepareContext({
      error: context.error,
      helpWidth: context.helpWidth,
      outputHasColors: context.hasColors
    });
    const text = helper.formatHelp(this, helper);
    if (context.hasColors) return text;
    return this._outputConfiguration.stripColor(text);
  }
  /**
   * @typedef HelpContext
   * @type {object}
   * @property {boolean} error
   * @property {number} helpWidth
   * @property {boolean} hasColors
   * @property {function} write - includes stripColor if needed
   *
   * @returns {HelpContext}
   * @private
   */
  _getOutputContext(contextOptions) {
    contextOptions = contextOptions || {};
    const error = !!contextOptions.error;
    let baseWrite;
    let hasColors;
    let helpWidth;
    if (error) {
      baseWrite = (str) => this._outputConfiguration.writeErr(str);
      hasColors = this._outputConfiguration.getErrHasColors();
      helpWidth = this._outputConfiguration.getErrHelpWidth();
    } else {
      baseWrite = (str) => this._outputConfiguration.writeOut(str);
      hasColors = this._outputConfiguration.getOutHasColors();
      helpWidth = this._outputConfiguration.getOutHelpWidth();
    }
    const write = (str) => {
      if (!hasColors) str = this._outputConfiguration.stripColor(str);
      return baseWrite(str);
    };
    return { error, write, hasColors, helpWidth };
  }
  /**
   * Output help information for this command.
   *
   * Outputs built-in help, and custom text added using `.addHelpText()`.
   *
   * @param {{ error: boolean } | Function} [contextOptions] - pass {error:true} to write to stderr instead of stdout
   */
  outputHelp(contextOptions) {
    let deprecatedCallback;
    if (typeof contextOptions === "function") {
      deprecatedCallback = contextOptions;
      contextOptions = void 0;
    }
    const outputContext = this._getOutputContext(contextOptions);
    const eventContext = {
      error: outputContext.error,
      write: outputContext.write,
      command: this
    };
    this._getCommandAndAncestors().reverse().forEach((command2) => command2.emit("beforeAllHelp", eventContext));
    this.emit("beforeHelp", eventContext);
    let helpInformation = this.helpInformation({ error: outputContext.error });
    if (deprecatedCallback) {
      helpInformation = deprecatedCallback(helpInformation);
      if (typeof helpInformation !== "string" && !Buffer.isBuffer(helpInformation)) {
        throw new Error("outputHelp callback must return a string or a Buffer");
      }
    }
    outputContext.write(helpInformation);
    if (this._getHelpOption()?.long) {
      this.emit(this._getHelpOption().long);
    }
    this.emit("afterHelp", eventContext);
    this._getCommandAndAncestors().forEach(
      (command2) => command2.emit("afterAllHelp", eventContext)
    );
  }
  /**
   * You can pass in flags and a description to customise the built-in help option.
   * Pass in false to disable the built-in help option.
   *
   * @example
   * program.helpOption('-?, --help', 'show help'); // customise
   * program.helpOption(false); // disable
   *
   * @param {(string | boolean)} flags
   * @param {string} [description]
   * @return {Command} `this` command for chaining
   */
  helpOption(flags, description) {
    if (typeof flags === "boolean") {
      if (flags) {
        if (this._helpOption === null) this._helpOption = void 0;
        if (this._defaultOptionGroup) {
          this._initOptionGroup(this._getHelpOption());
        }
      } else {
        this._helpOption = null;
      }
      return this;
    }
    this._helpOption = this.createOption(
      flags ?? "-h, --help",
      description ?? "display help for command"
    );
    if (flags || description) this._initOptionGroup(this._helpOption);
    return this;
  }
  /**
   * Lazy create help option.
   * Returns null if has been disabled with .helpOption(false).
   *
   * @returns {(Option | null)} the help option
   * @package
   */
  _getHelpOption() {
    if (this._helpOption === void 0) {
      this.helpOption(void 0, void 0);
    }
    return this._helpOption;
  }
  /**
   * Supply your own option to use for the built-in help option.
   * This is an alternative to using helpOption() to customise the flags and description etc.
   *
   * @param {Option} option
   * @return {Command} `this` command for chaining
   */
  addHelpOption(option) {
    this._helpOption = option;
    this._initOptionGroup(option);
    return this;
  }
  /**
   * Output help information and exit.
   *
   * Outputs built-in help, and custom text added using `.addHelpText()`.
   *
   * @param {{ error: boolean }} [contextOptions] - pass {error:true} to write to stderr instead of stdout
   */
  help(contextOptions) {
    this.outputHelp(contextOptions);
    let exitCode2 = Number(builtin4.exitCode ?? 0);
    if (exitCode2 === 0 && contextOptions && typeof contextOptions !== "function" && contextOptions.error) {
      exitCode2 = 1;
    }
    this._exit(exitCode2, "commander.help", "(outputHelp)");
  }
  /**
   * // Do a little typing to coordinate emit and listener for the help text events.
   * @typedef HelpTextEventContext
   * @type {object}
   * @property {boolean} error
   * @property {Command} command
   * @property {function} write
   */
  /**
   * Add additional text to be displayed with the built-in help.
   *
   * Position is 'before' or 'after' to affect just this command,
   * and 'beforeAll' or 'afterAll' to affect this command and all its subcommands.
   *
   * @param {string} position - before or after built-in help
   * @param {(string | Function)} text - string to add, or a function returning a string
   * @return {Command} `this` command for chaining
   */
  addHelpText(position, text) {
    const allowedValues = ["beforeAll", "before", "after", "afterAll"];
    if (!allowedValues.includes(position)) {
      throw new Error(`Unexpected value for position to addHelpText.
Expecting one of '${allowedValues.join("', '")}'`);
    }
    const helpEvent = `${position}Help`;
    this.on(helpEvent, (context) => {
      let helpStr;
      if (typeof text === "function") {
        helpStr = text({ error: context.error, command: context.command });
      } else {
        helpStr = text;
      }
      if (helpStr) {
        context.write(`${helpStr}
`);
      }
    });
    return this;
  }
  /**
   * Output help information if help flags specified
   *
   * @param {Array} args - array of options to search for help flags
   * @private
   */
  _outputHelpIfRequested(args) {
    const helpOption = this._getHelpOption();
    const helpRequested = helpOption && args.find((arg) => helpOption.is(arg));
    if (helpRequested) {
      this.outputHelp();
      this._exit(0, "commander.helpDisplayed", "(outputHelp)");
    }
  }
};
function incrementNodeInspectorPort(args) {
  return args.map((arg) => {
    if (!arg.startsWith("--inspect")) {
      return arg;
    }
    let debugOption;
    let debugHost = "127.0.0.1";
    let debugPort = "9229";
    let match;
    if ((match = arg.match(/^(--inspect(-brk|-wait)?)$/)) !== null) {
      debugOption = match[1];
    } else if ((match = arg.match(
      /^(--inspect(-brk|-port|-wait)?)=(\[[^\]]+\]|[^:]+)$/
    )) !== null) {
      debugOption = match[1];
      if (/^\d+$/.test(match[3])) {
        debugPort = match[3];
      } else {
        debugHost = match[3];
      }
    } else if ((match = arg.match(
      /^(--inspect(-brk|-port|-wait)?)=(\[[^\]]+\]|[^:]+):(\d+)$/
    )) !== null) {
      debugOption = match[1];
      debugHost = match[3];
      debugPort = match[4];
    }
    if (debugOption && debugPort !== "0") {
      return `${debugOption}=${debugHost}:${parseInt(debugPort) + 1}`;
    }
    return arg;
  });
}
function useColor() {
  if (builtin4.env.NO_COLOR || builtin4.env.FORCE_COLOR === "0" || builtin4.env.FORCE_COLOR === "false")
    return false;
  if (builtin4.env.FORCE_COLOR || builtin4.env.CLICOLOR_FORCE !== void 0)
    return true;
  return void 0;
}

// node_modules/commander/index.js
var program = new Command();

// src/inputs/table.ts
var GROUPS = [
  ["Image:", IMAGE_INPUTS],
  ["Checks:", { ...CHECK_INPUTS, ...LIMIT_INPUTS }],
  ["Policies and thresholds:", POLICY_INPUTS],
  ["Data:", { ...ARCHIVE_INPUTS, ...FEED_INPUTS }],
  ["Docker Bench:", BENCH_INPUTS],
  ["Clair:", CLAIR_INPUTS],
  ["Tests and updates:", { ...TEST_INPUTS, ...UPDATE_INPUTS, ...PUSH_INPUTS }],
  ["Reports:", { ...FOLDER_INPUTS, ...TELL_INPUTS }],
  ["GitHub:", { ...PUBLISH_INPUTS, ...BRANCH_INPUTS }]
];
var INPUTS = GROUPS.flatMap(
  ([group, rows]) => Object.entries(rows).map(([name, row]) => ({ name, group, ...row }))
);

// of-node:readline/promises
var builtin5 = /* @__PURE__ */ process.getBuiltinModule("node:readline/promises");
var read = (key) => builtin5[key];
var of_createInterface = /* @__PURE__ */ read("createInterface");

// src/policy/dictionary/record.ts
function recordDictionary(text, results, about) {
  const dictionary = readDictionary(text, about.file, { limit: about });
  const all = compareResults(results, dictionary, about);
  const isLeft = ({ id, outcome, says }) => id === START_TEST || !CHANGED.has(outcome) || says?.word == null || entryFor(dictionary, id, about.reference, about.today).expired !== null;
  const differing = all.filter(({ blocks }) => blocks);
  const compared = differing.filter((one) => !isLeft(one));
  const freed = withoutNeedless(text, compared, dictionary, about);
  const more = compared.filter(({ id }) => !freed.ids.has(id));
  const edit = (worse2, words) => withResults(freed.text, more, dictionary, about, { worse: worse2, words });
  const worse = worseIn(edit(new Set(more.map(({ id }) => id)), "somebody"), more, dictionary, about);
  const filled = edit(worse, "somebody");
  const recorded = readDictionary(filled, about.file, { limit: about });
  const blocking = compareResults(results, recorded, about).filter(({ blocks }) => blocks);
  const unfit = blocking.filter(
    ({ id, outcome }) => CHANGED.has(outcome) && compared.some((one) => one.id === id)
  );
  if (unfit.length > 0) {
    throw notExpected(unfit, about.file);
  }
  const left = blocking.map((one) => `${one.id} is left unchanged: ${becauseText(one)}`);
  const accepted = more.filter(({ id }) => worse.has(id)).map(({ id, says }) => {
    const line2 = entryFor(recorded, id, about.reference, about.today).entry?.place.line;
    return `${id}: ${says?.word} is worse than the built-in dictionary expects; fill in owner and reason (${about.file}:${line2})`;
  });
  return { text: edit(worse, ""), changes: compared.map(changeOf), left, accepted };
}
var CHANGED = /* @__PURE__ */ new Set(["worse", "better", "new"]);
function changeOf(comparison) {
  const { id, says, outcome } = comparison;
  return outcome === "new" ? `${id}: added, ${says?.word}` : `${id}: ${becauseText(comparison)}`;
}
function worseIn(text, compared, dictionary, about) {
  const recorded = readDictionary(text, about.file);
  const isLine = (id) => {
    const entry = recorded.entries.find((one) => one.id === id);
    const there = recorded.extended?.entries.find((one) => one.id === id);
    return entry !== void 0 && there !== void 0 && acceptsMore(entry, there);
  };
  return new Set(
    compared.flatMap(
      ({ id, result }) => result !== null && isWorse(result, dictionary, about) || isLine(id) ? [id] : []
    )
  );
}
function withoutNeedless(text, compared, { extended }, about) {
  const { root } = readYaml(text, about.file);
  const fits = ({ result, entry }) => extended !== null && result !== null && isOwnLine(entry) && compareResults([result], extended, about).some(
    ({ id, outcome }) => id === result.id && outcome === "match"
  );
  const needless = compared.filter(fits);
  const ids = new Set(needless.map(({ id }) => id));
  if (root === null || ids.size === 0) {
    return { text, ids: /* @__PURE__ */ new Set() };
  }
  const splices = SECTIONS.map((section) => {
    const own = needless.flatMap(({ entry }) => entry?.path[0] === section ? [entry.writtenId] : []);
    const members = memberOf(root, [section])?.value.members ?? [];
    const indexes = members.flatMap(({ key }, index) => own.includes(key?.text ?? "") ? [index] : []);
    return own.length === 0 ? [] : remove(text, root, [section], new Set(indexes));
  });
  const cut = splices.flatMap((one) => one ?? []);
  return splices.includes(null) ? { text, ids: /* @__PURE__ */ new Set() } : { text: splice(text, cut), ids };
}
function isOwnLine(entry) {
  return entry !== null && entry.place.file !== BUILTIN_FILE && entry.path[0] !== "overrides";
}
function withResults(text, compared, { numbering }, about, { worse, words }) {
  const { root } = readYaml(text, about.file);
  const splices = [];
  const accepting = (id) => worse.has(id) ? [
    ["owner", JSON.stringify(words)],
    ["reason", JSON.stringify(words)],
    ["expires", usualEnd(about)]
  ] : [];
  const isThere2 = ({ entry }) => entry !== null && entry.place.file !== BUILTIN_FILE;
  for (const comparison of compared.filter(isThere2)) {
    const { id, entry } = comparison;
    const here = root === null || entry === null ? void 0 : memberOf(root, entry.path)?.value;
    if (root === null || entry === null || here === void 0) {
      continue;
    }
    const table = memberOf(root, entry.path.slice(0, -1))?.value;
    if (table !== void 0 && isOwnLine(entry) && entry.expires !== null && !worse.has(id)) {
      splices.push(...put(text, table, [[entry.writtenId, flowOf(pairsOf(comparison))]]));
      continue;
    }
    splices.push(...put(text, here, [...wantedOf(comparison), ...accepting(id)]));
  }
  const added = compared.filter((one) => !isThere2(one)).sort((a, b) => compareIds(a.id, b.id));
  for (const section of SECTIONS) {
    const own = added.filter(
      ({ id, entry }) => section === "runtime_checks" === (entry?.runtime ?? isOfRun(id))
    );
    if (own.length === 0) {
      continue;
    }
    const members = own.map((one) => newMember(one, accepting(one.id), numbering));
    const there = root === null ? null : append(text, root, [section], members);
    splices.push(...there ?? [addBlock(text, section, members)]);
  }
  return splice(text, splices);
}
var SECTIONS = ["checks", "runtime_checks"];
function isOfRun(id) {
  return id.startsWith("5.") && id !== "5.1";
}
var TELLING = {
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
function wantedOf({ id, entry, says, result }) {
  if (says === null) {
    return [];
  }
  const word = says.word ?? "";
  const evidence = entry === null && word === "NOTE" ? result?.evidence[0] : void 0;
  const items = itemsOf(id, says.items, entry?.items ?? null);
  const isTold = word !== "PASS" && (word !== "NOTE" || (result?.evidence.length ?? 0) > 0);
  return [
    ...entry?.expect.some((one) => one === word) ? [] : [["expect", `[${word}]`]],
    ...evidence === void 0 ? [] : [["evidence", evidence]],
    ...items === null || entry?.items == null && !isTold ? [] : [["items", items]]
  ];
}
function itemsOf(id, items, rule) {
  if (rule !== null && compareItems(items, rule) === null) {
    return null;
  }
  const by = rule?.by ?? TELLING[id];
  if (by === void 0 || rule === null && items.length === 0) {
    return null;
  }
  const found = itemSet(items, by);
  const isCounted = rule?.kind === "count" || rule?.kind === "max";
  const text = isCounted ? `${rule.kind}: ${found.length}` : `${rule?.kind ?? "subset_of"}: [${found.map((item) => yamlText(item, false)).join(", ")}]`;
  return `{${text}${by === "whole" ? "" : `, compare: ${by}`}}`;
}
function newMember(comparison, accepting, numbering) {
  const pairs = [...pairsOf(comparison), ...accepting];
  const flow = `"${fromNewNumbering(comparison.id, numbering)}": ${flowOf(pairs)}`;
  return { lines: [`${flow}  # recorded, to be reviewed`], flow };
}
function pairsOf(comparison) {
  const { entry } = comparison;
  const host = entry?.host == null ? [] : [["when", `{host: ${entry.host}}`]];
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

// src/gate/record-dictionary.ts
async function recordImage(request, { file, today, gate }, around) {
  if (!isDate(today)) {
    throw noDate(today);
  }
  const before = readPolicy(file);
  const { maxSpan } = gate;
  if (before !== null) {
    const dictionary = readDictionary(before, file, { limit: { today, maxSpan } });
    refuseTies(dictionary, request.images, today);
  }
  const asked2 = { ...gate, checks: ["docker-bench"] };
  const [collected, ...more] = await collectImages(request, asked2, today, around);
  if (!collected) {
    throw new Error("nothing was collected");
  }
  if (more.length > 0) {
    throw severalPlatforms(more.length + 1);
  }
  const { results, notes } = resultsOf(collected);
  const about = { file, reference: collected.reference, today, maxSpan, evidence: evidenceOf(gate.checks) };
  const { text, changes, left, accepted } = recordDictionary(before ?? starterFor(file), results, about);
  return { file, before, after: text, changes, left, accepted, notes };
}
function starterFor(file) {
  const hasSchema = isThere(of_join(of_dirname(file), DICTIONARY_SCHEMA));
  return hasSchema ? STARTER_DICTIONARY : STARTER_DICTIONARY.replace(/^.*\n#\n/, "");
}
function resultsOf({ image, problem, evidence: [evidence] }) {
  if (problem !== null) {
    throw new SeaworthyError(problem);
  }
  if (!evidence) {
    throw new Error("nothing was collected");
  }
  const answer = answerOf(evidence, image);
  if (answer.state === "unanswered") {
    throw new SeaworthyError(answer.problem);
  }
  const judges = answer.bench === void 0 ? [] : [judgedBy(answer.bench)];
  return { results: answer.findings.filter((one) => isBench(one)), notes: [...judges, ...answer.notes] };
}
function severalPlatforms(count) {
  return new SeaworthyError({
    code: "bad-input",
    what: `platform: ${count} platforms were requested, but only the results of one can be recorded`,
    where: "inputs",
    todo: "specify one with --platform"
  });
}
function noDate(today) {
  return new SeaworthyError({
    code: "bad-input",
    what: `today: ${JSON.stringify(today)} is not a date (YYYY-MM-DD)`,
    where: "inputs",
    todo: "correct it"
  });
}

// src/io/files/replace-file.ts
function replaceFile(file, before, after) {
  if (readPolicy(file) !== before) {
    throw new SeaworthyError({
      code: "file-unwritable",
      what: "the file changed in the meantime, so it was not overwritten",
      where: file,
      todo: "run the command again"
    });
  }
  writeText(file, after);
}

// src/cli/dictionary.ts
var FLAGS = /* @__PURE__ */ new Set([
  "platform",
  "dictionary",
  "gate",
  "checks",
  "bench-engine",
  "bench-image",
  "bench-source",
  "cache-dir",
  "run-options",
  "compose-file",
  "compose-service",
  "start",
  "start-timeout",
  "timeout",
  "today",
  "debug"
]);
var HELP = `
Prints the change as a diff. On a terminal, it asks before writing; in a script, it writes only with --yes. Expected
results are a policy, and no job should weaken a policy on its own.
A new file extends the built-in dictionary and lists only what differs. If a result is worse than the built-in
dictionary expects, its entry is written with an expiry date, an empty owner and an empty reason. Fill in the owner and
the reason: the gate refuses the file without them.
Exit: 0 the file matches the current results and the gate accepts it; 1 changes were not written, or someone still has
to edit the file (owners, reasons or other lines); 2 the image could not be judged.`;
function addDictionary(program2, help, faults) {
  const record2 = program2.command("dictionary").description("edit the expected Docker Bench results").command("record").description("write an image's current results to the dictionary, for review").argument("<image>", "an image in the Docker engine, or an archive").option("--yes", "write without asking").option("--dry-run", "only print the change").addHelpText("after", HELP).action(async (image, flags) => {
    process.exitCode = await recordOne(image, flags, withDefaults(help.givenBy(flags)), faults);
  });
  for (const input of INPUTS) {
    if (FLAGS.has(input.name)) {
      record2.addOption(help.optionOf(input));
    }
  }
}
function withDefaults(given) {
  const defaults = new Map(INPUTS.map((input) => [input.name, input.default]));
  return (name) => given(name) || (defaults.get(name) ?? "");
}
async function recordOne(image, flags, given, faults) {
  const request = readRequest([image], given);
  const now = (/* @__PURE__ */ new Date()).toISOString().slice(0, 10);
  const { policy, today } = readJudging((name) => name === "dictionary" ? "" : given(name), now);
  const screen = terminal();
  const signal = abortOnSignals(faults);
  try {
    const file = given("dictionary").trim();
    const recording = await recordImage(
      request,
      { file, today, gate: policy.gate },
      { ...screen, runId: newRunId(), signal }
    );
    screen.done();
    process.stdout.write(shown(recording, screen.colour));
    const done = recording.left.length + recording.accepted.length > 0 ? 1 : 0;
    if (recording.before === recording.after) {
      return done;
    }
    if (flags.dryRun !== true && (flags.yes === true || await agreed(recording.file, signal))) {
      replaceFile(recording.file, recording.before, recording.after);
      process.stdout.write(`written: ${escapeTerminal(recording.file)}; review it before you commit
`);
      return done;
    }
    process.stdout.write("nothing was written; pass --yes to write the change\n");
    return 1;
  } finally {
    screen.done();
  }
}
function shown({ file, before, after, changes, left, accepted, notes }, colour) {
  const diff = renderDiff(file, before, after, colour);
  const told = [...changes, ...left, ...accepted, ...notes].map((line2) => `${escapeTerminal(line2)}
`).join("");
  const count = before === null ? "a new file that extends the built-in dictionary" : `${escapeTerminal(file)}`;
  const more = [
    plural(changes.length, "change"),
    ...left.length > 0 ? [`${left.length} to edit by hand`] : [],
    ...accepted.length > 0 ? [`${accepted.length} to fill in`] : []
  ];
  return `${diff}${diff === "" ? "" : "\n"}${told}
${count}: ${more.join(", ")}
`;
}
async function agreed(file, signal) {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    return false;
  }
  const lines = of_createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test(
      (await lines.question(`Write ${escapeTerminal(file)}? [y/N] `, { signal })).trim()
    );
  } finally {
    lines.close();
  }
}

// src/feeds/carry.ts
async function listKept(cacheDir) {
  const trackers = (await namesIn(cacheDir)).filter((name) => /^tracker-[0-9a-f]{16}\.json$/.test(name));
  const inFolder = await namesIn(folderOf(cacheDir));
  const tables = inFolder.filter((name) => /^[a-z]+-[0-9a-f]{16}\.json\.gz$/.test(name));
  const parts = inFolder.filter((name) => /^osv-[A-Za-z]+-[0-9a-f]{16}\.part$/.test(name));
  return [
    ...await Promise.all(trackers.map((name) => trackerIn(cacheDir, name))),
    ...await Promise.all(tables.map((name) => tableIn(cacheDir, name))),
    ...await Promise.all(parts.map((name) => osvIn(cacheDir, name)))
  ].flatMap((one) => one ?? []);
}
async function carry(from, to) {
  const all = await listKept(from);
  const damaged = all.filter(({ whole }) => !whole).map(({ files }) => of_basename(files[0]));
  if (damaged.length > 0 || all.length === 0) {
    throw new SeaworthyError({
      code: "feeds-damaged",
      what: all.length === 0 ? "there are no feeds" : `these files have changed since they were written: ${damaged.join(", ")}`,
      where: from
    });
  }
  await makeKeptFolder(folderOf(to));
  for (const { files } of all) {
    for (const file of files) {
      await of_copyFile(of_join(from, file), of_join(to, file));
      await of_chmod(of_join(to, file), 384);
      const { atime, mtime } = await of_stat(of_join(from, file));
      await of_utimes(of_join(to, file), atime, mtime);
    }
  }
  return all;
}
async function tableIn(cacheDir, name) {
  const feed = FEEDS.find((one) => name.startsWith(`${one}-`));
  if (!feed) {
    return null;
  }
  const files = [of_join("feeds", name), of_join("feeds", name.replace(/\.json\.gz$/, ".meta.json"))];
  const kept = await readKeptAt(of_join(cacheDir, files[0]), of_join(cacheDir, files[1]), feed);
  if (kept === null) {
    return { name: feed, files, ...DAMAGED };
  }
  const { table, meta } = kept;
  const { date, rows } = table;
  return { name: feed, files, whole: true, date, rows, fetchedAt: meta.fetchedAt, url: meta.url };
}
async function osvIn(cacheDir, name) {
  const ecosystem = ECOSYSTEMS.find((one) => name.startsWith(`osv-${one}-`));
  if (ecosystem === void 0) {
    return null;
  }
  const files = [of_join("feeds", name), of_join("feeds", name.replace(/\.part$/, ".meta.json"))];
  const about = { name: `osv-${ecosystem}`, files };
  const kept = await openKeptAt(of_join(cacheDir, files[0]), of_join(cacheDir, files[1]), ecosystem);
  if (kept === null) {
    return { ...about, ...DAMAGED };
  }
  await kept.part.close();
  const { newest: date, rows } = kept.part.about;
  const { fetchedAt, url } = kept.meta;
  return { ...about, whole: true, date, rows, fetchedAt, url };
}
async function trackerIn(cacheDir, name) {
  const files = [name, name.replace(/\.json$/, ".validators.json")];
  const about = { name: "tracker", files };
  try {
    const known = JSON.parse(await of_readFile(of_join(cacheDir, files[1]), "utf8"));
    const hash = of_createHash("sha256");
    for await (const chunk of of_createReadStream(of_join(cacheDir, name))) {
      hash.update(chunk);
    }
    if (hash.digest("hex") !== known.sha256) {
      return { ...about, ...DAMAGED };
    }
    const time = Date.parse(String(known.lastModified));
    const date = Number.isNaN(time) ? null : new Date(time).toISOString();
    const rows = typeof known.rows === "number" ? known.rows : null;
    const url = typeof known.url === "string" ? known.url : null;
    return { ...about, whole: true, date, fetchedAt: null, rows, url };
  } catch {
    return { ...about, ...DAMAGED };
  }
}
var DAMAGED = { whole: false, date: null, fetchedAt: null, rows: null, url: null };
function namesIn(folder) {
  return of_readdir(folder).then(
    (names) => names.sort(),
    () => []
  );
}

// src/feeds/published/carry-file.ts
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
  }
};
var isTable = (name) => name === "cvss" || name === "epss" || name === "kev";
var folderIn = (name) => name === "tracker" ? "" : "feeds";
async function exportFile(cacheDir, to, now) {
  const all = await listKept(cacheDir);
  const damaged = all.filter(({ whole }) => !whole).map(({ files }) => of_basename(files[0]));
  if (all.length === 0 || damaged.length > 0) {
    throw fault(
      all.length === 0 ? "there are no feeds" : `these files have changed since they were written: ${damaged.join(", ")}`,
      cacheDir
    );
  }
  const work = await of_mkdtemp(of_join(of_dirname(to), ".seaworthy-data-"));
  try {
    const chosen = PART_NAMES.flatMap((name) => newestOf(all, name) ?? []);
    const parts = [];
    for (const one of chosen) {
      parts.push(await partOf(cacheDir, one, work));
    }
    const index = { format: DATA_FORMAT, date: now.toISOString(), parts };
    const text = Buffer.from(`${JSON.stringify(index, null, 1)}
`);
    await of_writeFile(of_join(of_dirname(to), INDEX_FILE), text);
    await of_pipeline(tarOfParts(text, parts, work), of_createWriteStream(to));
    return chosen;
  } catch (error) {
    throw error instanceof SeaworthyError ? error : unwritable(to, error);
  } finally {
    await of_rm(work, { recursive: true, force: true });
  }
}
async function* tarOfParts(index, parts, work) {
  const zeros = (bytes) => Buffer.alloc(padded(bytes) - bytes);
  yield Buffer.concat([fileHeader(INDEX_FILE, index.length), index, zeros(index.length)]);
  for (const { file, bytes } of parts) {
    yield fileHeader(file, bytes);
    yield* of_createReadStream(of_join(work, file), { highWaterMark: 2 ** 20 });
    yield zeros(bytes);
  }
  yield Buffer.alloc(1024);
}
function newestOf(all, name) {
  const readAt = ({ fetchedAt, date }) => fetchedAt ?? date ?? "";
  return all.filter((one) => one.name === name).sort((a, b) => readAt(a) < readAt(b) ? 1 : -1)[0];
}
async function partOf(cacheDir, { name: text, files, rows, date, url }, work) {
  const name = text;
  const kept = of_basename(files[0]);
  const file = isTable(name) ? kept : `${kept}.gz`;
  const packed = isTable(name) ? [] : [of_createGzip({ level: 6 })];
  await of_pipeline([of_createReadStream(of_join(cacheDir, files[0])), ...packed, of_createWriteStream(of_join(work, file))]);
  const hash = of_createHash("sha256");
  for await (const chunk of of_createReadStream(of_join(work, file))) {
    hash.update(chunk);
  }
  return {
    name,
    file,
    bytes: (await of_stat(of_join(work, file))).size,
    sha256: hash.digest("hex"),
    rows,
    date,
    source: url,
    ...TERMS[name.startsWith("osv-") ? "osv" : name],
    about: { file: of_basename(files[1]), text: await of_readFile(of_join(cacheDir, files[1]), "utf8") }
  };
}
var UNPACKED = { part: MAX_BYTES, all: 4 * MAX_BYTES };
async function importFile(from, cacheDir, accept2 = () => Promise.resolve(), limits = UNPACKED) {
  const work = await of_mkdtemp(of_join(process.env.RUNNER_TEMP || of_tmpdir(), "seaworthy-data-"));
  try {
    const head = readHead(await firstOf(from));
    if (head === null) {
      throw fault(`it is not a data file (${DATA_FORMAT})`, from);
    }
    await accept2(head);
    await refuseTooLarge(from, head, limits);
    await of_mkdir(of_join(work, "feeds"));
    for (const { name } of head.index.parts) {
      const { part, checked } = bytesOf(from, head, name);
      const path = of_join(work, folderIn(name), isTable(name) ? part.file : part.file.replace(/\.gz$/, ""));
      await of_pipeline(isTable(name) ? checked : gunzipped(checked), of_createWriteStream(path, { flags: "wx" }));
      await of_writeFile(of_join(work, folderIn(name), part.about.file), part.about.text, { flag: "wx" });
      const made = new Date(head.index.date);
      await of_utimes(path, made, made);
    }
    const listed = await listKept(work);
    if (listed.length !== head.index.parts.length) {
      throw fault("its index lists files that do not belong in a cache", from);
    }
    return await carry(work, cacheDir);
  } catch (error) {
    throw error instanceof SeaworthyError ? error : fault(String(Reflect.get(Object(error), "message")), from);
  } finally {
    await of_rm(work, { recursive: true, force: true });
  }
}
async function refuseTooLarge(from, head, limits) {
  let all = 0;
  for (const { name } of head.index.parts) {
    let bytes = 0;
    for await (const chunk of gunzipped(bytesOf(from, head, name).checked)) {
      bytes += chunk.length;
      if (bytes > limits.part) {
        throw fault(`${name}: it unpacks to more than ${limits.part} bytes`, from);
      }
    }
    all += bytes;
    if (all > limits.all) {
      throw fault(`its parts unpack to more than ${limits.all} bytes in total`, from);
    }
  }
}
function bytesOf(from, head, name) {
  const { part, start } = head.at(name) ?? never(from);
  const body = of_createReadStream(from, { start, end: start + part.bytes - 1, highWaterMark: 2 ** 18 });
  return { part, checked: proven(body, part, (what) => fault(`${name}: ${what}`, from)) };
}
async function firstOf(path) {
  const file = await of_open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
function fault(what, where) {
  return new SeaworthyError({ code: "feeds-damaged", what, where });
}
function never(where) {
  throw fault("it contains an unexpected part", where);
}

// src/gate/feeds.ts
async function fetchFeeds(given, around) {
  const { sources, options } = asked(given, around);
  const work = [
    { title: "Debian's security tracker", get: () => trackerSource(sources, options) },
    ...FEEDS.filter((feed) => sources[feed].length > 0).map((feed) => ({
      title: FEED_TITLES[feed],
      get: async () => (await openFeed(feed, sources[feed], options))?.source ?? null
    }))
  ];
  let whole = true;
  for (const { title, get } of work) {
    around.progress(`fetching ${title}`);
    try {
      const source = await get();
      const isKept = source !== null && /^https?:/i.test(source.url);
      const facts = [
        source?.date?.slice(0, 10) ?? "unknown date",
        `${source?.rows ?? "?"} rows`,
        ...isKept ? [] : ["read from a file, not cached"],
        ...source?.instead === void 0 ? [] : [escapeTerminal(source.instead, 1e3)]
      ];
      around.say(`${title}: ${facts.join(", ")}
`);
    } catch (error) {
      around.signal.throwIfAborted();
      whole = false;
      around.say(renderProblem(problemOf(error, title), around.pages));
    }
  }
  tellPlace(given, around);
  return whole;
}
async function fetchOsv(address, given, around) {
  const addresses = [{ base: address === "bucket" ? OSV_BUCKET : address, form: "bucket" }];
  const missing2 = [];
  for (const ecosystem of ECOSYSTEMS) {
    around.progress(`fetching OSV's advisories for ${ecosystem}`);
    try {
      const opened = await openOsv(ecosystem, addresses, {
        ...optionsOf(given, around),
        // What is old is kept too: whether it may be used is up to the scan.
        maxDays: Number.POSITIVE_INFINITY
      });
      await opened.part.close();
      const { rows, date, url, instead } = opened.source;
      const facts = [
        `newest of ${date?.slice(0, 10) ?? "unknown date"}`,
        `${rows ?? "?"} advisories`,
        .../^https?:/i.test(url) ? [] : ["read from a folder, not cached"],
        ...date === null ? [] : tooOld(hoursBetween(date, around.now)),
        ...instead === void 0 ? [] : [escapeTerminal(instead, 1e3)]
      ];
      around.say(`OSV ${ecosystem}: ${facts.join(", ")}
`);
    } catch (error) {
      around.signal.throwIfAborted();
      missing2.push(ecosystem);
      const todo = `check the address, or try again; only images with ${ecosystem} packages need this file`;
      around.say(renderProblem({ ...problemOf(error, `osv-${ecosystem}`), todo }, around.pages));
    }
  }
  if (missing2.length > 0) {
    const rest = ECOSYSTEMS.filter((ecosystem) => !missing2.includes(ecosystem));
    around.say(`available: ${rest.join(", ") || "none"}
not available: ${missing2.join(", ")}
`);
  }
  tellPlace(given, around);
  return missing2.length === 0;
}
function tooOld(hours) {
  return hours <= MAX_OSV_DAYS * 24 ? [] : [`more than ${MAX_OSV_DAYS} days old, so a scan needs a max-data-age of at least ${hours} (hours)`];
}
async function writeMap(file, given, around) {
  const cvss = given("cvss").trim();
  if (!cvss.endsWith("/")) {
    const gathered = gatherFaults();
    gathered.told.push(
      "cvss: must be the URL of a folder that contains the NVD's feeds, and must end with a slash"
    );
    gathered.throwAny();
  }
  const { table } = await readYears(cvss, optionsOf(given, around));
  await writeTable(file, table);
  around.say(`${file}: ${table.rows} CVEs, ${table.date?.slice(0, 10) ?? "unknown date"}
`);
  return true;
}
async function exportFeeds(to, given, { say, now }) {
  const work = to.endsWith(".tar") ? exportFile(cacheDirOf(given), to, now) : carry(cacheDirOf(given), to);
  for (const one of await work) {
    say(line(one));
  }
  return true;
}
async function importFeeds(from, given, around, signature = null) {
  const work = from.endsWith(".tar") ? importFile(from, cacheDirOf(given), (head) => accept(head, signature, given, around)) : carry(from, cacheDirOf(given));
  for (const one of await work) {
    around.say(line(one));
  }
  tellPlace(given, around);
  return true;
}
async function accept(head, signature, given, { say }) {
  if (signature === null) {
    return say("nothing proves who made this file; to verify it, pass --bundle and --published-by\n");
  }
  const bundle = readText(signature.bundle, MOST_BUNDLE);
  const root = given("data-trusted-root").trim();
  const text = root === "" ? null : readText(root);
  if (bundle === null || root !== "" && text === null) {
    const where = bundle === null ? signature.bundle : root;
    throw new SeaworthyError({ code: "bad-input", what: "there is no such file", where });
  }
  const by = await attestedBy(head, bundle, `${signature.repository.replace(/\/+$/, "")}/releases`, text);
  say(`attested by ${by}
`);
}
var MOST_BUNDLE = 2 ** 20;
async function tellFeeds(given, around) {
  const { say } = around;
  const all = await listKept(cacheDirOf(given));
  for (const one of all) {
    say(line(one));
  }
  if (all.length === 0) {
    const todo = 'run "seaworthy feeds fetch", or use "seaworthy feeds import" for data that was exported on another machine';
    say(
      renderProblem(
        { code: "feed-not-kept", what: "the cache contains no feeds", where: cacheDirOf(given), todo },
        around.pages
      )
    );
  }
  const counts = all.length === 0 || tellPlace(given, around);
  return counts && all.length > 0 && all.every(({ whole }) => whole);
}
function tellPlace(given, { say, pages }) {
  const folder = cacheDirOf(given);
  const counts = keptPlace(folder) !== null && keptPlace(folderOf(folder)) !== null;
  if (!counts) {
    const what = "the gate will not use this cache, because other users can write to it";
    say(renderProblem(withAdvice({ code: "cache-not-trusted", what, where: folder }), pages));
  }
  return counts;
}
function line({ name, whole, date, rows, fetchedAt, url }) {
  if (!whole) {
    return `${name.padEnd(8)} is damaged, so it will not be used
`;
  }
  const facts = [
    `of ${date === null ? "unknown date" : new Date(date).toISOString().slice(0, 10)}`,
    ...rows === null ? [] : [`${rows} rows`],
    ...fetchedAt === null ? [] : [`read ${new Date(fetchedAt).toISOString().slice(0, 16)}Z`],
    ...url === null ? [] : [`from ${escapeTerminal(redactUrl(url), 300)}`]
  ];
  return `${name.padEnd(8)} ${facts.join(", ")}
`;
}
function asked(given, around) {
  const gathered = gatherFaults();
  const sources = readFeeds(given, gathered.told);
  gathered.throwAny();
  return { sources, options: { ...optionsOf(given, around), trustedRoot: sources.trustedRoot ?? null } };
}
function optionsOf(given, { now, signal, progress }) {
  return { cacheDir: cacheDirOf(given), offline: false, now, signal, progress };
}
async function trackerSource({ tracker: source, trackerFallback: fallback }, { cacheDir, signal }) {
  const opened = await openTracker({
    source,
    fallback,
    cacheDir,
    ...signal ? { signal } : {}
  });
  try {
    return (await opened.narrow([])).source;
  } finally {
    await opened.close();
  }
}
function cacheDirOf(given) {
  return given("cache-dir").trim() || defaultCacheDir();
}

// src/cli/feeds.ts
var FALLBACKS = ["tracker-fallback", "cvss-fallback", "epss-fallback", "kev-fallback"];
function signatureOf({ bundle, publishedBy }) {
  if (typeof bundle === "string" && typeof publishedBy === "string") {
    return { bundle, repository: publishedBy };
  }
  if (bundle === void 0 && publishedBy === void 0) {
    return null;
  }
  throw new SeaworthyError({
    code: "bad-input",
    what: "--bundle and --published-by must be used together",
    where: "seaworthy feeds import",
    todo: "pass the attestation, and the URL of the repository that published the file"
  });
}
var SOURCES = ["tracker", "cvss", "cvss-map", "epss", "kev", ...FALLBACKS, "data-trusted-root"];
function addFeeds(program2, help, faults) {
  const feeds = program2.command("feeds").description("manage cached vulnerability data");
  const add2 = (name, about, inputs, argument, work, options = []) => {
    const command2 = feeds.command(name).description(about);
    for (const option of options) {
      command2.addOption(option);
    }
    if (argument !== null) {
      command2.argument(`<${argument}>`);
    }
    for (const input of INPUTS) {
      if (inputs.includes(input.name)) {
        command2.addOption(help.optionOf(input));
      }
    }
    command2.action(async (first, second) => {
      const [file, flags] = typeof first === "string" ? [first, second] : ["", first];
      const screen = terminal();
      const say = (text) => void process.stdout.write(text);
      try {
        const pages = documentsHere(process.env);
        const around = { ...screen, say, pages, now: /* @__PURE__ */ new Date(), signal: abortOnSignals(faults) };
        process.exitCode = await work(file, flags)(help.givenBy(flags), around) === false ? 2 : 0;
      } finally {
        screen.done();
      }
    });
  };
  const all = [...SOURCES, "cache-dir"];
  add2("fetch", "download the tracker and all feeds into the cache", all, null, () => fetchFeeds);
  add2(
    "osv",
    'download OSV advisories into the cache; the address is "bucket" (the bucket of the OSV project) or a URL with the same layout; a folder is read but not cached',
    ["cache-dir"],
    "address",
    (address) => (given, around) => fetchOsv(address, given, around)
  );
  add2(
    "export",
    "copy the cached data to a folder or to a single data file (.tar), for transfer to another machine",
    ["cache-dir"],
    "dir|file",
    (to) => (given, around) => exportFeeds(to, given, around)
  );
  add2(
    "import",
    "import an exported folder or data file into the cache",
    ["data-trusted-root", "cache-dir"],
    "dir|file",
    (from, flags) => (given, around) => importFeeds(from, given, around, signatureOf(flags)),
    [
      new Option("--bundle <FILE>", "attestation of the data file"),
      new Option(
        "--published-by <URL>",
        "repository that must have published the data file; required with --bundle"
      )
    ]
  );
  add2("status", "show what is cached, and how old it is", ["cache-dir"], null, () => tellFeeds);
  add2(
    "map",
    "build the map of CVSS ratings from the NVD's feeds",
    ["cvss", "cache-dir"],
    "file",
    (file) => (given, around) => writeMap(file, given, around)
  );
}

// src/cli/flags.ts
function optionOf({ name, group, value, help, default: fallback }) {
  const isSwitch = value === null || value === "BOOLEAN";
  const option = new Option(isSwitch ? `--${name}` : `--${name} <${value}>`, help).helpGroup(group);
  if (isSwitch) {
    return option;
  }
  if (fallback !== "") {
    option.default(fallback);
  }
  return option.argParser((text, before) => Array.isArray(before) ? before : text);
}
function tellUsage(command2, above = []) {
  const path = [...above, command2.name()];
  command2.configureOutput({ outputError: (text, write) => write(usageProblem(text, path.join(" "))) });
  for (const child of command2.commands) {
    tellUsage(child, path);
  }
}
function usageProblem(text, name) {
  const [what = "", guess = ""] = text.replace(/^error: /, "").trimEnd().split("\n");
  const struck = STRUCK_INPUTS.get(/^unknown option '--([a-z-]+)/.exec(what)?.[1] ?? "");
  if (struck !== void 0) {
    return renderProblem({ code: "bad-input", what, where: name, todo: struck }, documentsHere(process.env));
  }
  const meant = /^\(Did you mean (.+)\?\)$/.exec(guess)?.[1];
  const todo = `${meant === void 0 ? "" : `did you mean ${meant}? `}for the full list, run ${name} --help`;
  return renderProblem({ code: "bad-input", what, where: name, todo }, documentsHere(process.env));
}
function refuseSwitchWords(images) {
  const word = images.find((image) => image === "true" || image === "false");
  if (word === void 0) {
    return;
  }
  throw new SeaworthyError({
    code: "bad-input",
    what: `"${word}" would be taken as an image name, because a switch such as --offline takes no value`,
    where: "seaworthy scan",
    todo: word === "true" ? 'leave "true" out' : 'leave out both "false" and the switch before it'
  });
}
function otherPush(word, who) {
  return new SeaworthyError({
    code: "bad-input",
    what: `push: ${word} is not valid for this command: ${who}`,
    where: "flags"
  });
}

// src/cli/update.ts
function addUpdate(program2, help, faults) {
  const command2 = program2.command("update").description("update an image's packages, and test that the application still works").argument("<image>", "a local image").addHelpText("after", EXITS).action(async (image, flags) => {
    process.exitCode = await updateImage(image, help.givenBy(flags), faults);
  });
  for (const input of INPUTS) {
    if (input.where.includes("update")) {
      command2.addOption(help.optionOf(input));
    }
  }
}
var EXITS = `
Exit codes:
  0  the patched image passes, or there was nothing to update and the image itself passes
  1  the patched image fails; or no package could be updated with a passing test; or there was nothing to update, and the image itself fails
  2  no update could be tried, or the image could not be judged`;
async function updateImage(image, given, faults) {
  removeReports(given("report-dir").trim());
  const { asked: asked2, request, judging } = readAll(image, given);
  const screen = terminal();
  const around = { ...screen, runId: newRunId(), signal: abortOnSignals(faults) };
  try {
    await refuseUntested(asked2, around.signal);
    const scanned = await runGate(request, judging, { ...around, runId: newRunId() });
    const before = await ofEngine(scanned, asked2, around.signal);
    refuseUnanswered(before);
    const updated = await runUpdate(asked2, before, request, judging, around);
    screen.done();
    const { colour, width, cuts } = screen;
    const paths = writeReports(judging.reportDir, updated.verdict, documentsAddress(process.env));
    process.stdout.write(
      renderTerminal(updated.verdict, {
        colour,
        width,
        cuts,
        verbose: given("verbose") === "true",
        pages: documentsHere(process.env)
      })
    );
    process.stdout.write(`
${renderUpdate(updated.outcome)}`);
    writeUpdate(judging.reportDir, updated.outcome);
    process.stdout.write(`
${reportLine(paths)}`);
    return updateExit(updated);
  } finally {
    screen.done();
  }
}
function readAll(image, given) {
  const gathered = gatherFaults();
  const asked2 = gathered.attempt(() => readUpdateRequest([image], given));
  const scan = gathered.attempt(() => readScan([image], given, (/* @__PURE__ */ new Date()).toISOString().slice(0, 10)));
  gathered.throwAny();
  if (asked2 === null || scan === null) {
    throw new Error("an error was not reported");
  }
  if (scan.request.push.push === "judged") {
    throw otherPush("judged", 'only "seaworthy scan" pushes the image that it has judged');
  }
  return { asked: asked2, ...scan };
}

// src/cli/verify.ts
var import_semver2 = __toESM(require_semver(), 1);

// src/io/registry/referrers.ts
var BUNDLE = /^application\/vnd\.dev\.sigstore\.bundle(?:\.v\d+\.\d+\+json|\+json;version=\d+\.\d+)$/;
var NO_API = [400, 405, 406, 501];
var EMPTY_TYPE = "application/vnd.oci.empty.v1+json";
var MOST_REFERRERS = 200;
var MOST_PAGES = 20;
var size = int().min(0);
var indexShape = object({
  manifests: array(object({ digest, size, artifactType: string().nullish(), mediaType: string().nullish() })).max(1e4)
});
var artifactShape = object({
  subject: object({ digest }),
  layers: array(object({ mediaType: string(), digest, size })).max(100)
});
async function readReferrers({ tag: _, ...name }, options) {
  const where = `${name.registry}/${name.repository}`;
  const ask = openRepository({ ...name, tag: null }, options);
  const listed = await byApi(ask, name.digest, where);
  const by = listed === null ? "tag" : "referrers API";
  const found = (listed ?? await byTag(ask, name.digest, where)).filter(
    // If the list does not state it, the manifest does. go-containerregistry's server lists a config's type instead.
    ({ artifactType }) => !artifactType || artifactType === EMPTY_TYPE || BUNDLE.test(artifactType)
  );
  if (found.length > MOST_REFERRERS) {
    throw malformedAnswer(
      `the registry lists ${found.length} documents about the image, over the limit of ${MOST_REFERRERS}`,
      where
    );
  }
  const bundles = [];
  for (const one of found) {
    bundles.push(...await bundlesOf(ask, one.digest, name.digest, where));
  }
  return { bundles, by };
}
async function byApi(ask, of, where) {
  const all = [];
  let path = `referrers/${of}`;
  for (let page = 0; path !== null; page++) {
    if (page === MOST_PAGES) {
      throw malformedAnswer("the list of referrers has too many pages", where);
    }
    const asked2 = path;
    const answer = await ask("GET", asked2, MANIFESTS).catch((error) => {
      const isUnknown = error instanceof RegistryStatus && NO_API.includes(error.status);
      if (page === 0 && (isUnknown || isNotThere(error))) {
        return null;
      }
      throw error;
    });
    if (answer === null) {
      return null;
    }
    all.push(...shaped(indexShape, await registryText(answer), where).manifests);
    path = nextOf(answer.headers.link, answer.url, asked2, where);
  }
  return all;
}
function nextOf(link, url, asked2, where) {
  const [, target] = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(link ?? "") ?? [];
  if (target === void 0) {
    return null;
  }
  const from = URL.parse(url);
  const next = URL.parse(target, url);
  const [path = ""] = asked2.split("?");
  if (next === null || from === null || next.origin !== from.origin || next.pathname !== from.pathname) {
    throw malformedAnswer("the next page of the list of referrers is at a different address", where);
  }
  return `${path}${next.search}`;
}
async function byTag(ask, of, where) {
  try {
    const text = await registryText(await ask("GET", `manifests/${of.replace(":", "-")}`, MANIFESTS));
    return shaped(indexShape, text, where).manifests;
  } catch (error) {
    if (isNotThere(error)) {
      return [];
    }
    throw error;
  }
}
async function bundlesOf(ask, manifest, subject, where) {
  const at = `${where}@${manifest}`;
  const text = await readable(() => readDigest(ask, `manifests/${manifest}`, MANIFESTS, where));
  const read2 = artifactShape.safeParse(text === null ? null : parsed(text));
  if (!read2.success || read2.data.subject.digest !== subject) {
    return [];
  }
  const bundles = [];
  for (const layer of read2.data.layers.filter(({ mediaType }) => BUNDLE.test(mediaType))) {
    const bundle = await readable(() => readDigest(ask, `blobs/${layer.digest}`, "*/*", where));
    bundles.push({ text: bundle, where: at });
  }
  return bundles;
}
async function readable(read2) {
  try {
    return await read2();
  } catch (error) {
    const code = error instanceof SeaworthyError ? error.problem.code : null;
    if (code === "registry-not-found" || code === "registry-malformed" || code === "answer-too-large") {
      return null;
    }
    throw error;
  }
}
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
function isNotThere(error) {
  return error instanceof SeaworthyError && error.problem.code === "registry-not-found";
}

// src/reports/read-vsa.ts
var import_semver = __toESM(require_semver(), 1);
var sha256 = object({ sha256: string().regex(/^[0-9a-f]{64}$/) });
var digest2 = string().regex(/^sha256:[0-9a-f]{64}$/);
var OLDER_STATEMENT_TYPE = "https://in-toto.io/Statement/v0.1";
var statementShape = object({
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
      images: array(object({ platform: string().nullable(), configDigest: digest2.nullable() })).min(1)
    })
  })
});
function readAttestedVerdict(payloadType, payload) {
  let value;
  try {
    value = JSON.parse(payload);
  } catch {
    return null;
  }
  const read2 = statementShape.safeParse(value);
  if (!read2.success || payloadType !== "application/vnd.in-toto+json") {
    return null;
  }
  const { subject, predicate } = read2.data;
  return {
    subjects: subject.map((one) => `sha256:${one.digest.sha256}`),
    verifier: { id: predicate.verifier.id, version: predicate.verifier.version.seaworthy },
    time: Date.parse(predicate.timeVerified),
    resourceUri: predicate.resourceUri,
    policyDigest: `sha256:${predicate.policy.digest.sha256}`,
    result: predicate.verificationResult,
    levels: predicate.verifiedLevels,
    configs: predicate[VERDICT_KEY].images.flatMap(({ configDigest }) => configDigest ?? [])
  };
}
var HOUR_MS = 36e5;
var SKEW_MS = 5 * 6e4;
function holdVerdict(verdict, wanted) {
  return [
    configCheck(verdict, wanted),
    resourceCheck(verdict, wanted),
    policyCheck(verdict, wanted),
    ageCheck(verdict, wanted),
    versionCheck(verdict, wanted),
    resultCheck(verdict, wanted)
  ];
}
function configCheck({ configs }, wanted) {
  const other = wanted.configs.find((config) => config === null || !configs.includes(config));
  return other === void 0 && wanted.configs.length > 0 ? { name: "config", state: "ok", text: wanted.configs.join(", ") } : {
    name: "config",
    state: "refused",
    text: `the registry now has ${other ?? "no image"} under this name, but the verdict does not cover it`
  };
}
function isResource({ resourceUri, configs }, wanted) {
  const purl = parsePurl(resourceUri);
  return purl === null ? configs.some((config) => resourceUri === `urn:${config}`) : purl.type === "oci" && purl.qualifiers.get("repository_url") === wanted;
}
function resourceCheck(verdict, { resource }) {
  const name = "resource";
  return isResource(verdict, resource) ? { name, state: "ok", text: verdict.resourceUri } : {
    name,
    state: "refused",
    text: `the image was judged as ${verdict.resourceUri}, not as ${resource}; if this is a copy, specify the original with --resource`
  };
}
function policyCheck({ policyDigest: policyDigest2 }, wanted) {
  const name = "policy";
  if (wanted.policyDigest === null) {
    return {
      name,
      state: "unchecked",
      text: `${policyDigest2}; to check it, pass --policy or --policy-digest`
    };
  }
  return policyDigest2 === wanted.policyDigest ? { name, state: "ok", text: policyDigest2 } : {
    name,
    state: "refused",
    text: `the image was judged by policy ${policyDigest2}, not by ${wanted.policyDigest}`
  };
}
function ageCheck({ time }, { now, mostHours }) {
  const name = "age";
  const at = new Date(time).toISOString();
  if (time > now + SKEW_MS) {
    return { name, state: "refused", text: `the verdict is dated ${at}, which is in the future` };
  }
  const hours = Math.max(0, Math.floor((now - time) / HOUR_MS));
  return now - time <= mostHours * HOUR_MS ? { name, state: "ok", text: `${hours} h old (${at}); the limit is ${mostHours} h` } : {
    name,
    state: "refused",
    text: `the verdict is ${hours} h old (${at}); the limit is ${mostHours} h (--max-age)`
  };
}
function versionCheck({ verifier }, { leastVersion }) {
  const name = "verifier";
  const { id, version } = verifier;
  if (id !== VERIFIER_ID) {
    return { name, state: "refused", text: `the image was judged by ${id}, not by ${VERIFIER_ID}` };
  }
  if (leastVersion === null) {
    return { name, state: "unchecked", text: `${version}; to check it, pass --min-version` };
  }
  return (0, import_semver.valid)(version) !== null && (0, import_semver.gte)(version, leastVersion) ? { name, state: "ok", text: version } : {
    name,
    state: "refused",
    text: `the image was judged by version ${version}, but the minimum is ${leastVersion}`
  };
}
function resultCheck({ result, levels }, { strict }) {
  const name = "result";
  const told = [result, ...levels].join(" ");
  if (result !== "PASSED" || !levels.includes(PASS_LEVEL)) {
    return { name, state: "refused", text: told };
  }
  return strict && levels.length > 1 ? { name, state: "refused", text: `${told}: with --strict, ${PASS_LEVEL} must be the only level` } : { name, state: "ok", text: told };
}

// src/gate/verify.ts
var REQUEST_MS = 3e4;
var MOST_TOLD = 5;
async function verifyImage(request, { now, signal }) {
  const options = { logins: dockerLogins(), signal, timeoutMs: REQUEST_MS };
  const { publicGoodRoots, readTrustedRoots } = await import("./chunk-io-sigstore-trusted-roots.js");
  const { trustedRoot, bundle, name } = request;
  const roots = trustedRoot === null ? publicGoodRoots() : readTrustedRoots(fileText(trustedRoot), trustedRoot);
  const given = bundle === null ? null : { bundles: bundlesIn(fileText(bundle), bundle), by: bundle };
  const readAll2 = async (digest3) => {
    const found = given ?? await readReferrers({ ...name, digest: digest3 }, options);
    const read3 = await Promise.all(found.bundles.map((one) => readOne(one, digest3, request, roots)));
    return { read: read3, signed: read3.flatMap((one) => "verdict" in one ? [one] : []), by: found.by };
  };
  const { read: read2, signed, by } = await readAll2(name.digest);
  const ofPolicy = (all2) => all2.filter(({ verdict }) => [null, verdict.policyDigest].includes(request.policyDigest));
  const newestOf2 = (all2) => {
    const newest2 = all2.toSorted(newestFirst);
    const isOfName = ({ verdict }) => verdict.result === "FAILED" || isResource(verdict, request.resource);
    return newest2.find(isOfName) ?? newest2[0];
  };
  const newest = newestOf2(ofPolicy(signed)) ?? newestOf2(signed);
  if (newest === void 0) {
    const refused = read2.flatMap((one) => "refused" in one ? [one.refused] : []);
    return { isGood: false, checks: [...noVerdict(refused, by), sourceCheck([by], name.digest)] };
  }
  const there = await readInRegistry(request.reference, name, options);
  const configs = there.manifests.map(({ config }) => config);
  const wanted = { ...request, now: now.getTime() };
  const all = [...read2];
  const counting = [newest];
  const ofPlatforms = [];
  const ways = [by];
  for (const { digest: digest3, config, platform } of there.isIndex ? there.manifests : []) {
    const own = await readAll2(digest3);
    all.push(...own.read);
    ways.push(own.by);
    const about = signed.filter(({ verdict }) => config !== null && verdict.configs.includes(config));
    const last = newestOf2(ofPolicy([...about, ...own.signed]));
    if (last !== void 0 && last !== newest) {
      counting.push(last);
      const checks2 = holdVerdict(last.verdict, { ...wanted, configs: [config] });
      ofPlatforms.push(...platformChecks(platform, checks2));
    }
  }
  const checks = [
    { name: "signature", state: "ok", text: newest.signer },
    { name: "subject", state: "ok", text: name.digest },
    sourceCheck(ways, name.digest),
    ...othersCheck(all, counting),
    ...ofPlatforms,
    ...holdVerdict(newest.verdict, { ...wanted, configs })
  ];
  return { isGood: checks.every(({ state }) => state !== "refused"), checks };
}
function sourceCheck(ways, digest3) {
  const name = "source";
  const tag = digest3.replace(":", "-");
  const file = ways.find((way) => way !== "tag" && way !== "referrers API");
  if (file !== void 0) {
    const text = `${file}; a newer verdict in the registry was not looked for`;
    return { name, state: "unchecked", text };
  }
  return ways.includes("tag") ? {
    name,
    state: "unchecked",
    text: `the tag ${tag}, because the registry does not have the referrers API; anyone who can push may have overwritten the tag, which hides verdicts`
  } : { name, state: "ok", text: "the registry's referrers API" };
}
function platformChecks(platform, checks) {
  const name = "platform";
  const refused = checks.filter(({ state }) => state === "refused");
  return refused.length === 0 ? [{ name, state: "ok", text: `${platform}: passed in a newer verdict that covers only this platform` }] : refused.map(({ text }) => ({
    name,
    state: "refused",
    text: `${platform}, according to its newest verdict: ${text}`
  }));
}
function othersCheck(read2, counting) {
  const keyOf = ({ verdict }) => JSON.stringify(verdict);
  const known = new Set(counting.map(keyOf));
  const signed = read2.flatMap((one) => "verdict" in one ? [[keyOf(one), one.verdict]] : []);
  const others = [...new Map(signed.filter(([key]) => !known.has(key))).values()];
  const lost = read2.filter((one) => "refused" in one && one.isLost).length;
  const told = others.toSorted((a, b) => b.time - a.time).slice(0, MOST_TOLD).map(
    ({ result, time, policyDigest: policyDigest2 }) => `${result} on ${new Date(time).toISOString()} under policy ${policyDigest2.slice(0, 19)}`
  );
  const more = others.length - told.length;
  const texts = [
    ...told.length === 0 ? [] : [`ignored: ${told.join(", ")}${more > 0 ? ` and ${more} more` : ""}`],
    ...lost === 0 ? [] : [`${plural(lost, "attestation")} listed by the registry cannot be read`]
  ];
  return texts.length === 0 ? [] : [{ name: "others", state: "unchecked", text: texts.join("; ") }];
}
function newestFirst(a, b) {
  const isFailed = ({ result }) => Number(result === "FAILED");
  return b.verdict.time - a.verdict.time || isFailed(b.verdict) - isFailed(a.verdict);
}
async function readOne({ text, where }, digest3, { identity, issuer, repository }, roots) {
  if (text === null) {
    return { refused: `${where}: it cannot be read`, isLost: true };
  }
  const { verifyBundle } = await import("./chunk-io-sigstore-verify-bundle.js");
  try {
    const signed = verifyBundle(text, roots, { identity, issuer, repository }, where);
    const verdict = readAttestedVerdict(signed.payloadType, signed.payload);
    if (verdict === null) {
      return { refused: `${where}: it is signed, but is not a Seaworthy verdict` };
    }
    if (!verdict.subjects.includes(digest3)) {
      return { refused: `${where}: it is for a different image (${verdict.subjects.slice(0, 3).join(", ")})` };
    }
    const run = signed.repository === null ? "" : `, in a run of ${signed.repository}`;
    return { verdict, signer: `${signed.identity}${run}` };
  } catch (error) {
    const { code, what } = problemOf(error, where);
    if (code === "bundle-malformed" || code === "signature-refused") {
      return { refused: `${where}: ${what}` };
    }
    throw error;
  }
}
function noVerdict(refused, by) {
  if (refused.length === 0) {
    return [
      { name: "verdict", state: "refused", text: `there is no attested verdict for this image (${by})` }
    ];
  }
  const told = refused.slice(0, MOST_TOLD).map((text) => ({ name: "verdict", state: "refused", text }));
  const more = refused.length - told.length;
  return more === 0 ? told : [...told, { name: "verdict", state: "refused", text: `and ${more} more` }];
}
function bundlesIn(text, where) {
  try {
    JSON.parse(text);
    return [{ text, where }];
  } catch {
    const lines = text.split("\n").filter((line2) => line2.trim() !== "");
    return lines.map((line2, at) => ({ text: line2, where: lines.length === 1 ? where : `${where}:${at + 1}` }));
  }
}
function fileText(path) {
  const text = readText(path);
  if (text === null) {
    throw new SeaworthyError({ code: "file-unreadable", what: "there is no such file", where: path });
  }
  return text;
}
function policyDigestOf(folder, inputs, today) {
  if (!isThere(folder)) {
    throw new SeaworthyError({
      code: "policy-missing",
      what: "there is no such folder",
      where: folder,
      todo: "specify the folder that contains gate.yml"
    });
  }
  const files = new Map(
    ["gate", "whitelist", "dictionary"].map((name) => {
      const path = `${folder.replace(/\/+$/, "")}/${name}.yml`;
      return [name, isThere(path) ? path : ""];
    })
  );
  const defaults = new Map(INPUTS.map((input) => [input.name, input.default]));
  const given = (name) => inputs.get(name) ?? files.get(name) ?? defaults.get(name) ?? "";
  return policyDigest(readJudging(given, today).policy);
}

// src/cli/verify.ts
var HELP2 = `
The verdict is fetched from the registry (among the image's referrers), or read from the file given with --bundle. It
must be signed by the identity given with --identity, and the issuer given with --issuer must vouch for that identity.
Checks that you did not ask for are printed as "unchecked".
Exit: 0 may be deployed, 1 must not be deployed (failed, forged, too old, for a different image, no verdict), 2 not
checked, or usage error.

Example:
  seaworthy verify ghcr.io/acme/app@sha256:\u2026 \\
    --identity 'https://github.com/acme/app/.github/workflows/release.yml@refs/tags/*' \\
    --issuer https://token.actions.githubusercontent.com --policy policies`;
var MOST_HOURS = 87600;
function addVerify(program2, faults) {
  program2.command("verify").description("check an image's attested verdict before deployment; needs no Docker engine").argument("<image>", "the image with its digest, such as ghcr.io/acme/app@sha256:\u2026").option(
    "--identity <URL>",
    "required signer: the workflow with its ref; may end in * after refs/tags/ or refs/heads/"
  ).option("--issuer <URL>", "issuer that vouches for the identity given with --identity").option(
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
  ).option("--policy-digest <DIGEST>", "digest (see report.json) of the policy that must have been used").option("--max-age <HOURS>", "maximum age of the verdict, in hours", "168").option("--min-version <VERSION>", "refuse a verdict from a Seaworthy version older than this").option("--strict", "accept only a verdict whose sole level (in verifiedLevels) is SEAWORTHY_PASS").addHelpText("after", HELP2).action(async (image, flags) => {
    const now = /* @__PURE__ */ new Date();
    const request = await readVerify(image, flags, now);
    const { isGood, checks } = await verifyImage(request, { now, signal: abortOnSignals(faults) });
    const lines = checks.map(
      ({ name, state, text }) => `${name.padEnd(10)} ${state.padEnd(10)} ${escapeTerminal(text, 1e3)}
`
    );
    const head = isGood ? "verified: may be deployed" : "REFUSED: must not be deployed";
    process.stdout.write(`${lines.join("")}
${head}  ${escapeTerminal(image)}
`);
    process.exitCode = isGood ? 0 : 1;
  });
}
async function readVerify(image, flags, now) {
  const told = [];
  const name = parseReference(image);
  if (name === null || name.digest === null) {
    told.push(
      `image: specify it by digest (ghcr.io/acme/app@sha256:\u2026), because a tag can be moved between this check and the deployment`
    );
  }
  const { identity = "", issuer = "", repository = null, maxAge } = flags;
  const { identityFault } = await import("./chunk-io-sigstore-verify-bundle.js");
  const fault2 = flags.identity === void 0 ? "specify the workflow whose signature is required" : identityFault(identity);
  if (fault2 !== null) {
    told.push(`identity: ${fault2}`);
  }
  if (!URL.canParse(issuer)) {
    told.push("issuer: pass the URL of the issuer that vouches for the identity");
  }
  const resource = parseReference(flags.resource ?? image);
  if (flags.resource !== void 0 && (resource === null || resource.digest !== null)) {
    told.push(`resource: ${JSON.stringify(flags.resource)} is not an image name`);
  }
  const mostHours = Number(maxAge);
  if (!(Number.isInteger(mostHours) && mostHours > 0 && mostHours <= MOST_HOURS)) {
    told.push(`max-age: ${JSON.stringify(maxAge)} is not a number of hours from 1 to ${MOST_HOURS}`);
  }
  const { minVersion: leastVersion = null, strict = false } = flags;
  if (leastVersion !== null && (0, import_semver2.valid)(leastVersion) === null) {
    told.push(`min-version: ${JSON.stringify(leastVersion)} is not a version`);
  }
  if (flags.policy !== void 0 && flags.policyDigest !== void 0) {
    told.push("policy and policy-digest are mutually exclusive");
  }
  if (flags.policyDigest !== void 0 && !/^sha256:[0-9a-f]{64}$/.test(flags.policyDigest)) {
    told.push("policy-digest: must be sha256: followed by 64 hexadecimal digits");
  }
  const inputs = inputsOf(flags, told);
  if (told.length > 0 || name === null || name.digest === null || resource === null) {
    const todo = "correct these flags; for the full list, run seaworthy verify --help";
    throw new SeaworthyError({ code: "bad-input", what: told.join("\n"), where: "flags", todo });
  }
  const day = now.toISOString().slice(0, 10);
  const policyDigest2 = flags.policy === void 0 ? flags.policyDigest ?? null : policyDigestOf(flags.policy, inputs, day);
  const signer = { identity, issuer, repository };
  const files = { trustedRoot: flags.trustedRoot ?? null, bundle: flags.bundle ?? null };
  const { digest: digest3 } = name;
  return {
    reference: image,
    name: { ...name, digest: digest3 },
    ...signer,
    ...files,
    resource: `${resource.registry}/${resource.repository}`,
    policyDigest: policyDigest2,
    mostHours,
    leastVersion,
    strict
  };
}
function inputsOf(flags, told) {
  const known = { ...CHECK_INPUTS, ...POLICY_INPUTS };
  const pairs = (flags.with ?? []).map((pair) => {
    const at = pair.indexOf("=");
    return [pair.slice(0, Math.max(at, 0)), pair.slice(at + 1)];
  });
  if (pairs.length > 0 && flags.policy === void 0) {
    told.push("with: this flag needs --policy");
  }
  for (const [name] of pairs) {
    if (!Object.hasOwn(known, name)) {
      told.push(`with: ${JSON.stringify(name)} is not a policy input`);
    }
  }
  return new Map(pairs);
}

// src/policy/whitelist/foreign.ts
var FORMATS = ["clair-scanner", "trivyignore", "trivyignore.yaml", "grype"];
function readRules(text, file, given) {
  const format = given ?? formatOf(text, file);
  if (format === "trivyignore") {
    return { rules: readTrivyIgnore(text), notes: [] };
  }
  const document = readYaml(text, file);
  if (mappingOf(document.value) === null) {
    throw unreadable(file, document.faults[0]?.text ?? `the file is not in the ${format} format`);
  }
  const faults = document.faults.map(({ place, text: words }) => `${place.file}:${place.line}: ${words}`);
  const { rules, notes } = READERS[format](document);
  return { rules, notes: [...faults, ...notes] };
}
var READERS = {
  "clair-scanner": readClairScanner,
  "trivyignore.yaml": readTrivyYaml,
  grype: readGrype
};
function readClairScanner(document) {
  const rules = [];
  const take = (path, images) => {
    for (const [id, word] of membersOf(valueAt(document.value, path))) {
      const line2 = document.placeOf([...path, id]).line;
      const reason = typeof word === "string" && word !== "" ? word : null;
      rules.push({ line: line2, id, package: null, images, reason, expires: null, cannot: null });
    }
  };
  for (const [key, value] of membersOf(document.value)) {
    if (key.toLowerCase() === "generalwhitelist") {
      take([key], null);
    }
    if (key.toLowerCase() !== "images") {
      continue;
    }
    for (const [image] of membersOf(value)) {
      take([key, image], [image, `${image}:*`]);
    }
  }
  return { rules, notes: [] };
}
function readTrivyYaml(document) {
  const notes = [];
  for (const [key, value] of membersOf(document.value)) {
    if (key !== "vulnerabilities" && Array.isArray(value) && value.length > 0) {
      notes.push(noteAt(document, [key], `${key} not carried over: only vulnerabilities are imported`));
    }
  }
  const rules = itemsOf2(document, "vulnerabilities").flatMap(({ item, line: line2 }) => {
    const paths = item.paths === void 0 ? null : "it applies only to some paths, and a whitelist entry cannot be limited to paths";
    const unknown = strangers(item, ["id", "paths", "purls", "expired_at", "statement"]);
    const base = {
      line: line2,
      id: textOf(item.id) ?? "(no id)",
      images: null,
      reason: textOf(item.statement),
      expires: textOf(item.expired_at)?.slice(0, 10) ?? null,
      cannot: paths ?? unknown
    };
    const purls = listOf(item.purls);
    if (purls.length === 0) {
      return [{ ...base, package: null }];
    }
    return purls.map((purl) => {
      const name = /^pkg:deb\/[^/@?#]+\/([^/@?#]+)(@)?/.exec(textOf(purl) ?? "");
      const whole = name?.[1] ? decoded(name[1]) : null;
      const version = name?.[2] ? "it applies to only one version, and the import does not support versions" : null;
      const foreign = whole === null ? `${JSON.stringify(purl)} is not a Debian package` : null;
      return { ...base, package: whole, cannot: base.cannot ?? foreign ?? version };
    });
  });
  return { rules, notes };
}
function readGrype(document) {
  const rules = itemsOf2(document, "ignore").map(({ item, line: line2 }) => {
    const detail = Object.fromEntries(membersOf(item.package));
    const names = [textOf(detail["upstream-name"]), textOf(detail.name)].filter((one) => one !== null);
    const odd = names.find((name) => !/^[a-z0-9][a-z0-9+.-]*$/.test(name) || /\.[*+]/.test(name));
    const type = textOf(detail.type);
    const cannot = item.vulnerability === void 0 ? "it is not for a single vulnerability" : strangers(item, ["vulnerability", "reason", "package", "include-aliases"]) ?? strangers(detail, ["name", "type", "upstream-name"]) ?? (type !== null && type !== "deb" ? `it is for packages of type ${JSON.stringify(type)}` : null) ?? (odd === void 0 ? null : `the package name ${JSON.stringify(odd)} is a pattern`) ?? (names.length > 1 && names[0] !== names[1] ? "it specifies both a source and a binary package" : null);
    const id = textOf(item.vulnerability) ?? "(no vulnerability)";
    const rest = { images: null, reason: textOf(item.reason), expires: null, cannot };
    return { line: line2, id, package: names[0] ?? null, ...rest };
  });
  return { rules, notes: [] };
}
function readTrivyIgnore(text) {
  let note = null;
  return text.split(/\r\n|\r|\n/).flatMap((line2, index) => {
    const words = line2.replace(/^\uFEFF/, "").trim();
    if (words === "" || words.startsWith("#")) {
      note = words === "" ? null : [note, words.replace(/^#+\s*/, "")].filter(Boolean).join(" ");
      return [];
    }
    const [id = "", ...rest] = words.split(/\s+/);
    const expires = rest.find((word) => word.startsWith("exp:"))?.slice("exp:".length) ?? null;
    return [{ line: index + 1, id, package: null, images: null, reason: note, expires, cannot: null }];
  });
}
function itemsOf2(document, key) {
  return listOf(valueAt(document.value, [key])).map((item, index) => ({
    item: Object.fromEntries(membersOf(item)),
    line: document.placeOf([key, index]).line
  }));
}
function strangers(item, known) {
  const odd = Object.keys(item).filter((key) => !known.includes(key) && item[key] !== "");
  return odd.length === 0 ? null : `it also sets ${odd.join(", ")}, which a whitelist entry cannot express`;
}
function membersOf(value) {
  return Object.entries(mappingOf(value) ?? {});
}
function textOf(value) {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}
function decoded(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return null;
  }
}
function noteAt(document, path, words) {
  const { file, line: line2 } = document.placeOf(path);
  return `${file}:${line2}: ${words}`;
}
function formatOf(text, file) {
  const isYaml = /\.ya?ml$/i.test(file);
  if (!isYaml && !/^[ \t]*["']?[a-z]+["']?:/m.test(text)) {
    return "trivyignore";
  }
  if (/^["']?(?:generalwhitelist|images)["']?:/im.test(text)) {
    return "clair-scanner";
  }
  if (/^["']?ignore["']?:/m.test(text)) {
    return "grype";
  }
  if (/^["']?(?:vulnerabilities|misconfigurations|secrets|licenses)["']?:/m.test(text)) {
    return "trivyignore.yaml";
  }
  throw unreadable(
    file,
    `the format of the file is not recognized; specify it with --format ${FORMATS.join(" | ")}`
  );
}
function unreadable(file, what) {
  return new SeaworthyError({
    code: "import-unreadable",
    what,
    where: file
  });
}

// src/policy/whitelist/import.ts
function importRules(text, file, format, said, images, anyPackage) {
  const { rules, notes } = readRules(text, file, format);
  const told = [...notes];
  const entries = [];
  for (const rule of rules) {
    const say = (words) => told.push(`${file}:${rule.line}: ${rule.id}: ${words}`);
    const refusal = refusalOf(rule, said.today);
    if (refusal !== null) {
      say(`not carried over: ${refusal}`);
      continue;
    }
    const packages = packagesOf(rule, images, anyPackage);
    if (typeof packages === "string") {
      say(`not carried over: ${packages}`);
      continue;
    }
    const end = said.expires ?? usualEnd(said);
    const last = rule.expires === null ? null : lastDay(rule.expires);
    const expires = last !== null && last < end ? last : end;
    if (last === null) {
      say(`never expires in that file; the new entry is valid until ${expires}`);
    } else if (expires !== last) {
      say(`valid until ${last} in that file; the new entry is valid until ${expires}`);
    }
    const rated = ratedAbove(rule, images);
    if (rated !== null) {
      say(
        `its severity is ${rated}, but the new entry accepts at most low; if you want to accept it anyway, raise max-severity`
      );
    }
    for (const name of packages) {
      const reason = oneLine(rule.reason ?? "") || said.reason;
      const images2 = rule.images ?? said.images;
      entries.push(entryBy(said, { id: rule.id, package: name, images: images2, reason, expires }));
    }
  }
  return { entries, notes: told };
}
function ratedAbove({ id }, images) {
  const found = images.flatMap(({ verdict }) => verdict.findings);
  const above = found.filter(
    (one) => CHECKS[one.check].entries.rated && one.id === id && (one.ruling === "act" || one.ruling === "due" || one.ruling === "unfixed" || one.ruling === "noted") && (one.severity === "unknown" || compareSeverity(one.severity, "low") > 0)
  );
  return above[0]?.severity ?? null;
}
function refusalOf({ id, cannot, expires }, today) {
  if (!isVulnerabilityId(id)) {
    return "it has no valid vulnerability id";
  }
  if (cannot !== null) {
    return cannot;
  }
  if (expires !== null && !isDate(expires)) {
    return "its expiry date is not a valid date (YYYY-MM-DD)";
  }
  return expires !== null && lastDay(expires) < today ? `it expired on ${expires}` : null;
}
function lastDay(expires) {
  return addDays(expires, -1);
}
function packagesOf(rule, images, anyPackage) {
  const named = rule.package;
  const found = images.flatMap(({ verdict }) => verdict.findings).filter(({ check, id }) => CHECKS[check].entries.rated && id === rule.id).filter(
    (one) => named === null || one.package === named || one.binaries.some(({ name }) => name === named)
  ).flatMap((one) => one.package === null ? [] : [one.package]);
  if (found.length > 0) {
    return [...new Set(found)].sort();
  }
  if (named !== null) {
    return `no report shows which source package ${JSON.stringify(named)} comes from; scan an image that contains it`;
  }
  return anyPackage ? [null] : "neither the rule nor a report specifies the package; scan an image with this vulnerability, or pass --any-package";
}

// src/policy/whitelist/report.ts
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
  facts: record(string(), string()),
  application: object({ purl: string(), ids: array(string()), malware: boolean() }).nullable()
});
var reportSchema = object({
  schemaVersion: literal(1),
  images: array(
    object({
      reference: string(),
      distribution: string().nullable(),
      checks: array(object({ check: _enum(CHECK_IDS), state: _enum(["answered", "unanswered"]) })),
      findings: array(findingSchema)
    })
  ).min(1)
});
function readSurveyedImages(text, file) {
  const parsed2 = reportSchema.safeParse(jsonOf(text));
  if (!parsed2.success) {
    throw new SeaworthyError({
      code: "report-unreadable",
      what: "the file is not a Seaworthy report.json, or its version is not supported",
      where: file
    });
  }
  return parsed2.data.images.map(({ reference, distribution, checks, findings }) => {
    const codename = /^Debian (?:\S+ )?([a-z]+)$/.exec(distribution ?? "")?.[1] ?? null;
    return { subject: { reference, codename }, verdict: { checks, findings: findings.map(surveyed) } };
  });
}
function surveyed({ application, facts, ...finding }) {
  return application === null ? { ...finding, details: readObstacle(finding.check, finding.id, facts)?.details ?? {} } : { ...finding, ...application };
}
function jsonOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// src/cli/whitelist-request.ts
function readSpan(flags) {
  const today = flags.today ?? (/* @__PURE__ */ new Date()).toISOString().slice(0, 10);
  if (!isDate(today)) {
    throw badInput([`today: ${JSON.stringify(today)} is not a date (YYYY-MM-DD)`]);
  }
  const gate = readPolicy(flags.gate);
  const { maxSpan = DEFAULT_GATE.maxSpan } = gate === null ? {} : readGatePolicy(gate, flags.gate);
  return { today, maxSpan };
}
function readSaid(flags) {
  const span = readSpan(flags);
  const faults = [];
  const words = (name) => {
    const given = flags[name];
    const value = oneLine(given ?? "");
    if (value === "") {
      faults.push(`${name}: it is ${given === void 0 ? `missing (--${name})` : "empty"}`);
    }
    return value;
  };
  const all = (name, pattern, what) => {
    for (const value of flags[name] ?? []) {
      if (!pattern.test(value)) {
        faults.push(`${name}: ${JSON.stringify(value)} is not ${what}`);
      }
    }
    return flags[name] ?? null;
  };
  const expires = flags.expires ?? null;
  if (expires !== null && !isDate(expires)) {
    faults.push(`expires: ${JSON.stringify(expires)} is not a date (YYYY-MM-DD)`);
  } else if (expires !== null && expires < span.today) {
    faults.push(`expires: ${expires} is in the past`);
  } else if (expires !== null) {
    const fault2 = spanFault({ check: "clair", added: null, expires }, span);
    if (fault2 !== null) {
      faults.push(`expires: ${fault2}`);
    }
  }
  const formats = FORMATS;
  if (flags.format !== void 0 && !formats.includes(flags.format)) {
    faults.push(`format: ${JSON.stringify(flags.format)} is not one of ${formats.join(", ")}`);
  }
  all(
    "id",
    new RegExp(`${VULNERABILITY_ID.source}|^(?:${BY_PATH_IDS.join("|")})$`),
    `a CVE id (CVE-2011-3374), a TEMP-, GHSA-, GO-, MAL- or PYSEC- id, or one of ${BY_PATH_IDS.join(", ")}`
  );
  const said = {
    ...span,
    owner: words("owner"),
    reason: words("reason"),
    expires,
    images: all("image", /^[^\s?[\]{}!]+$/, "an image reference; the only wildcard is *"),
    releases: all("release", /^[a-z]+$/, "a release codename")
  };
  if (faults.length > 0) {
    throw badInput(faults);
  }
  return said;
}
function readReports(files) {
  return files.flatMap((file) => {
    const text = readPolicy(file);
    if (text === null) {
      throw missing("report", file);
    }
    return readSurveyedImages(text, file);
  });
}
function missing(what, file) {
  return new SeaworthyError({
    code: what === "report" ? "report-unreadable" : "policy-missing",
    what: `the ${what} does not exist`,
    where: file,
    todo: what === "report" ? "specify another report with --report, or create this one: scan the image or replay its evidence. If a policy or an input is invalid, no report is written, so correct it first" : "specify another file"
  });
}
function badInput(faults) {
  return new SeaworthyError({
    code: "bad-input",
    what: faults.join("\n"),
    where: "flags",
    todo: "correct these flags; run the command with --help to list all options"
  });
}

// src/cli/whitelist.ts
var DEFAULT_REPORT = "seaworthy-report/report.json";
var HELP3 = `
The change is printed as a diff before it is written; comments, blank lines and the order of entries are kept.
Exit: 0 done, or nothing to do; 2 failed, and nothing was written.`;
function addWhitelist(program2) {
  const group = program2.command("whitelist").description("edit the whitelist of accepted findings");
  const command2 = (name, description) => group.command(name).description(description).option("--whitelist <FILE>", "the whitelist to edit", "policies/whitelist.yml").option("--gate <FILE>", "gate.yml with max-span", "policies/gate.yml").option(
    "--report <FILE...>",
    `report.json from a scan; pass several for several images (default: ${DEFAULT_REPORT})`
  ).option("--today <DATE>", "start date, YYYY-MM-DD, UTC (default: today)").option("--dry-run", "only print the change").addHelpText("after", HELP3);
  const saying = (name, description) => command2(name, description).option("--owner <NAME>", "owner of the entries (required)").option(
    "--expires <DATE>",
    "last day on which the entries apply, YYYY-MM-DD, UTC (default: 90 days from today)"
  ).option("--image <PATTERN...>", "only for these images; * matches any characters (default: all)").option("--release <CODENAME...>", "only for these releases (default: all)");
  saying("add", 'add entries for findings that a report lists as "noted"').option("--reason <TEXT>", "why the findings need no action (required)").option("--id <ID...>", "only for findings with these ids, even if they block the release or have no fix").action((flags) => finish(add(flags), flags));
  command2("prune", "remove entries that have expired or match nothing; pass the reports of all images").option("--expired", "remove only expired entries; needs no report").action((flags) => finish(prune(flags), flags));
  saying("import", "import another tool's ignore file: clair-scanner, Trivy, Grype").argument("<file>", "the other tool's ignore file").option("--reason <TEXT>", "reason for imported entries that have no reason", "imported, to be reviewed").option(
    "--format <WORD>",
    `${FORMATS.join(", ")} (default: detected from the name and the keys of the file)`
  ).option("--any-package", "accept the vulnerability in any package if the file does not specify a package").action((file, flags) => finish(importFile2(file, flags), flags));
}
function add(flags) {
  const said = readSaid(flags);
  const reports = flags.report ?? [DEFAULT_REPORT];
  const images = readReports(reports);
  const unknown = unknownIds(images, flags.id ?? []);
  if (unknown.length > 0) {
    throw new SeaworthyError({
      code: "bad-input",
      what: unknown.map((id) => `${id}: the report has no such finding; nothing was written`).join("\n"),
      where: reports.join(", "),
      todo: "pass ids that the report lists; write an entry for a missing security update by hand (check: security-updates)"
    });
  }
  const { entries, notes } = proposeEntries(images, flags.id ?? [], said);
  return withEntries(flags.whitelist, readPolicy(flags.whitelist), entries, notes, said);
}
function prune(flags) {
  const { today } = readSpan(flags);
  const text = readPolicy(flags.whitelist);
  if (text === null) {
    throw missing("whitelist", flags.whitelist);
  }
  const images = flags.expired === true ? [] : readReports(flags.report ?? [DEFAULT_REPORT]);
  return pruned(flags.whitelist, text, images, today);
}
function importFile2(file, flags) {
  const said = readSaid(flags);
  const text = readText(file);
  if (text === null) {
    throw missing("file to import", file);
  }
  const isThere2 = flags.report !== void 0 || readPolicy(DEFAULT_REPORT) !== null;
  const images = isThere2 ? readReports(flags.report ?? [DEFAULT_REPORT]) : [];
  const format = flags.format ?? null;
  const { entries, notes } = importRules(text, file, format, said, images, flags.anyPackage === true);
  return withEntries(flags.whitelist, readPolicy(flags.whitelist), entries, notes, said);
}
function finish(change, flags) {
  const { file, before, after, notes } = change;
  const print = (line2) => process.stdout.write(`${line2}
`);
  for (const note of notes) {
    print(escapeTerminal(note));
  }
  if (after === null || after === before) {
    print("nothing to change");
  } else {
    process.stdout.write(renderDiff(file, before, after, terminal().colour));
    if (flags.dryRun === true) {
      print(`${plural(1, "file")} would be written: ${escapeTerminal(file)}`);
    } else {
      replaceFile(file, before, after);
      print(`written: ${escapeTerminal(file)}; review it before you commit`);
    }
  }
  process.exitCode = 0;
}

// src/cli/main.ts
var NOT_JUDGED = 2;
var EXITS2 = `
Exit: 0 pass, 1 fail, 2 could not judge (incomplete, invalid flags or policies).`;
var NO_PROOF = "judged from saved evidence: anyone who can write to that folder could have forged this verdict, so do not rely on it as proof\n";
var EXAMPLES = `
Examples:
  seaworthy scan app:1.4.0
  seaworthy scan ./app.tar --fail-on medium --save-evidence evidence`;
function command(faults) {
  const program2 = new Command("seaworthy").description("Decides whether a Debian-based Docker image may be released.").version(TOOL.version).exitOverride().configureOutput({ writeErr: (text) => process.stderr.write(text) }).hook("preAction", () => {
    process.exitCode = NOT_JUDGED;
  });
  const scan = program2.command("scan").description(
    "judge images; each is an image in the Docker engine, a docker save archive or an OCI archive"
  ).argument("<image...>", "images to judge").addHelpText("after", `${EXAMPLES}
${EXITS2}`).action(async (images, flags) => {
    process.exitCode = await scanImages(images, givenBy(flags), faults);
  });
  const replay = program2.command("replay").description(
    "judge saved evidence again, without Docker or network access; do not rely on the verdict as proof"
  ).argument("<dir>", "folder written by --save-evidence").addHelpText("after", EXITS2).action((folder, flags) => {
    process.exitCode = replayEvidence(folder, givenBy(flags));
  });
  for (const input of INPUTS) {
    if (input.where.includes("scan")) {
      scan.addOption(optionOf(input));
    }
    if (input.replay) {
      replay.addOption(optionOf(input));
    }
  }
  addUpdate(program2, { optionOf, givenBy }, faults);
  addFeeds(program2, { optionOf, givenBy }, faults);
  addDictionary(program2, { optionOf, givenBy }, faults);
  addWhitelist(program2);
  addVerify(program2, faults);
  tellUsage(program2);
  return program2;
}
function givenBy(flags) {
  return (name) => {
    const camel = name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
    const value = flags[camel];
    if (name === "clair-psk" && value === void 0) {
      return process.env.SEAWORTHY_CLAIR_PSK ?? "";
    }
    return value === void 0 ? "" : String(value);
  };
}
async function scanImages(images, given, faults) {
  refuseSwitchWords(images);
  removeReports(given("report-dir").trim());
  const { request, judging } = readScan(images, given, (/* @__PURE__ */ new Date()).toISOString().slice(0, 10));
  if (request.push.push === "patched") {
    throw otherPush("patched", 'only "seaworthy update" makes and pushes a patched image');
  }
  const screen = terminal();
  const signal = abortOnSignals(faults);
  try {
    const progress = judging.debug ? timed(screen.progress) : screen.progress;
    const runId = newRunId();
    const verdict = await runGate(request, judging, { ...screen, progress, runId, signal });
    const around = { ...screen, progress, runId, signal };
    const asked2 = { ...request.push, isOffline: request.feeds.offline };
    const { there, problem } = await publishImages(verdict, asked2, around);
    const code = report(verdict, judging, given, attestableOf(judging, there[0] ?? null));
    if (asked2.push === "judged") {
      process.stdout.write(
        there.map(({ repository, digest: digest3 }) => `pushed: ${repository}@${digest3}
`).join("")
      );
    }
    if (problem === null) {
      return code;
    }
    screen.done();
    process.stderr.write(renderProblem(problem, documentsHere(process.env)));
    return code === 0 ? NOT_JUDGED : code;
  } finally {
    screen.done();
  }
}
function replayEvidence(folder, given) {
  removeReports(given("report-dir").trim());
  const { today, collected } = loadEvidence(folder);
  const judging = readJudging(given, today);
  const code = report(decide(collected, judging.policy, judging.today), judging, given);
  process.stdout.write(NO_PROOF);
  return code;
}
function report(verdict, { reportDir }, given, attestable = null) {
  const paths = writeReports(reportDir, verdict, documentsAddress(process.env), attestable);
  const { colour, width, cuts } = terminal();
  const verbose = given("verbose") === "true";
  process.stdout.write(
    renderTerminal(verdict, { colour, width, cuts, verbose, pages: documentsHere(process.env) })
  );
  process.stdout.write(`${verdict.verdict === "pass" && !verbose ? "" : "\n"}${reportLine(paths)}`);
  return exitCode(verdict);
}
async function main() {
  endQuietly(process.stdout);
  endQuietly(process.stderr);
  const faults = abortOnFaults();
  faults.addEventListener("abort", () => process.stderr.write(`${stackOf(faults.reason)}
`));
  try {
    await command(faults).parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : NOT_JUDGED;
      return;
    }
    const debug = process.argv.includes("--debug");
    process.stderr.write(renderProblem(problemOf(error, "seaworthy"), documentsHere(process.env)));
    if (debug || !(error instanceof SeaworthyError)) {
      process.stderr.write(`${stackOf(error)}
`);
    }
    process.exitCode = NOT_JUDGED;
  }
}
function stackOf(error) {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
await main();
