/**
 * The pages, as the server sees them: files to serve and a shell to write.
 *
 * Nothing here loads React: the pages themselves are built by `build.ts` beforehand.
 *
 * @module
 */

export { type Asset, loadPages, type Pages } from "./load_pages.ts";
export type { AuthorizationView, OperationFact, ShellSettings } from "./shell.ts";
