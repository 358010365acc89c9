import { SeaworthyError } from '../../model/problem.js'

/** @param where address, without credentials */
export function registryProblem(code: string, what: string, where: string): SeaworthyError {
  const todo = 'log in with docker login where it is private, or see what answers there'
  return new SeaworthyError({ code, what, where, todo })
}
