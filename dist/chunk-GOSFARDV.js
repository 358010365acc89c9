import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);

// src/model/problem.ts
var SeaworthyError = class extends Error {
  problem;
  constructor(problem, options) {
    super(`${problem.what} (${problem.where})`, options);
    this.name = "SeaworthyError";
    this.problem = problem;
  }
};
function problemOf(error, where) {
  if (error instanceof SeaworthyError) return error.problem;
  const what = error instanceof Error ? error.message : String(error);
  return { code: "internal", what, where, todo: "run again with --debug and report it with the output" };
}

export {
  SeaworthyError,
  problemOf
};
