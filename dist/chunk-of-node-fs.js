import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);

var builtin =   process.getBuiltinModule("node:os"), read = (key) => builtin[key];
var of_homedir =   read("homedir"), of_hostname =   read("hostname");
var of_tmpdir =   read("tmpdir");
var of_EOL =   read("EOL");

var builtin2 =   process.getBuiltinModule("node:fs"), read2 = (key) => builtin2[key];
var of_appendFileSync =   read2("appendFileSync");
var of_accessSync =   read2("accessSync");
var of_closeSync =   read2("closeSync");
var of_copyFileSync =   read2("copyFileSync");
var of_cpSync =   read2("cpSync"), of_createReadStream =   read2("createReadStream"), of_createWriteStream =   read2("createWriteStream");
var of_existsSync =   read2("existsSync");
var of_fstatSync =   read2("fstatSync");
var of_lstatSync =   read2("lstatSync");
var of_mkdirSync =   read2("mkdirSync");
var of_mkdtempSync =   read2("mkdtempSync");
var of_openSync =   read2("openSync");
var of_readdirSync =   read2("readdirSync");
var of_readSync =   read2("readSync");
var of_readFileSync =   read2("readFileSync");
var of_readlinkSync =   read2("readlinkSync");
var of_realpathSync =   read2("realpathSync");
var of_renameSync =   read2("renameSync");
var of_rmSync =   read2("rmSync");
var of_statSync =   read2("statSync"), of_statfsSync =   read2("statfsSync");
var of_unlink =   read2("unlink");
var of_utimesSync =   read2("utimesSync");
var of_writeFileSync =   read2("writeFileSync");
var of_writeSync =   read2("writeSync");
var of_constants =   read2("constants"), of_promises =   read2("promises");

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
  of_copyFileSync,
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
