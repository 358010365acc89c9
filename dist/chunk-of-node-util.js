import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);

var builtin =   process.getBuiltinModule("node:util"), read = (key) => builtin[key];
var of_inspect =   read("inspect");
var of_promisify =   read("promisify"), of_stripVTControlCharacters =   read("stripVTControlCharacters");
var of_types =   read("types");

var builtin2 =   process.getBuiltinModule("node:process");

export {
  builtin,
  of_inspect,
  of_promisify,
  of_stripVTControlCharacters,
  of_types,
  builtin2
};
