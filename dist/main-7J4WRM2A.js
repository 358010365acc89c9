import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  ARCHIVE_INPUTS,
  BENCH_INPUTS,
  BRANCH_INPUTS,
  BUILTIN_FILE,
  CLAIR_INPUTS,
  DEFAULT_GATE,
  DICTIONARY_SCHEMA,
  FEED_INPUTS,
  FOLDER_INPUTS,
  IMAGE_INPUTS,
  LIMIT_INPUTS,
  POLICY_INPUTS,
  PUBLISH_INPUTS,
  STARTER_DICTIONARY,
  TELL_INPUTS,
  TEST_INPUTS,
  TOOL,
  UPDATE_INPUTS,
  abortOnFaults,
  abortOnSignals,
  acceptsMore,
  answerOf,
  collectImages,
  compareItems,
  compareResults,
  decide,
  endQuietly,
  entryFor,
  evidenceOf,
  explained,
  folderOf,
  gatherFaults,
  hurried,
  insteadWords,
  isOnlyOurs,
  isUrl,
  isWorse,
  itemSet,
  keptPlace,
  loadEvidence,
  makeKeptFolder,
  notTrusted,
  ofEngine,
  openDocument,
  openFeed,
  openTracker,
  readDictionary,
  readFeeds,
  readGatePolicy,
  readJudging,
  readKeptAt,
  readRequest,
  readScan,
  readUpdateRequest,
  readYears,
  refuseTies,
  refuseUnanswered,
  refuseUntested,
  removeReports,
  renderProblem,
  renderTerminal,
  renderUpdate,
  runGate,
  runUpdate,
  together,
  updateExit,
  writeReports,
  writeTable,
  writeUpdate
} from "./chunk-UVL4FNZM.js";
import "./chunk-BJTRKCSZ.js";
import "./chunk-MPEKDBJJ.js";
import {
  CHECKS,
  CHECK_IDS,
  FEEDS,
  FEED_TITLES,
  RULINGS,
  SEVERITIES,
  START_TEST,
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
  feedFault,
  fromNewNumbering,
  int,
  isBench,
  isDate,
  isVulnerabilityId,
  judgedBy,
  listOf,
  literal,
  malformed,
  mappingOf,
  memberOf,
  object,
  oneLine,
  plural,
  proposeEntries,
  pruned,
  put,
  readYaml,
  remove,
  renderDiff,
  shortHash,
  spanFault,
  splice,
  string,
  usualEnd,
  valueAt,
  withEntries,
  yamlText
} from "./chunk-PQDN2CUZ.js";
import {
  defaultCacheDir,
  isThere,
  newRunId,
  readPolicy,
  readText,
  writeText
} from "./chunk-FXKZQUNG.js";
import {
  escapeTerminal
} from "./chunk-E4T2JDTF.js";
import "./chunk-QI6Z6OWB.js";
import "./chunk-RX5RHUCM.js";
import {
  redactUrl
} from "./chunk-YEL55IE5.js";
import {
  SeaworthyError,
  problemOf,
  withAdvice
} from "./chunk-FGTERCER.js";
import "./chunk-ADDNZB2S.js";
import "./chunk-S3XN7775.js";
import "./chunk-CZF5JNCG.js";

