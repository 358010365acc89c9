import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  of_dirname,
  of_fileURLToPath,
  of_isAbsolute,
  of_join,
  of_relative,
  of_resolve,
  of_sep
} from "./chunk-actions-exec-lib-toolrunner.js";
import {
  of_closeSync,
  of_constants,
  of_existsSync,
  of_fstatSync,
  of_homedir,
  of_lstatSync,
  of_mkdirSync,
  of_openSync,
  of_readFileSync,
  of_readSync,
  of_readdirSync,
  of_realpathSync,
  of_renameSync,
  of_rmSync,
  of_statSync,
  of_writeFileSync
} from "./chunk-of-node-fs.js";
import {
  SeaworthyError,
  messageOf,
  readOrNull
} from "./chunk-zod-v4-core-schemas.js";

function makeFolders(path, mode = 511) {
  let missing = [], at = of_resolve(path);
  for (; of_lstatSync(at, { throwIfNoEntry: !1 }) === void 0; )
    missing.unshift(at), at = of_dirname(at);
  missing.length === 0 && !of_statSync(at).isDirectory() && of_mkdirSync(at);
  for (let one of missing)
    try {
      of_mkdirSync(one, mode);
    } catch (error) {
      if (!of_statSync(one, { throwIfNoEntry: !1 })?.isDirectory())
        throw error;
    }
}

