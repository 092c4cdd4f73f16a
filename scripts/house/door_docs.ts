/**
 * Whether each name that a mod.ts exports has a doc comment where it is declared.
 *
 * Follows re-exports inside the package by file name; a name of another package is looked at there.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { parseSource } from "./source_rules.ts";

/** A name that is exported, and what is said about it. */
interface Declared {
  /** The file it is declared in. */
  readonly path: string;
  readonly isDocumented: boolean;
}

type Names = Map<string, Declared>;

/**
 * Lists the exported names that nothing is said about, each as `file: name`.
 *
 * @param root The folder that paths are relative to.
 * @param path A mod.ts, or any file whose exports count.
 */
export function undocumentedNames(root: string, path: string): string[] {
  return [...exportsOf(root, path)]
    .filter(([, { isDocumented }]) => !isDocumented)
    .map(([name, declared]) => `${declared.path}: ${name}`);
}

function exportsOf(root: string, path: string): Names {
  const { statements } = parseSource(path, readFileSync(join(root, path), "utf8"));
  const local = declarations(path, statements);
  const names = statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) {
      return [...reExported(path, statement, namesBehind(statement, { root, path, local }))];
    }
    const declared = isExported(statement) ? declaredNames(statement) : [];
    return declared.map((name): [string, Declared] => [name, found(path, local, name)]);
  });
  return new Map(names);
}

/** What an `export … from` chooses from; `undefined` where that is another package's. */
function namesBehind(
  statement: ts.ExportDeclaration,
  at: { readonly root: string; readonly path: string; readonly local: Names },
): Names | undefined {
  const from = statement.moduleSpecifier;
  if (from === undefined) return at.local;
  if (!(ts.isStringLiteral(from) && from.text.startsWith("."))) return undefined;
  return exportsOf(at.root, join(dirname(at.path), from.text));
}

/** The names that it lets out. */
function reExported(
  path: string,
  statement: ts.ExportDeclaration,
  there: Names | undefined,
): Names {
  const clause = statement.exportClause;
  if (there === undefined) return new Map();
  if (clause === undefined) return there;
  if (ts.isNamespaceExport(clause)) {
    return new Map([[clause.name.text, { path, isDocumented: hasDoc(statement) }]]);
  }
  return new Map(
    clause.elements.map(({ name, propertyName }) => [
      name.text,
      found(path, there, (propertyName ?? name).text),
    ]),
  );
}

function found(path: string, names: Names, name: string): Declared {
  return names.get(name) ?? { path, isDocumented: false };
}

/** All names declared in a file. One declared twice (overloads, a value and its type) needs one comment. */
function declarations(path: string, statements: readonly ts.Statement[]): Names {
  const names: Names = new Map();
  for (const statement of statements) {
    for (const name of declaredNames(statement)) {
      const isDocumented = hasDoc(statement) || found(path, names, name).isDocumented;
      names.set(name, { path, isDocumented });
    }
  }
  return names;
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return isNamed && statement.name !== undefined ? [statement.name.text] : [];
}

function isExported(statement: ts.Statement): boolean {
  if (!ts.canHaveModifiers(statement)) return false;
  const modifiers = ts.getModifiers(statement) ?? [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

/** Tells whether a comment with words stands before a statement; the module's own does not count. */
function hasDoc(statement: ts.Statement): boolean {
  return ts.getJSDocCommentsAndTags(statement).some((doc) => {
    if (!ts.isJSDoc(doc)) return false;
    const isHeader = doc.tags?.some(({ tagName }) => tagName.text === "module") ?? false;
    return !isHeader && (ts.getTextOfJSDocComment(doc.comment) ?? "").trim() !== "";
  });
}
