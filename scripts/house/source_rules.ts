/**
 * The machine rules of STYLE that Biome has no rule for, or only half of one.
 *
 * Reads syntax only: no types, no other files.
 *
 * @module
 */

import ts from "typescript";

/** One line that breaks a rule. */
export interface Finding {
  /** Counted from one. */
  readonly line: number;
  readonly message: string;
}

const SUPPRESSION = /(?:biome-ignore|eslint-disable|@ts-ignore|@ts-nocheck|knip-ignore)/;
const EXPECTED_ERROR = /@ts-expect-error/;

/**
 * Checks one source file.
 *
 * @param path Relative to the root; it decides which rules hold.
 * @param text What is in the file.
 */
export function checkSource(path: string, text: string): Finding[] {
  const source = parseSource(path, text);
  const findings: Finding[] = [];
  for (const statement of source.statements) {
    const message = reExportProblem(path, statement) ?? arrowProblem(statement);
    if (message !== undefined) findings.push({ line: lineOf(source, statement), message });
  }
  if (!(isTest(path) || path.endsWith(".d.ts") || hasHeader(text))) {
    findings.push({ line: 1, message: "has no module header: /** … @module */" });
  }
  return [...findings, ...suppressions(path, text)];
}

/** Parses a file, with the parents that documentation is found by. */
export function parseSource(path: string, text: string): ts.SourceFile {
  const kind = path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, kind);
}

function reExportProblem(path: string, statement: ts.Statement): string | undefined {
  if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined)
    return undefined;
  if (!/(^|\/)mod[.]ts$/.test(path)) return "re-exports: only a mod.ts may";
  const isOpen =
    statement.exportClause === undefined || ts.isNamespaceExport(statement.exportClause);
  const mayBeOpen = /^packages\/(std|wire)\//.test(path);
  return isOpen && !mayBeOpen ? "exports *: list the names" : undefined;
}

function arrowProblem(statement: ts.Statement): string | undefined {
  if (!ts.isVariableStatement(statement)) return undefined;
  const isFunction = statement.declarationList.declarations.some(
    ({ initializer }) =>
      initializer !== undefined &&
      (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)),
  );
  return isFunction ? "is a function: declare it as one at module level" : undefined;
}

function hasHeader(text: string): boolean {
  const header = /^(?:#![^\n]*\n)?\/\*\*[\s\S]*?\*\//.exec(text)?.[0];
  return header?.includes("@module") ?? false;
}

function suppressions(path: string, text: string): Finding[] {
  const own = path.startsWith("scripts/house/source_rules");
  if (own) return [];
  return text.split("\n").flatMap((content, index): Finding[] => {
    const comment = /(?:\/\/|\/\*|\*)(.*)/.exec(content)?.[1] ?? "";
    const isWrong = SUPPRESSION.test(comment) || (!isTest(path) && EXPECTED_ERROR.test(comment));
    return isWrong ? [{ line: index + 1, message: "suppresses a check: mend the cause" }] : [];
  });
}

function isTest(path: string): boolean {
  return /_test[.]tsx?$/.test(path);
}

function lineOf(source: ts.SourceFile, node: ts.Node): number {
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}
