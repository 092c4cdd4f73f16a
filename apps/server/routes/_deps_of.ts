/**
 * What a use case names as its dependencies.
 *
 * @module
 */

/** The first parameter of a use case. */
export type DepsOf<UseCase extends (deps: never, ...rest: never[]) => unknown> =
  Parameters<UseCase>[0];