// node_modules/commander/lib/error.js
var CommanderError = class extends Error {
  /**
   * Constructs the CommanderError class
   * @param {number} exitCode suggested exit code which could be used with process.exit
   * @param {string} code an id string representing the error
   * @param {string} message human-readable description of the error
   */
  constructor(exitCode, code, message) {
    super(message);
    Error.captureStackTrace(this, this.constructor);
    this.name = this.constructor.name;
    this.code = code;
    this.exitCode = exitCode;
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

// node_modules/commander/lib/command.js
import { EventEmitter } from "node:events";
import childProcess from "node:child_process";
import path from "node:path";
import fs from "node:fs";
import process2 from "node:process";
import { stripVTControlCharacters as stripVTControlCharacters2 } from "node:util";

// node_modules/commander/lib/help.js
import { stripVTControlCharacters } from "node:util";
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
    return stripVTControlCharacters(str).length;
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
var Command = class _Command extends EventEmitter {
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
      writeOut: (str) => process2.stdout.write(str),
      writeErr: (str) => process2.stderr.write(str),
      outputError: (str, write) => write(str),
      getOutHelpWidth: () => process2.stdout.isTTY ? process2.stdout.columns : void 0,
      getErrHelpWidth: () => process2.stderr.isTTY ? process2.stderr.columns : void 0,
      getOutHasColors: () => useColor() ?? (process2.stdout.isTTY && process2.stdout.hasColors?.()),
      getErrHasColors: () => useColor() ?? (process2.stderr.isTTY && process2.stderr.hasColors?.()),
      stripColor: (str) => stripVTControlCharacters2(str)
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
  _exit(exitCode, code, message) {
    if (this._exitCallback) {
      this._exitCallback(new CommanderError(exitCode, code, message));
    }
    process2.exit(exitCode);
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
      if (process2.versions?.electron) {
        parseOptions.from = "electron";
      }
      const execArgv = process2.execArgv ?? [];
      if (execArgv.includes("-e") || execArgv.includes("--eval") || execArgv.includes("-p") || execArgv.includes("--print")) {
        parseOptions.from = "eval";
      }
    }
    if (argv === void 0) {
      argv = process2.argv;
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
        if (process2.defaultApp) {
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
    if (fs.existsSync(executableFile)) return;
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
      const localBin = path.resolve(baseDir, baseName);
      if (fs.existsSync(localBin)) return localBin;
      if (sourceExt.includes(path.extname(baseName))) return void 0;
      const foundExt = sourceExt.find(
        (ext) => fs.existsSync(`${localBin}${ext}`)
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
        resolvedScriptPath = fs.realpathSync(this._scriptPath);
      } catch {
        resolvedScriptPath = this._scriptPath;
      }
      executableDir = path.resolve(
        path.dirname(resolvedScriptPath),
        executableDir
      );
    }
    if (executableDir) {
      let localFile = findFile(executableDir, executableFile);
      if (!localFile && !subcommand._executableFile && this._scriptPath) {
        const legacyName = path.basename(
          this._scriptPath,
          path.extname(this._scriptPath)
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
    const launchWithNode = sourceExt.includes(path.extname(executableFile));
    let proc;
    if (process2.platform !== "win32") {
      if (launchWithNode) {
        args.unshift(executableFile);
        args = incrementNodeInspectorPort(process2.execArgv).concat(args);
        proc = childProcess.spawn(process2.argv[0], args, { stdio: "inherit" });
      } else {
        proc = childProcess.spawn(executableFile, args, { stdio: "inherit" });
      }
    } else {
      this._checkForMissingExecutable(
        executableFile,
        executableDir,
        subcommand._name
      );
      args.unshift(executableFile);
      args = incrementNodeInspectorPort(process2.execArgv).concat(args);
      proc = childProcess.spawn(process2.execPath, args, { stdio: "inherit" });
    }
    if (!proc.killed) {
      const signals = ["SIGUSR1", "SIGUSR2", "SIGTERM", "SIGINT", "SIGHUP"];
      signals.forEach((signal) => {
        process2.on(signal, () => {
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
        process2.exit(code);
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
        process2.exit(1);
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
    const exitCode = config.exitCode || 1;
    const code = config.code || "commander.error";
    this._exit(exitCode, code, message);
  }
  /**
   * Apply any option related environment variables, if option does
   * not have a value from cli or client code.
   *
   * @private
   */
  _parseOptionsEnv() {
    this.options.forEach((option) => {
      if (option.envVar && option.envVar in process2.env) {
        const optionKey = option.attributeName();
        if (this.getOptionValue(optionKey) === void 0 || ["default", "config", "env"].includes(
          this.getOptionValueSource(optionKey)
        )) {
          if (option.required || option.optional) {
            this.emit(`optionEnv:${option.name()}`, process2.env[option.envVar]);
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
    this._name = path.basename(filename, path.extname(filename));
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
  executableDir(path2) {
    if (path2 === void 0) return this._executableDir;
    this._executableDir = path2;
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
    let exitCode = Number(process2.exitCode ?? 0);
    if (exitCode === 0 && contextOptions && typeof contextOptions !== "function" && contextOptions.error) {
      exitCode = 1;
    }
    this._exit(exitCode, "commander.help", "(outputHelp)");
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
  if (process2.env.NO_COLOR || process2.env.FORCE_COLOR === "0" || process2.env.FORCE_COLOR === "false")
    return false;
  if (process2.env.FORCE_COLOR || process2.env.CLICOLOR_FORCE !== void 0)
    return true;
  return void 0;
}

// node_modules/commander/index.js
var program = new Command();

// src/inputs/table.ts
var GROUPS = [
  ["Image:", IMAGE_INPUTS],
  ["Policies and thresholds:", { ...POLICY_INPUTS, ...BRANCH_INPUTS }],
  ["Data:", { ...ARCHIVE_INPUTS, ...FEED_INPUTS }],
  ["Docker Bench:", BENCH_INPUTS],
  ["Clair, and limits:", { ...CLAIR_INPUTS, ...LIMIT_INPUTS }],
  ["Regression test:", TEST_INPUTS],
  ["Update:", UPDATE_INPUTS],
  ["Reports:", { ...FOLDER_INPUTS, ...PUBLISH_INPUTS, ...TELL_INPUTS }]
];
var INPUTS = GROUPS.flatMap(
  ([group, rows]) => Object.entries(rows).map(([name, row]) => ({ name, group, ...row }))
);

// src/io/process/terminal.ts
function terminal(stdout = process.stdout, stderr = process.stderr, env = process.env) {
  const lively = stderr.isTTY && !env.CI && env.TERM !== "dumb";
  const clear = "\r\x1B[2K";
  return {
    colour: wantsColour(Boolean(stdout.isTTY), env),
    width: stdout.columns ?? 100,
    /** A pipe or a file has no edge at which a line would have to be cut. */
    cuts: Boolean(stdout.isTTY),
    /** One line that says what is being waited for; in a pipe, plain lines. */
    progress: (text) => void stderr.write(lively ? `${clear}${text} \u2026` : `${text}
`),
    warn: (text) => void stderr.write(`${lively ? clear : ""}warning: ${text}
`),
    done: () => {
      if (lively) {
        stderr.write(clear);
      }
    }
  };
}
function wantsColour(isTerminal, env) {
  if (env.NO_COLOR) {
    return false;
  }
  const forced = env.FORCE_COLOR || env.CLICOLOR_FORCE;
  if (forced) {
    return forced !== "0" && forced !== "false";
  }
  return isTerminal && env.CLICOLOR !== "0" && env.TERM !== "dumb";
}

// src/cli/dictionary.ts
import { createInterface } from "node:readline/promises";

// src/gate/record-dictionary.ts
import { dirname, join } from "node:path";

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
  const left = blocking.map((one) => `${one.id} is left as it is: ${becauseText(one)}`);
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
    what: `the recorded dictionary does not expect what was found: ${unfit.map(({ id }) => id).join(", ")}`,
    where: file,
    todo: "report it with the file and the evidence"
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
  const hasSchema = isThere(join(dirname(file), DICTIONARY_SCHEMA));
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
    what: `platform: ${count} platforms were asked for, and what one of them gives is recorded`,
    where: "inputs",
    todo: "name one with --platform"
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
      what: "the file was changed meanwhile; it is left as it is",
      where: file,
      todo: "run it again"
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
Prints the change as a diff. On a terminal it asks before it writes; in a script it writes only with --yes: what is
expected of images is a policy, and no job should loosen it by itself.
A new file extends the built-in dictionary and says only what differs. What is worse than that one expects gets an empty
owner and reason and a last day: the gate refuses the file until people have filled them in.
Exit: 0 the file is as recorded and the gate is content with it, 1 it is not (nothing was written, owners and reasons are
to be filled in, or something is left to people), 2 could not judge.`;
function addDictionary(program2, help, faults) {
  const record = program2.command("dictionary").description("the results that are expected of Docker Bench").command("record").description("expect what an image gives today: writes the dictionary, for review").argument("<image>", "a reference in the Docker engine, or an archive").option("--yes", "write without asking").option("--dry-run", "only print the change").addHelpText("after", HELP).action(async (image, flags) => {
    process.exitCode = await recordOne(image, flags, withDefaults(help.givenBy(flags)), faults);
  });
  for (const input of INPUTS) {
    if (FLAGS.has(input.name)) {
      record.addOption(help.optionOf(input));
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
      process.stdout.write(`written: ${escapeTerminal(recording.file)}; review it before you commit it
`);
      return done;
    }
    process.stdout.write("nothing was written; --yes writes it\n");
    return 1;
  } finally {
    screen.done();
  }
}
function shown({ file, before, after, changes, left, accepted, notes }, colour) {
  const diff = renderDiff(file, before, after, colour);
  const told = [...changes, ...left, ...accepted, ...notes].map((line2) => `${escapeTerminal(line2)}
`).join("");
  const count = before === null ? "a new file, which extends the built-in dictionary" : `${escapeTerminal(file)}`;
  const more = [
    plural(changes.length, "change"),
    ...left.length > 0 ? [`${left.length} left to people`] : [],
    ...accepted.length > 0 ? [`${accepted.length} to be filled in`] : []
  ];
  return `${diff}${diff === "" ? "" : "\n"}${told}
${count}: ${more.join(", ")}
`;
}
async function agreed(file, signal) {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    return false;
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test(
      (await lines.question(`Write ${escapeTerminal(file)}? [y/N] `, { signal })).trim()
    );
  } finally {
    lines.close();
  }
}

// src/feeds/carry.ts
import { createHash as createHash3 } from "node:crypto";
import { createReadStream as createReadStream2 } from "node:fs";
import { chmod, copyFile, readdir, readFile as readFile2, stat, utimes } from "node:fs/promises";
import { basename, join as join3 } from "node:path";

// src/osv/ecosystem.ts
var ECOSYSTEMS = ["PyPI", "Maven", "RubyGems", "Go", "npm", "Packagist"];
function ecosystemOf(text) {
  const [bare] = text.split(":", 1);
  return ECOSYSTEMS.find((one) => one === bare) ?? null;
}
function nameKey(ecosystem, name) {
  switch (ecosystem) {
    case "PyPI":
      return name.replace(/[-_.]+/g, "-").toLowerCase();
    case "npm":
    case "Packagist":
      return name.toLowerCase();
    default:
      return name;
  }
}
function namesPackage(ecosystem, inRecord, name) {
  if (ecosystem === "npm") {
    return inRecord === name || inRecord.toLowerCase() === name;
  }
  return nameKey(ecosystem, inRecord) === nameKey(ecosystem, name);
}

// src/feeds/osv/kept.ts
import { createHash as createHash2, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { open as open2, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as join2 } from "node:path";

// src/feeds/osv/part.ts
import { createHash, hash as hashOnce } from "node:crypto";
import { readSync } from "node:fs";
import { open } from "node:fs/promises";

// src/osv/record.ts
var EVENTS = ["introduced", "fixed", "last_affected", "limit"];
var SUMMARY_LENGTH = 300;
var ID = /^[A-Za-z0-9][\w.:-]{0,99}$/;
function readRecord(value, ecosystem) {
  const record = objectOf(value);
  if (record === null) {
    return { fault: "it is not an object" };
  }
  const { id, modified, withdrawn } = record;
  if (typeof id !== "string" || !ID.test(id)) {
    return { fault: "it has no id" };
  }
  if (typeof modified !== "string" || !/^\d{4}-\d\d-\d\dT/.test(modified) || Number.isNaN(Date.parse(modified))) {
    return { fault: "it has no date: modified is missing" };
  }
  if (withdrawn !== void 0 && withdrawn !== null && withdrawn !== "") {
    return "withdrawn";
  }
  const list = record.affected ?? [];
  if (!Array.isArray(list)) {
    return { fault: "affected is not a list" };
  }
  const entries = list.map(objectOf);
  const here = entries.filter((entry) => isOf(ecosystem, entry));
  const affected = here.map(readAffected);
  if (entries.includes(null) || affected.includes(null)) {
    return { fault: "an entry of affected is not what the schema asks for" };
  }
  return {
    id,
    aliases: textsIn(record.aliases).filter((alias) => ID.test(alias)),
    modified,
    summary: typeof record.summary === "string" ? record.summary.slice(0, SUMMARY_LENGTH) : "",
    vectors: [record, ...here].flatMap((one) => vectorsIn(one?.severity)),
    word: wordIn(record.database_specific),
    affected
  };
}
function ecosystemIn(entry) {
  const name = objectOf(entry?.package)?.ecosystem;
  return typeof name === "string" ? ecosystemOf(name) : null;
}
function isOf(ecosystem, entry) {
  return ecosystemIn(entry) === ecosystem;
}
function readAffected(entry) {
  const name = objectOf(entry?.package)?.name;
  const { ranges = [], versions = [] } = entry ?? {};
  if (typeof name !== "string" || name === "" || !Array.isArray(ranges ?? []) || !isTexts(versions ?? [])) {
    return null;
  }
  return {
    name,
    ranges: rangesIn(ranges),
    custom: rangesIn(objectOf(entry?.ecosystem_specific)?.custom_ranges),
    versions: textsIn(versions)
  };
}
function rangesIn(value) {
  const list = Array.isArray(value) ? value : [];
  return list.map(objectOf).flatMap((range) => range?.type === "GIT" ? [] : [eventsIn(range)]);
}
function eventsIn(range) {
  const isKnown = range?.type === "SEMVER" || range?.type === "ECOSYSTEM";
  if (!isKnown || !Array.isArray(range.events)) {
    return null;
  }
  const events = [];
  for (const event of range.events.map(objectOf)) {
    for (const [kind, version] of Object.entries(event ?? { "": null })) {
      const known = EVENTS.find((one) => one === kind);
      if (known === void 0 || typeof version !== "string") {
        return null;
      }
      events.push([known, version]);
    }
  }
  return events;
}
function vectorsIn(value) {
  const list = Array.isArray(value) ? value : [];
  return list.map(objectOf).flatMap((one) => typeof one?.score === "string" ? [one.score.slice(0, 300)] : []);
}
function wordIn(value) {
  const word = objectOf(value)?.severity;
  return typeof word === "string" ? word.slice(0, 20) : "";
}
function packRecord({ id, aliases, modified, summary, vectors, word, affected }) {
  const entries = affected.map(({ name, ranges, custom, versions }) => [name, ranges, custom, versions]);
  return JSON.stringify([id, aliases, modified, summary, vectors, word, entries]);
}
function unpackRecord(line2) {
  const [id, aliases, modified, summary, vectors, word, entries] = JSON.parse(line2);
  const affected = entries.map(([name, ranges, custom, versions]) => ({ name, ranges, custom, versions }));
  return { id, aliases, modified, summary, vectors, word, affected };
}
function objectOf(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
}
function isTexts(value) {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
function textsIn(value) {
  return isTexts(value) ? value : [];
}

// src/feeds/osv/part.ts
var PART_FORMAT = "seaworthy-osv-1";
var ABOUT = object({
  format: literal(PART_FORMAT),
  ecosystem: _enum(ECOSYSTEMS),
  /** Advisories that it was made from, with those that were withdrawn. */
  rows: int().min(1),
  withdrawn: int().min(0),
  /** `modified` of the newest record, RFC 3339 UTC. */
  newest: string(),
  /** Of the index: where it begins, and how many names it has; a name counts once for each of its records. */
  indexAt: int().min(1),
  names: int().min(0)
});
var ROW = 20;
var CHUNK = 2 ** 18;
function writePart(file, ecosystem) {
  const hash = createHash("sha256");
  let lines = [`${PART_FORMAT}
`];
  let [held, at] = [lines[0]?.length ?? 0, lines[0]?.length ?? 0];
  let [index, used2] = [Buffer.alloc(ROW * 1024), 0];
  const write = async (bytes) => {
    hash.update(bytes);
    for (let done = 0; done < bytes.length; ) {
      done += (await file.write(bytes, done)).bytesWritten;
    }
  };
  const flush = async () => {
    const bytes = Buffer.from(lines.join(""), "utf8");
    lines = [];
    held = 0;
    await write(bytes);
  };
  return {
    add: async (record) => {
      const line2 = `${packRecord(record)}
`;
      const length = Buffer.byteLength(line2);
      for (const key of new Set(record.affected.map(({ name }) => nameKey(ecosystem, name)))) {
        if (used2 + ROW > index.length) {
          index = Buffer.concat([index], index.length * 2);
        }
        hashOf(key).copy(index, used2);
        index.writeDoubleBE(at, used2 + 8);
        index.writeUInt32BE(length - 1, used2 + 16);
        used2 += ROW;
      }
      lines.push(line2);
      at += length;
      held += length;
      if (held > CHUNK) {
        await flush();
      }
    },
    finish: async (about) => {
      await flush();
      const rows = Array.from({ length: used2 / ROW }, (_, row) => row * ROW);
      rows.sort((a, b) => index.compare(index, b, b + ROW, a, a + ROW));
      await write(Buffer.concat(rows.map((row) => index.subarray(row, row + ROW))));
      const whole = { format: PART_FORMAT, ...about, indexAt: at, names: used2 / ROW };
      const text = Buffer.from(JSON.stringify(whole), "utf8");
      const length = Buffer.alloc(4);
      length.writeUInt32BE(text.length);
      await write(Buffer.concat([text, length]));
      return hash.digest("hex");
    }
  };
}
async function openPart(path2, ecosystem) {
  const file = await open(path2);
  const part = await readPart(file, ecosystem).catch(() => null);
  if (part === null) {
    await file.close();
  }
  return part;
}
async function readPart(file, ecosystem) {
  const { size } = await file.stat();
  const length = readExactly(file, size - 4, 4).readUInt32BE(0);
  const text = readExactly(file, size - 4 - length, length).toString("utf8");
  const about = ABOUT.parse(JSON.parse(text));
  const isWhole = about.indexAt + about.names * ROW + length + 4 === size;
  if (!isWhole || about.ecosystem !== ecosystem) {
    return null;
  }
  const index = readExactly(file, about.indexAt, about.names * ROW);
  const recordsOf = (name) => {
    const key = hashOf(nameKey(ecosystem, name));
    const found = [];
    for (let row = firstRow(index, key); row < about.names; row++) {
      const at = row * ROW;
      if (index.compare(key, 0, key.length, at, at + key.length) !== 0) {
        break;
      }
      const line2 = readExactly(file, index.readDoubleBE(at + 8), index.readUInt32BE(at + 16));
      const record = unpackRecord(line2.toString("utf8"));
      if (record.affected.some((entry) => namesPackage(ecosystem, entry.name, name))) {
        found.push(record);
      }
    }
    return found;
  };
  return {
    about,
    lookUp: (names) => new Map([...new Set(names)].map((name) => [name, recordsOf(name)])),
    close: () => file.close()
  };
}
function firstRow(index, key) {
  let [low, high] = [0, index.length / ROW];
  while (low < high) {
    const middle = low + high >>> 1;
    const at = middle * ROW;
    if (index.compare(key, 0, key.length, at, at + key.length) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
function hashOf(key) {
  return hashOnce("sha256", key, "buffer").subarray(0, 8);
}
function readExactly(file, at, length) {
  const buffer = Buffer.alloc(Math.max(0, length));
  for (let done = 0; done < length; ) {
    const read2 = readSync(file.fd, buffer, done, length - done, at + done);
    if (read2 === 0) {
      throw new Error("the file ends before its index says");
    }
    done += read2;
  }
  return buffer;
}

// src/feeds/osv/kept.ts
var META = object({
  /** SHA-256 of the part. */
  part: string(),
  /** Of where it came from, without credentials. */
  url: string(),
  /** When the source was last known to say this, ISO 8601 UTC. */
  fetchedAt: string(),
  /** SHA-256 of what the source sent. */
  sha256: string(),
  etag: string().nullable(),
  lastModified: string().nullable()
});
function osvPaths(cacheDir, ecosystem, source) {
  const name = `osv-${ecosystem}-${shortHash(source)}`;
  return {
    part: join2(folderOf(cacheDir), `${name}.part`),
    meta: join2(folderOf(cacheDir), `${name}.meta.json`)
  };
}
async function readOsvMeta(cacheDir, ecosystem, source) {
  if (cacheDir === null) {
    return null;
  }
  const paths = osvPaths(cacheDir, ecosystem, source);
  const ours = [folderOf(cacheDir), paths.part, paths.meta].every((path2) => isOnlyOurs(path2));
  return ours ? metaIn(paths.meta) : null;
}
async function openKept(cacheDir, ecosystem, source) {
  const meta = await readOsvMeta(cacheDir, ecosystem, source);
  const path2 = cacheDir === null ? "" : osvPaths(cacheDir, ecosystem, source).part;
  return meta === null ? null : openProven(path2, meta, ecosystem);
}
async function openKeptAt(part, about, ecosystem) {
  const meta = await metaIn(about);
  return meta === null ? null : openProven(part, meta, ecosystem);
}
async function openProven(path2, meta, ecosystem) {
  const isThat = await hashOf2(path2) === meta.part;
  const part = isThat ? await openPart(path2, ecosystem) : null;
  return part === null ? null : { part, meta };
}
async function metaIn(path2) {
  try {
    return META.parse(JSON.parse(await readFile(path2, "utf8")));
  } catch {
    return null;
  }
}
async function hashOf2(path2) {
  const hash = createHash2("sha256");
  try {
    for await (const chunk of createReadStream(path2, { highWaterMark: 2 ** 20 })) {
      hash.update(chunk);
    }
    return hash.digest("hex");
  } catch {
    return null;
  }
}
async function keepMeta(cacheDir, ecosystem, source, meta) {
  const path2 = osvPaths(cacheDir, ecosystem, source).meta;
  const temporary = `${path2}.${randomUUID()}`;
  await writeFile(temporary, JSON.stringify(meta), { mode: 384 }).then(() => rename(temporary, path2)).catch(() => rm(temporary, { force: true }));
}
async function makeWorkFile(cacheDir) {
  const folder = cacheDir === null ? tmpdir() : folderOf(cacheDir);
  if (cacheDir !== null) {
    await makeKeptFolder(folder);
  }
  const path2 = join2(folder, `.osv-${randomUUID()}`);
  return { path: path2, file: await open2(path2, "wx+", 384) };
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
  const damaged = all.filter(({ whole }) => !whole).map(({ files }) => basename(files[0]));
  if (damaged.length > 0 || all.length === 0) {
    throw new SeaworthyError({
      code: "feeds-damaged",
      what: all.length === 0 ? "there are no feeds" : `not what was put there: ${damaged.join(", ")}`,
      where: from
    });
  }
  await makeKeptFolder(folderOf(to));
  for (const { files } of all) {
    for (const file of files) {
      await copyFile(join3(from, file), join3(to, file));
      await chmod(join3(to, file), 384);
      const { atime, mtime } = await stat(join3(from, file));
      await utimes(join3(to, file), atime, mtime);
    }
  }
  return all;
}
async function tableIn(cacheDir, name) {
  const feed = FEEDS.find((one) => name.startsWith(`${one}-`));
  if (!feed) {
    return null;
  }
  const files = [join3("feeds", name), join3("feeds", name.replace(/\.json\.gz$/, ".meta.json"))];
  const kept = await readKeptAt(join3(cacheDir, files[0]), join3(cacheDir, files[1]), feed);
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
  const files = [join3("feeds", name), join3("feeds", name.replace(/\.part$/, ".meta.json"))];
  const about = { name: `osv-${ecosystem}`, files };
  const kept = await openKeptAt(join3(cacheDir, files[0]), join3(cacheDir, files[1]), ecosystem);
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
    const known = JSON.parse(await readFile2(join3(cacheDir, files[1]), "utf8"));
    const hash = createHash3("sha256");
    for await (const chunk of createReadStream2(join3(cacheDir, name))) {
      hash.update(chunk);
    }
    if (hash.digest("hex") !== known.sha256) {
      return { ...about, ...DAMAGED };
    }
    const time = Date.parse(String(known.lastModified));
    const date = Number.isNaN(time) ? null : new Date(time).toISOString();
    return { ...about, whole: true, date, fetchedAt: null, rows: null, url: null };
  } catch {
    return { ...about, ...DAMAGED };
  }
}
var DAMAGED = { whole: false, date: null, fetchedAt: null, rows: null, url: null };
function namesIn(folder) {
  return readdir(folder).then(
    (names) => names.sort(),
    () => []
  );
}

// src/feeds/osv/get.ts
import { createHash as createHash4 } from "node:crypto";
import { rename as rename2, rm as rm2 } from "node:fs/promises";
import { join as join4 } from "node:path";

// src/io/files/zip.ts
import { crc32, inflateRawSync } from "node:zlib";
function zipFault(code, what) {
  return Object.assign(new Error(what), { code });
}
var [LOCAL, CENTRAL, END, END64, LOCATOR64] = [67324752, 33639248, 101010256, 101075792, 117853008];
var FULL32 = 4294967295;
var WINDOW = 2 ** 20;
async function readZip(file, limits, onEntry) {
  const { size } = await file.stat();
  const { entries, start, end } = await directoryOf(file, size);
  if (entries > limits.entries) {
    throw zipFault("zip-large", `it has ${entries} entries`);
  }
  const [directory, data] = [windowOn(file, end), windowOn(file, start)];
  let [at, count, all] = [start, 0, 0];
  for (let index = 0; index < entries; index++) {
    const head = await directory(at, 46);
    if (head.readUInt32LE(0) !== CENTRAL) {
      throw zipFault("zip-bad", "its directory is damaged");
    }
    const [nameLength, extraLength] = [head.readUInt16LE(28), head.readUInt16LE(30)];
    const about = entryOf(head, await directory(at + 46, nameLength + extraLength), nameLength);
    at += 46 + nameLength + extraLength + head.readUInt16LE(32);
    if (about.name.endsWith("/")) {
      continue;
    }
    all += Math.max(about.unpacked, about.packed);
    const bytes = Math.max(about.unpacked, about.packed);
    if (bytes > limits.entryBytes || all > limits.allBytes) {
      throw zipFault("zip-large", `${about.name.slice(0, 100)} has ${bytes} bytes, with all before ${all}`);
    }
    await onEntry(about.name, await contentOf(about, data));
    count += 1;
  }
  return count;
}
function windowOn(file, end) {
  let [from, held] = [0, Buffer.alloc(0)];
  return async (at, length) => {
    if (at < 0 || at + length > end) {
      throw zipFault("zip-bad", "it points beyond its own data");
    }
    if (at < from || at + length > from + held.length) {
      const isNext = at >= from && at <= from + held.length + WINDOW;
      held = await readAt(file, at, Math.min(Math.max(length, isNext ? WINDOW : 4096), end - at));
      from = at;
    }
    return held.subarray(at - from, at - from + length);
  };
}
async function readAt(file, at, length) {
  const buffer = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(buffer, done, length - done, at + done);
    if (bytesRead === 0) {
      throw zipFault("zip-cut", "it was cut while it was read");
    }
    done += bytesRead;
  }
  return buffer;
}
async function directoryOf(file, size) {
  const tail = await readAt(file, Math.max(0, size - 65557), Math.min(size, 65557));
  let at = tail.length - 22;
  while (at >= 0 && !(tail.readUInt32LE(at) === END && tail.readUInt16LE(at + 20) === tail.length - at - 22)) {
    at -= 1;
  }
  if (at < 0) {
    throw zipFault("zip-cut", "the end of a zip is missing");
  }
  const [entries, bytes, start] = [
    tail.readUInt16LE(at + 10),
    tail.readUInt32LE(at + 12),
    tail.readUInt32LE(at + 16)
  ];
  const endRecord = size - tail.length + at;
  const is64 = entries === 65535 || bytes === FULL32 || start === FULL32;
  return is64 ? directory64(file, endRecord) : proven({ entries, start, end: start + bytes }, endRecord);
}
async function directory64(file, endRecord) {
  const window = windowOn(file, endRecord);
  const locator = await window(endRecord - 20, 20);
  const place = Number(locator.readBigUInt64LE(8));
  const record = locator.readUInt32LE(0) === LOCATOR64 ? await window(place, 56) : null;
  if (record?.readUInt32LE(0) !== END64) {
    throw zipFault("zip-bad", "its 64 bit directory is damaged");
  }
  const [entries = 0, bytes = 0, start = 0] = [32, 40, 48].map((at) => Number(record.readBigUInt64LE(at)));
  return proven({ entries, start, end: start + bytes }, place);
}
function proven(directory, next) {
  if (directory.end !== next) {
    throw zipFault("zip-bad", "its directory is not where its end says");
  }
  return directory;
}
function entryOf(head, rest, nameLength) {
  const [method, flags] = [head.readUInt16LE(10), head.readUInt16LE(8)];
  const name = rest.toString("utf8", 0, nameLength);
  if ((flags & 1) !== 0 || method !== 0 && method !== 8) {
    throw zipFault("zip-bad", `${name.slice(0, 100)} is packed in a way that is not read`);
  }
  const small = [head.readUInt32LE(24), head.readUInt32LE(20), head.readUInt32LE(42)];
  const [unpacked = 0, packed = 0, offset = 0] = small.includes(FULL32) ? large(small, rest.subarray(nameLength)) : small;
  return { name, method, crc: head.readUInt32LE(16), packed, unpacked, offset };
}
function large(small, extra) {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 1) {
      let next = at + 4;
      return small.map((value) => {
        next += value === FULL32 ? 8 : 0;
        return value === FULL32 && next <= extra.length ? Number(extra.readBigUInt64LE(next - 8)) : value;
      });
    }
  }
  return small;
}
async function contentOf({ name, method, crc, packed, unpacked, offset }, data) {
  const local = await data(offset, 30);
  const begin = offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const isLocal = local.readUInt32LE(0) === LOCAL;
  const bytes = await data(begin, packed);
  const content = isLocal ? unpack(bytes, method, unpacked) : null;
  if (content === null || content.length !== unpacked || crc32(content) !== crc) {
    throw zipFault("zip-bad", `${name.slice(0, 100)} is damaged`);
  }
  return content;
}
function unpack(bytes, method, unpacked) {
  if (method === 0) {
    return bytes;
  }
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(unpacked, 1) });
  } catch {
    return null;
  }
}

// src/feeds/osv/convert.ts
var LIMITS = { entries: 4e6, entryBytes: 32 * 2 ** 20, allBytes: 16 * 2 ** 30 };
var DAY_MS = 864e5;
async function convert(zip, to, ecosystem, known, now) {
  const part = writePart(to, ecosystem);
  const found = /* @__PURE__ */ new Set();
  const tomorrow = new Date(now.getTime() + DAY_MS).toISOString();
  let [rows, withdrawn, foreign, newest] = [0, 0, 0, ""];
  await readZip(zip, LIMITS, async (name, bytes) => {
    const record = readRecord(parsed(name, bytes), ecosystem);
    if (record !== "withdrawn" && "fault" in record) {
      throw malformed("osv", `${entryName(name)} is not an advisory: ${record.fault}`);
    }
    rows += 1;
    if (record === "withdrawn") {
      withdrawn += 1;
      return;
    }
    if (record.affected.length === 0) {
      foreign += 1;
      return;
    }
    if (known.includes(record.id)) {
      found.add(record.id);
    }
    if (record.modified > newest && record.modified <= tomorrow) {
      newest = record.modified;
    }
    await part.add(record);
  });
  if (rows === 0) {
    throw feedFault("feed-empty", "osv", `${ecosystem}: it holds no advisory at all`);
  }
  if (foreign * 2 > rows) {
    throw malformed("osv", `${foreign} of ${rows} advisories are about other ecosystems than ${ecosystem}`);
  }
  if (newest === "") {
    throw feedFault("feed-empty", "osv", `${ecosystem}: all ${rows} advisories were withdrawn`);
  }
  const sha256 = await part.finish({ ecosystem, rows, withdrawn, newest });
  return { rows, newest, known: found, sha256 };
}
function parsed(name, bytes) {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw malformed("osv", `${entryName(name)} is not JSON`);
  }
}
function entryName(name) {
  return JSON.stringify(name.slice(0, 100));
}

// src/feeds/osv/least.ts
var LEAST = {
  // begin of what the script writes
  PyPI: { seen: 24491, from: "agent-bom issue 4894, 2026-08", known: ["PYSEC-2021-142", "PYSEC-2018-28"] },
  Maven: {
    seen: null,
    from: "no count was available",
    known: ["GHSA-jfh8-c2jp-5v3q", "GHSA-36p3-wjmg-h94x"]
  },
  RubyGems: {
    seen: null,
    from: "no count was available",
    known: ["GHSA-hxqx-xwvh-44m2", "GHSA-xh29-r2w5-wx8m"]
  },
  Go: { seen: 4291, from: "golang/vulndb alone, 2026-08-21", known: ["GO-2022-1059", "GO-2021-0052"] },
  npm: {
    seen: 214057,
    from: "osv.dev issue 4343, 2025-11",
    known: ["GHSA-35jh-r3h4-6jhm", "GHSA-jf85-cpcp-j695"]
  },
  Packagist: {
    seen: null,
    from: "no count was available",
    known: ["GHSA-5f37-gxvh-23v6", "GHSA-h7vf-5wrv-9fhv"]
  }
  // end of what the script writes
};

// src/feeds/osv/get.ts
var OSV_BUCKET = "https://osv-vulnerabilities.storage.googleapis.com/";
var HOUR_MS = 36e5;
var MAX_KEPT_HOURS = 48;
var MAX_BYTES = 2 ** 30;
var TIMEOUT_MS = 3e5;
function addressOf({ base, form }, ecosystem) {
  const path2 = form === "bucket" ? `${ecosystem}/all.zip` : `osv-${ecosystem}.part.gz`;
  return isUrl(base) ? new URL(path2, base.endsWith("/") ? base : `${base}/`).href : join4(base, path2);
}
async function keptOsv(ecosystem, address, options, why) {
  const source = addressOf(address, ecosystem);
  const kept = isUrl(source) ? await openKept(options.cacheDir, ecosystem, source) : null;
  if (kept === null) {
    return null;
  }
  const { fetchedAt } = kept.meta;
  const hours = (options.now.getTime() - Date.parse(fetchedAt)) / HOUR_MS;
  if (!options.offline && !(hours <= MAX_KEPT_HOURS)) {
    await kept.part.close();
    return null;
  }
  const words = why ?? `offline, read ${fetchedAt.slice(0, 10)}`;
  return { ...await used(ecosystem, address, kept, options), state: "kept", why: words };
}
async function getOsv(ecosystem, address, options) {
  const source = addressOf(address, ecosystem);
  const where = redactUrl(source);
  if (options.offline && isUrl(source)) {
    return await keptOsv(ecosystem, address, options, null) ?? notKept(where, options);
  }
  try {
    const work = () => read(ecosystem, address, source, options);
    const got = await work().catch((error) => {
      if (!(error instanceof SeaworthyError) || error.problem.code !== "http-cut") {
        throw error;
      }
      return work();
    });
    return { ...await used(ecosystem, address, got, options), state: "read", why: "" };
  } catch (error) {
    options.signal?.throwIfAborted();
    throw explained("osv", zipWords(error), where);
  }
}
function notKept(where, { cacheDir }) {
  if (cacheDir === null) {
    throw notTrusted("OSV", where);
  }
  throw feedFault("feed-not-kept", "osv", "offline, and nothing of it is in the cache", where);
}
async function read(ecosystem, address, source, options) {
  const keepIn = isUrl(source) ? options.cacheDir : null;
  const known = await readOsvMeta(keepIn, ecosystem, source);
  const before = known === null ? null : await openKept(keepIn, ecosystem, source);
  try {
    const conditions = before === null ? {} : conditionsOf(before.meta);
    const opened = await openDocument("osv", source, { timeoutMs: TIMEOUT_MS, ...options }, conditions);
    const fetchedAt = options.now.toISOString();
    if (opened === "unchanged" && before !== null && keepIn !== null) {
      const meta2 = { ...before.meta, fetchedAt };
      await keepMeta(keepIn, ecosystem, source, meta2);
      return { part: before.part, meta: meta2 };
    }
    if (opened === "unchanged") {
      throw new Error("unchanged, and nothing was there");
    }
    const got = await take(ecosystem, address, keepIn, source, opened.body, options.now);
    const rows = before?.part.about.rows ?? 0;
    if (got.part.about.rows * 3 < rows * 2) {
      await got.part.close();
      await got.drop();
      throw feedFault(
        "feed-shrunk",
        "osv",
        `${ecosystem}: it has ${got.part.about.rows} advisories, and had ${rows} before`
      );
    }
    const { etag, lastModified } = opened;
    const meta = { part: got.sha256, url: redactUrl(source), fetchedAt, sha256: got.sent, etag, lastModified };
    await got.keep();
    if (keepIn !== null) {
      await keepMeta(keepIn, ecosystem, source, meta);
    }
    await before?.part.close();
    return { part: got.part, meta };
  } catch (error) {
    await before?.part.close();
    throw error;
  }
}
async function take(ecosystem, { base, form }, keepIn, source, body, now) {
  const sent = await makeWorkFile(keepIn);
  const made = await makeWorkFile(keepIn);
  try {
    if (form === "bucket") {
      await rm2(sent.path);
    }
    const hash = await spoolTo(sent.file, body);
    const found = form === "bucket" ? await convert(sent.file, made.file, ecosystem, LEAST[ecosystem].known, now) : null;
    const path2 = found === null ? sent.path : made.path;
    const part = await openPart(path2, ecosystem);
    if (part === null) {
      throw malformed("osv", `it is no part ${PART_FORMAT} of ${ecosystem}`);
    }
    try {
      requireLeast(ecosystem, form === "parts" || isBucket(base), part, found);
    } catch (error) {
      await part.close();
      throw error;
    }
    const sha256 = found?.sha256 ?? hash;
    const keep = async () => {
      if (keepIn !== null) {
        await rename2(path2, osvPaths(keepIn, ecosystem, source).part).catch(() => void 0);
      }
      await rm2(path2, { force: true });
    };
    return { part, sha256, sent: hash, keep, drop: () => rm2(path2, { force: true }) };
  } catch (error) {
    await rm2(made.path, { force: true });
    await rm2(sent.path, { force: true });
    throw error;
  } finally {
    await rm2(form === "bucket" ? sent.path : made.path, { force: true });
    await sent.file.close();
    await made.file.close();
  }
}
async function spoolTo(file, body) {
  const hash = createHash4("sha256");
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) {
      throw feedFault("feed-too-large", "osv", `it is larger than ${MAX_BYTES / 2 ** 20} MiB`);
    }
    hash.update(chunk);
    for (let done = 0; done < chunk.length; ) {
      done += (await file.write(chunk, done)).bytesWritten;
    }
  }
  return hash.digest("hex");
}
function requireLeast(ecosystem, isPublic, part, found) {
  const { seen, known } = LEAST[ecosystem];
  if (!isPublic) {
    return;
  }
  if (seen !== null && part.about.rows * 2 < seen) {
    throw feedFault(
      "feed-shrunk",
      "osv",
      `${ecosystem}: it has ${part.about.rows} advisories; ${seen} were there once`
    );
  }
  const missing2 = found === null ? [] : known.filter((id) => !found.known.has(id));
  if (missing2.length > 0) {
    throw malformed("osv", `${ecosystem}: ${missing2.join(", ")} is missing`);
  }
}
async function used(ecosystem, address, { part, meta }, { now, maxDays }) {
  const { newest, rows } = part.about;
  if (now.getTime() - Date.parse(newest) > maxDays * 24 * HOUR_MS) {
    await part.close();
    const what = `${ecosystem}: its newest advisory is of ${newest.slice(0, 10)}, more than ${maxDays} days old`;
    throw feedFault("feed-stale", "osv", what, redactUrl(addressOf(address, ecosystem)));
  }
  const { url, fetchedAt, sha256 } = meta;
  return { part, source: { name: `osv-${ecosystem}`, url, fetchedAt, date: newest, sha256, rows } };
}
function conditionsOf({ etag, lastModified }) {
  return {
    ...etag === null ? {} : { "if-none-match": etag },
    ...lastModified === null ? {} : { "if-modified-since": lastModified }
  };
}
function zipWords(error) {
  const code = String(Reflect.get(Object(error), "code") ?? "");
  const what = String(Reflect.get(Object(error), "message") ?? "");
  if (code === "zip-cut") {
    return feedFault("feed-truncated", "osv", `it came incomplete, or is not a zip: ${what}`);
  }
  return code === "zip-large" ? feedFault("feed-too-large", "osv", what) : code === "zip-bad" ? malformed("osv", `it cannot be unpacked: ${what}`) : error;
}
function isBucket(base) {
  return base.replace(/\/+$/, "") === OSV_BUCKET.replace(/\/+$/, "");
}

// src/feeds/osv/look-up.ts
async function openOsv(ecosystem, addresses, options) {
  const faults = [];
  for (const [at, address] of addresses.entries()) {
    try {
      const isLast = at === addresses.length - 1;
      const got = await getOsv(ecosystem, address, isLast ? options : hurried(options));
      return faults.length === 0 ? got : instead(got, "read from another address", faults);
    } catch (error) {
      options.signal?.throwIfAborted();
      faults.push(error);
    }
  }
  for (const [at, address] of options.offline ? [] : addresses.entries()) {
    const why = problemOf(faults[at], "osv").what;
    const copy = await keptOsv(ecosystem, address, options, why).catch(() => null);
    if (copy !== null) {
      return instead(copy, `a copy that was read ${copy.source.fetchedAt?.slice(0, 16)}Z`, faults);
    }
  }
  throw together(faults);
}
function instead(got, what, faults) {
  return { ...got, source: { ...got.source, instead: insteadWords(what, faults) } };
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
        ...isKept ? [] : ["read from a file, which is not kept"],
        ...source?.instead === void 0 ? [] : [escapeTerminal(source.instead, 1e3)]
      ];
      around.say(`${title}: ${facts.join(", ")}
`);
    } catch (error) {
      around.signal.throwIfAborted();
      whole = false;
      around.say(renderProblem(problemOf(error, title)));
    }
  }
  tellPlace(given, around);
  return whole;
}
var OSV_DAYS = 30;
async function fetchOsv(address, given, around) {
  const addresses = [{ base: address === "bucket" ? OSV_BUCKET : address, form: "bucket" }];
  let whole = true;
  for (const ecosystem of ECOSYSTEMS) {
    around.progress(`fetching OSV's advisories of ${ecosystem}`);
    try {
      const opened = await openOsv(ecosystem, addresses, { ...optionsOf(given, around), maxDays: OSV_DAYS });
      await opened.part.close();
      const { rows, date, url, instead: instead2 } = opened.source;
      const facts = [
        `newest of ${date?.slice(0, 10) ?? "unknown date"}`,
        `${rows ?? "?"} advisories`,
        .../^https?:/i.test(url) ? [] : ["read from a folder, which is not kept"],
        ...instead2 === void 0 ? [] : [escapeTerminal(instead2, 1e3)]
      ];
      around.say(`OSV ${ecosystem}: ${facts.join(", ")}
`);
    } catch (error) {
      around.signal.throwIfAborted();
      whole = false;
      around.say(renderProblem(problemOf(error, `osv-${ecosystem}`)));
    }
  }
  tellPlace(given, around);
  return whole;
}
async function writeMap(file, given, around) {
  const cvss = given("cvss").trim();
  if (!cvss.endsWith("/")) {
    const gathered = gatherFaults();
    gathered.told.push("cvss: the address of a folder of the NVD\u2019s feeds is needed, with a slash at its end");
    gathered.throwAny();
  }
  const { table } = await readYears(cvss, optionsOf(given, around));
  await writeTable(file, table);
  around.say(`${file}: ${table.rows} CVEs, ${table.date?.slice(0, 10) ?? "unknown date"}
`);
  return true;
}
async function exportFeeds(folder, given, { say }) {
  for (const one of await carry(cacheDirOf(given), folder)) {
    say(line(one));
  }
  return true;
}
async function importFeeds(folder, given, around) {
  for (const one of await carry(folder, cacheDirOf(given))) {
    around.say(line(one));
  }
  tellPlace(given, around);
  return true;
}
async function tellFeeds(given, around) {
  const { say } = around;
  const all = await listKept(cacheDirOf(given));
  for (const one of all) {
    say(line(one));
  }
  if (all.length === 0) {
    const todo = "run seaworthy feeds fetch, or seaworthy feeds import with what another machine has exported";
    say(
      renderProblem({
        code: "feed-not-kept",
        what: "the cache has no feeds",
        where: cacheDirOf(given),
        todo
      })
    );
  }
  const counts = all.length === 0 || tellPlace(given, around);
  return counts && all.length > 0 && all.every(({ whole }) => whole);
}
function tellPlace(given, { say }) {
  const folder = cacheDirOf(given);
  const counts = keptPlace(folder) !== null && keptPlace(folderOf(folder)) !== null;
  if (!counts) {
    const what = "a gate will not use what is kept here: others may write to it";
    say(renderProblem(withAdvice({ code: "cache-not-trusted", what, where: folder })));
  }
  return counts;
}
function line({ name, whole, date, rows, fetchedAt }) {
  if (!whole) {
    return `${name.padEnd(8)} damaged: it will not be used
`;
  }
  const facts = [
    `of ${date === null ? "unknown date" : new Date(date).toISOString().slice(0, 10)}`,
    ...rows === null ? [] : [`${rows} rows`],
    ...fetchedAt === null ? [] : [`read ${new Date(fetchedAt).toISOString().slice(0, 16)}Z`]
  ];
  return `${name.padEnd(8)} ${facts.join(", ")}
`;
}
function asked(given, around) {
  const gathered = gatherFaults();
  const sources = readFeeds(given, gathered.told);
  gathered.throwAny();
  return { sources, options: optionsOf(given, around) };
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
var SOURCES = ["tracker", "cvss", "cvss-map", "epss", "kev", ...FALLBACKS];
function addFeeds(program2, help, faults) {
  const feeds = program2.command("feeds").description("the data that vulnerabilities are rated by, in the cache");
  const add2 = (name, about, inputs, argument, work) => {
    const command2 = feeds.command(name).description(about);
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
        const around = { ...screen, say, now: /* @__PURE__ */ new Date(), signal: abortOnSignals(faults) };
        process.exitCode = await work(file)(help.givenBy(flags), around) === false ? 2 : 0;
      } finally {
        screen.done();
      }
    });
  };
  const all = [...SOURCES, "cache-dir"];
  add2("fetch", "bring the tracker and all feeds up to date", all, null, () => fetchFeeds);
  add2(
    "osv",
    'bring OSV\u2019s advisories up to date: from "bucket", that of the OSV project, a URL or a folder in its layout',
    ["cache-dir"],
    "address",
    (address) => (given, around) => fetchOsv(address, given, around)
  );
  add2(
    "export",
    "copy them into a folder, to be carried to another machine",
    ["cache-dir"],
    "dir",
    (dir) => (given, around) => exportFeeds(dir, given, around)
  );
  add2(
    "import",
    "take them from such a folder",
    ["cache-dir"],
    "dir",
    (dir) => (given, around) => importFeeds(dir, given, around)
  );
  add2("status", "say what is there, and how old it is", ["cache-dir"], null, () => tellFeeds);
  add2(
    "map",
    "write the map of ratings, made of the NVD\u2019s feeds",
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
  const path2 = [...above, command2.name()];
  command2.configureOutput({ outputError: (text, write) => write(usageProblem(text, path2.join(" "))) });
  for (const child of command2.commands) {
    tellUsage(child, path2);
  }
}
function usageProblem(text, name) {
  const [what = "", guess = ""] = text.replace(/^error: /, "").trimEnd().split("\n");
  const meant = /^\(Did you mean (.+)\?\)$/.exec(guess)?.[1];
  const todo = `${meant === void 0 ? "" : `did you mean ${meant}? `}${name} --help lists all`;
  return renderProblem({ code: "bad-input", what, where: name, todo });
}
function refuseSwitchWords(images) {
  const word = images.find((image) => image === "true" || image === "false");
  if (word === void 0) {
    return;
  }
  throw new SeaworthyError({
    code: "bad-input",
    what: `"${word}" would be the name of an image: a switch, such as --offline, takes no word`,
    where: "seaworthy scan",
    todo: word === "true" ? 'leave "true" out' : 'leave "false" and the switch before it out'
  });
}

// src/cli/update.ts
function addUpdate(program2, help, faults) {
  const command2 = program2.command("update").description("bring an image\u2019s packages up, and prove that the application still works").argument("<image>", "the image, in the Docker engine").addHelpText("after", EXITS).action(async (image, flags) => {
    process.exitCode = await updateImage(image, help.givenBy(flags), faults);
  });
  for (const input of INPUTS) {
    if (input.where.includes("update")) {
      command2.addOption(help.optionOf(input));
    }
  }
}
var EXITS = `
Exit: 0 the patched image passes (or the image, if nothing is to be updated), 1 it fails or none works, 2 could not
try or judge.`;
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
    const paths = writeReports(judging.reportDir, updated.verdict);
    const json = writeUpdate(judging.reportDir, updated.outcome);
    process.stdout.write(
      renderTerminal(updated.verdict, { colour, width, cuts, verbose: given("verbose") === "true" })
    );
    process.stdout.write(`
${renderUpdate(updated.outcome)}`);
    process.stdout.write(`
report: ${[...paths, json].join(" ")}
`);
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
    throw new Error("a fault was not told");
  }
  return { asked: asked2, ...scan };
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
    throw unreadable(file, document.faults[0]?.text ?? `it is not a file of ${format}`);
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
  const take2 = (path2, images) => {
    for (const [id, word] of membersOf(valueAt(document.value, path2))) {
      const line2 = document.placeOf([...path2, id]).line;
      const reason = typeof word === "string" && word !== "" ? word : null;
      rules.push({ line: line2, id, package: null, images, reason, expires: null, cannot: null });
    }
  };
  for (const [key, value] of membersOf(document.value)) {
    if (key.toLowerCase() === "generalwhitelist") {
      take2([key], null);
    }
    if (key.toLowerCase() !== "images") {
      continue;
    }
    for (const [image] of membersOf(value)) {
      take2([key, image], [image, `${image}:*`]);
    }
  }
  return { rules, notes: [] };
}
function readTrivyYaml(document) {
  const notes = [];
  for (const [key, value] of membersOf(document.value)) {
    if (key !== "vulnerabilities" && Array.isArray(value) && value.length > 0) {
      notes.push(noteAt(document, [key], `${key} not carried over: this whitelist is about vulnerabilities`));
    }
  }
  const rules = itemsOf2(document, "vulnerabilities").flatMap(({ item, line: line2 }) => {
    const paths = item.paths === void 0 ? null : "it holds for some paths only, which cannot be said here";
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
      const version = name?.[2] ? "it holds for one version only, which cannot be said here" : null;
      const foreign = whole === null ? `${JSON.stringify(purl)} is no package of Debian` : null;
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
    const cannot = item.vulnerability === void 0 ? "it is not about one vulnerability" : strangers(item, ["vulnerability", "reason", "package", "include-aliases"]) ?? strangers(detail, ["name", "type", "upstream-name"]) ?? (type !== null && type !== "deb" ? `it is about packages of type ${JSON.stringify(type)}` : null) ?? (odd === void 0 ? null : `${JSON.stringify(odd)} is a pattern`) ?? (names.length > 1 && names[0] !== names[1] ? "it names a source and a binary package" : null);
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
  return odd.length === 0 ? null : `it also says ${odd.join(", ")}, which cannot be said here`;
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
function noteAt(document, path2, words) {
  const { file, line: line2 } = document.placeOf(path2);
  return `${file}:${line2}: ${words}`;
}
function formatOf(text, file) {
  const isYaml = /\.ya?ml$/i.test(file);
  if (!isYaml && !/^\s*["']?[a-z]+["']?:/m.test(text)) {
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
  throw unreadable(file, `it can't be told whose it is; say --format ${FORMATS.join(" | ")}`);
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
      say(`holds for ever there; here until ${expires}`);
    } else if (expires !== last) {
      say(`holds until ${last} there; here until ${expires}`);
    }
    const rated = ratedAbove(rule, images);
    if (rated !== null) {
      say(
        `its severity is ${rated}, and the entry accepts no more than low: raise its max-severity if you mean it`
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
    (one) => CHECKS[one.check].entries.rated && one.id === id && (one.ruling === "act" || one.ruling === "unfixed" || one.ruling === "noted") && (one.severity === "unknown" || compareSeverity(one.severity, "low") > 0)
  );
  return above[0]?.severity ?? null;
}
function refusalOf({ id, cannot, expires }, today) {
  if (!isVulnerabilityId(id)) {
    return "it is not about a CVE";
  }
  if (cannot !== null) {
    return cannot;
  }
  if (expires !== null && !isDate(expires)) {
    return "its end is not a date (YYYY-MM-DD)";
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
    return `no report says of which source package ${JSON.stringify(named)} is; scan an image that has it`;
  }
  return anyPackage ? [null] : "it names no package, and no report does; scan an image that has it, or say --any-package";
}

// src/policy/whitelist/report.ts
var findingSchema = object({
  check: _enum(CHECK_IDS),
  id: string(),
  package: string().nullable(),
  severity: _enum(SEVERITIES),
  ruling: _enum(RULINGS),
  binaries: array(object({ name: string() })),
  kev: boolean().nullable(),
  agreement: string().nullable()
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
      what: "the file is no report.json of Seaworthy, or of a version that is not known",
      where: file
    });
  }
  return parsed2.data.images.map(({ reference, distribution, checks, findings }) => {
    const codename = /^Debian (?:\S+ )?([a-z]+)$/.exec(distribution ?? "")?.[1] ?? null;
    return { subject: { reference, codename }, verdict: { checks, findings } };
  });
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
    const value = oneLine(flags[name] ?? "");
    if (value === "") {
      faults.push(`${name}: it is empty`);
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
    faults.push(`expires: ${expires} is past`);
  } else if (expires !== null) {
    const fault = spanFault({ check: "clair", added: null, expires }, span);
    if (fault !== null) {
      faults.push(`expires: ${fault}`);
    }
  }
  const formats = FORMATS;
  if (flags.format !== void 0 && !formats.includes(flags.format)) {
    faults.push(`format: ${JSON.stringify(flags.format)} is not one of ${formats.join(", ")}`);
  }
  all("id", /^(?:CVE-\d{4}-\d{4,}|TEMP-\d{7}-[0-9A-F]{6})$/, "a CVE id");
  const said = {
    ...span,
    owner: words("owner"),
    reason: words("reason"),
    expires,
    images: all("image", /^[^\s?[\]{}!]+$/, "an image reference; the only wildcard is *"),
    releases: all("release", /^[a-z]+$/, "the codename of a release")
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
    code: "policy-missing",
    what: `the ${what} is not there`,
    where: file,
    todo: what === "report" ? "scan the image first, or name the report with --report" : "name another file"
  });
}
function badInput(faults) {
  return new SeaworthyError({
    code: "bad-input",
    what: faults.join("\n"),
    where: "flags",
    todo: "correct them; the same command with --help lists all"
  });
}

// src/cli/whitelist.ts
var DEFAULT_REPORT = "seaworthy-report/report.json";
var HELP2 = `
The change is printed as a diff before it is written; comments, blank lines and order stay as they are.
Exit: 0 done, or nothing to do; 2 it could not be done, and nothing was written.`;
function addWhitelist(program2) {
  const group = program2.command("whitelist").description("edit the whitelist: what the gate accepts");
  const command2 = (name, description) => group.command(name).description(description).option("--whitelist <FILE>", "the whitelist to edit", "policies/whitelist.yml").option("--gate <FILE>", "where max-span stands", "policies/gate.yml").option(
    "--report <FILE...>",
    `report.json of a scan; several for several images (default: ${DEFAULT_REPORT})`
  ).option("--today <DATE>", "date to reckon from, YYYY-MM-DD, UTC (default: today)").option("--dry-run", "only print the change").addHelpText("after", HELP2);
  const saying = (name, description) => command2(name, description).requiredOption("--owner <NAME>", "who answers for the entries").option("--expires <DATE>", "their last day, YYYY-MM-DD, UTC (default: 90 days from today)").option("--image <PATTERN...>", "only for these images, * only (default: for all)").option("--release <CODENAME...>", "only for these releases (default: for all)");
  saying("add", "write entries for what a report has noted").requiredOption("--reason <TEXT>", "why it needs no action").option("--id <CVE...>", "only these; also where they block or have no fix").action((flags) => finish(add(flags), flags));
  command2("prune", "take out entries that have expired or match nothing; give the reports of all images").option("--expired", "only those that have expired; needs no report").action((flags) => finish(prune(flags), flags));
  saying("import", "carry over another tool's file: clair-scanner, Trivy, Grype").argument("<file>", "the file of the other tool").option("--reason <TEXT>", "reason of entries that have none there", "imported, to be reviewed").option("--format <WORD>", `${FORMATS.join(", ")} (default: as name and keys of the file tell)`).option("--any-package", "where nothing tells the package, accept it in any").action((file, flags) => finish(importFile(file, flags), flags));
}
function add(flags) {
  const said = readSaid(flags);
  const { entries, notes } = proposeEntries(
    readReports(flags.report ?? [DEFAULT_REPORT]),
    flags.id ?? [],
    said
  );
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
function importFile(file, flags) {
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
      print(`written: ${escapeTerminal(file)}; review it before you commit it`);
    }
  }
  process.exitCode = 0;
}

// src/cli/main.ts
var EXIT = { pass: 0, fail: 1, incomplete: 2 };
var EXITS2 = `
Exit: 0 pass, 1 fail, 2 could not judge (incomplete, bad usage, an unreadable policy).`;
var NO_PROOF = "judged from saved evidence: whoever may write that folder may have written this verdict, so it proves nothing\n";
var EXAMPLES = `
Examples:
  seaworthy scan app:1.4.0
  seaworthy scan ./app.tar --fail-on medium --save-evidence evidence`;
function command(faults) {
  const program2 = new Command("seaworthy").description("Says whether a Debian-based Docker image may be released.").version(TOOL.version).exitOverride().configureOutput({ writeErr: (text) => process.stderr.write(text) }).hook("preAction", () => {
    process.exitCode = EXIT.incomplete;
  });
  const scan = program2.command("scan").description("judge images; each is a reference in the Docker engine, or a docker save or OCI archive").argument("<image...>", "images to judge").addHelpText("after", `${EXAMPLES}
${EXITS2}`).action(async (images, flags) => {
    process.exitCode = await scanImages(images, givenBy(flags), faults);
  });
  const replay = program2.command("replay").description("judge saved evidence again, without Docker; it is as good as whoever kept it, and no proof").argument("<dir>", "folder that --save-evidence wrote").addHelpText("after", EXITS2).action((folder, flags) => {
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
  const screen = terminal();
  const signal = abortOnSignals(faults);
  try {
    const progress = judging.debug ? timed(screen.progress) : screen.progress;
    const verdict = await runGate(request, judging, { ...screen, progress, runId: newRunId(), signal });
    return report(verdict, judging, given);
  } finally {
    screen.done();
  }
}
function timed(progress) {
  const started = performance.now();
  return (text) => progress(`${((performance.now() - started) / 1e3).toFixed(2)} s  ${text}`);
}
function replayEvidence(folder, given) {
  removeReports(given("report-dir").trim());
  const { today, collected } = loadEvidence(folder);
  const judging = readJudging(given, today);
  const code = report(decide(collected, judging.policy, judging.today), judging, given);
  process.stdout.write(NO_PROOF);
  return code;
}
function report(verdict, { reportDir }, given) {
  const paths = writeReports(reportDir, verdict);
  const { colour, width, cuts } = terminal();
  const verbose = given("verbose") === "true";
  process.stdout.write(renderTerminal(verdict, { colour, width, cuts, verbose }));
  process.stdout.write(`
report: ${paths.join(" ")}
`);
  return EXIT[verdict.verdict];
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
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    const debug = process.argv.includes("--debug");
    process.stderr.write(renderProblem(problemOf(error, "seaworthy")));
    if (debug || !(error instanceof SeaworthyError)) {
      process.stderr.write(`${stackOf(error)}
`);
    }
    process.exitCode = 2;
  }
}
function stackOf(error) {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
await main();
