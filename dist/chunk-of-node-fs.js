import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);

// of-node:os
var builtin = /* @__PURE__ */ process.getBuiltinModule("node:os"), read = (key) => builtin[key];
var of_homedir = /* @__PURE__ */ read("homedir"), of_hostname = /* @__PURE__ */ read("hostname");
var of_tmpdir = /* @__PURE__ */ read("tmpdir");
var of_EOL = /* @__PURE__ */ read("EOL");

// of-node:fs
var builtin2 = /* @__PURE__ */ process.getBuiltinModule("node:fs"), read2 = (key) => builtin2[key];
var of_appendFileSync = /* @__PURE__ */ read2("appendFileSync");
var of_accessSync = /* @__PURE__ */ read2("accessSync");
var of_closeSync = /* @__PURE__ */ read2("closeSync");
var of_cpSync = /* @__PURE__ */ read2("cpSync"), of_createReadStream = /* @__PURE__ */ read2("createReadStream"), of_createWriteStream = /* @__PURE__ */ read2("createWriteStream");
var of_existsSync = /* @__PURE__ */ read2("existsSync");
var of_fstatSync = /* @__PURE__ */ read2("fstatSync");
var of_lstatSync = /* @__PURE__ */ read2("lstatSync");
var of_mkdirSync = /* @__PURE__ */ read2("mkdirSync");
var of_mkdtempSync = /* @__PURE__ */ read2("mkdtempSync");
var of_openSync = /* @__PURE__ */ read2("openSync");
var of_readdirSync = /* @__PURE__ */ read2("readdirSync");
var of_readSync = /* @__PURE__ */ read2("readSync");
var of_readFileSync = /* @__PURE__ */ read2("readFileSync");
var of_readlinkSync = /* @__PURE__ */ read2("readlinkSync");
var of_realpathSync = /* @__PURE__ */ read2("realpathSync");
var of_renameSync = /* @__PURE__ */ read2("renameSync");
var of_rmSync = /* @__PURE__ */ read2("rmSync");
var of_statSync = /* @__PURE__ */ read2("statSync"), of_statfsSync = /* @__PURE__ */ read2("statfsSync");
var of_unlink = /* @__PURE__ */ read2("unlink");
var of_utimesSync = /* @__PURE__ */ read2("utimesSync");
var of_writeFileSync = /* @__PURE__ */ read2("writeFileSync");
var of_writeSync = /* @__PURE__ */ read2("writeSync");
var of_constants = /* @__PURE__ */ read2("constants"), of_promises = /* @__PURE__ */ read2("promises");

export {
  builtin,
  of_homedir,
  of_hostname,
  of_tmpdir,
  of_EOL,
  builtin2,
  of_appendFileSync,
  of_accessSync,
  of_closeSync,
  of_cpSync,
  of_createReadStream,
  of_createWriteStream,
  of_existsSync,
  of_fstatSync,
  of_lstatSync,
  of_mkdirSync,
  of_mkdtempSync,
  of_openSync,
  of_readdirSync,
  of_readSync,
  of_readFileSync,
  of_readlinkSync,
  of_realpathSync,
  of_renameSync,
  of_rmSync,
  of_statSync,
  of_statfsSync,
  of_unlink,
  of_utimesSync,
  of_writeFileSync,
  of_writeSync,
  of_constants,
  of_promises
};