var MIB = 2 ** 20, TEXT_LIMIT = 64 * MIB, CHUNK = Buffer.allocUnsafe(2 ** 18);
function readText(path, limit = TEXT_LIMIT) {
  return textOf(path, limit, of_constants.O_RDONLY, () => {
  });
}
function readPolicy(path) {
  return isOfCheckout(path) ? readInside(path) : readPlain(path);
}
function readPlain(path) {
  return textOf(path, TEXT_LIMIT, NO_WAIT, regular);
}
function isFolderOrNew(path) {
  return of_lstatSync(path, { throwIfNoEntry: !1 })?.isDirectory() ?? !0;
}
function readInside(path, folder = workFolder(), limit = TEXT_LIMIT) {
  let full = of_resolve(path), inner = of_relative(folder, full);
  if (!isBelow(full, folder))
    throw unusable(path, "read", new Error("it is outside the working folder"));
  if (inner.toLowerCase().split(of_sep).includes(".git"))
    throw unusable(path, "read", new Error("it is one of git's own files"));
  let real = of_existsSync(folder) ? of_join(of_realpathSync(folder), inner) : full;
  return textOf(path, limit, NO_WAIT | of_constants.O_NOFOLLOW, (file) => {
    regular(file);
    let [opened, atPath] = [of_fstatSync(file), of_lstatSync(real)];
    if (of_realpathSync(full) !== real || opened.ino !== atPath.ino || opened.dev !== atPath.dev)
      throw new Error(LINK);
  });
}
function isPlainIn(path, folder) {
  let inner = of_relative(folder, path);
  if (!(isBelow(path, folder) && !inner.toLowerCase().split(of_sep).includes(".git")) || !of_existsSync(path) || of_realpathSync(path) !== of_join(of_realpathSync(folder), inner))
    return !1;
  let kind = of_lstatSync(path);
  return kind.isFile() || kind.isDirectory();
}
var LINK = "its path contains a symbolic link", NO_WAIT = of_constants.O_RDONLY | of_constants.O_NONBLOCK;
function regular(file) {
  if (!of_fstatSync(file).isFile())
    throw new Error("it is not a regular file");
}
function workFolder(env = process.env) {
  let [workingFolder, workspace] = [process.cwd(), env.GITHUB_WORKSPACE];
  return workspace && (workspace === workingFolder || isBelow(workingFolder, of_resolve(workspace))) ? of_resolve(workspace) : workingFolder;
}
function isOfCheckout(path) {
  return isBelow(of_resolve(path), workFolder());
}
function meetsCheckout(path) {
  let folder = workFolder(), all = (one) => [of_resolve(one), realFolder(one)], meets = (one, other) => one === other || isBelow(one, other) || isBelow(other, one);
  return all(path).some((one) => all(folder).some((other) => meets(one, other)));
}
function isBelow(path, folder) {
  let inner = of_relative(folder, path);
  return inner !== "" && !of_isAbsolute(inner) && inner.split(of_sep)[0] !== "..";
}
function textOf(path, limit, flags, check) {
  let file = null;
  try {
    file = of_openSync(path, flags), check(file);
    let chunks = [], bytes = 0;
    for (; ; ) {
      let read = of_readSync(file, CHUNK);
      if (read === 0)
        return Buffer.concat(chunks).toString("utf8");
      if (bytes += read, bytes > limit)
        throw new Error(`it is larger than ${sizeOf(limit)}`);
      chunks.push(Buffer.from(CHUNK.subarray(0, read)));
    }
  } catch (error) {
    let { code } = error;
    if (code === "ENOENT")
      return null;
    let isLink = code === "ELOOP" && (flags & of_constants.O_NOFOLLOW) !== 0;
    throw unusable(path, "read", isLink ? new Error(LINK) : error);
  } finally {
    file !== null && of_closeSync(file);
  }
}
function sizeOf(bytes) {
  return bytes < MIB ? `${Math.floor(bytes / 1024)} KiB` : `${Math.floor(bytes / MIB)} MiB`;
}
function exists(path) {
  return of_existsSync(path);
}
function isFile(path) {
  return of_existsSync(path) && of_statSync(path).isFile();
}
function isInside(path, folder) {
  let root = of_realpathSync(folder);
  return of_realpathSync(path).startsWith(root.endsWith(of_sep) ? root : root + of_sep);
}
function linkInside(path, folder) {
  let root = of_realpathSync(folder), isOurs = (at) => at === root || at.startsWith(root.endsWith(of_sep) ? root : root + of_sep), found = null;
  for (let at = of_resolve(path); at !== of_dirname(at); at = of_dirname(at))
    of_lstatSync(at, { throwIfNoEntry: !1 })?.isSymbolicLink() && isOurs(of_realpathSync(of_dirname(at))) && (found = at);
  return found;
}
function writeText(path, text, mode = 438) {
  let temporary = of_join(of_dirname(path), `.${process.pid}.tmp`);
  try {
    makeFolders(of_dirname(path)), of_rmSync(temporary, { force: !0 }), of_writeFileSync(temporary, text, { mode, flag: "wx" }), of_renameSync(temporary, path);
  } catch (error) {
    throw of_existsSync(temporary) && of_rmSync(temporary), unusable(path, "written", error);
  }
}
function listFolder(path) {
  try {
    return of_existsSync(path) ? of_readdirSync(path).sort() : [];
  } catch (error) {
    throw unusable(path, "read", error);
  }
}
function namedFile(value) {
  let full = readOrNull(() => of_resolve(/^file:/i.test(value) ? of_fileURLToPath(value) : value));
  if (full === null || !of_existsSync(full))
    return null;
  let state = of_statSync(full), size = state.isFile() ? state.size : null;
  return { full, real: of_realpathSync(full), size, read: () => of_readFileSync(full) };
}
function realFolder(path) {
  return of_existsSync(path) ? of_realpathSync(path) : of_resolve(path);
}
function defaultCacheDir(env = process.env) {
  return of_join(env.XDG_CACHE_HOME || of_join(homeFolder(), ".cache"), "seaworthy");
}
function homeFolder(ask = of_homedir) {
  return readOrNull(ask) ?? "/";
}
function removePath(path) {
  of_rmSync(path, { recursive: !0, force: !0 });
}
function unusable(path, verb, error) {
  let code = verb === "read" ? "file-unreadable" : "file-unwritable";
  return new SeaworthyError({ code, what: `a file could not be ${verb}: ${messageOf(error)}`, where: path });
}

export {
  makeFolders,
  readText,
  readPolicy,
  readPlain,
  isFolderOrNew,
  readInside,
  isPlainIn,
  workFolder,
  isOfCheckout,
  meetsCheckout,
  exists,
  isFile,
  isInside,
  linkInside,
  writeText,
  listFolder,
  namedFile,
  realFolder,
  defaultCacheDir,
  homeFolder,
  removePath
};
