import ts from 'typescript';

/** A module of the sources, whose types and constants are read as text: no value of theirs is exported. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads the words of a union of string literals. Where a type is a union of objects, the member is their
 * discriminator: `Origin`, `kind`.
 *
 * @param members The properties that lead from the type to the union; none where the type is the union.
 * @returns The words in the order of their declaration; `null` is left out.
 * @throws Error where the source declares something else: then the generated texts would be wrong.
 */
export function declaredWords(source: SourceText, name: string, ...members: readonly string[]): string[] {
  const file = parse(source);
  const words = (type: ts.Node, path: readonly string[]): string[] => {
    if (ts.isUnionTypeNode(type)) return type.types.flatMap((part) => words(part, path));
    if (ts.isParenthesizedTypeNode(type)) return words(type.type, path);
    if (ts.isTypeAliasDeclaration(type)) return words(type.type, path);
    if (ts.isTypeReferenceNode(type)) return words(typeOf(file, type.typeName.getText(file), source), path);
    if (ts.isInterfaceDeclaration(type) || ts.isTypeLiteralNode(type)) {
      const [member, ...rest] = path;
      const property = type.members.find((candidate) => candidate.name?.getText(file) === member);
      if (property && ts.isPropertySignature(property) && property.type) return words(property.type, rest);
    }
    if (ts.isLiteralTypeNode(type) && path.length === 0) {
      if (ts.isStringLiteral(type.literal)) return [type.literal.text];
      if (type.literal.kind === ts.SyntaxKind.NullKeyword) return [];
    }
    throw new Error(`${source.path}: ${[name, ...members].join('.')} is no union of words`);
  };
  return [...new Set(words(typeOf(file, name, source), members))];
}

/**
 * Reads a constant that is a `Set` or `Map` of string literals.
 *
 * @returns A row for each entry: its word, or its key and value.
 * @throws Error where the source declares something else.
 */
export function declaredRows(source: SourceText, name: string): string[][] {
  const file = parse(source);
  const value = file.statements
    .flatMap((statement) => (ts.isVariableStatement(statement) ? statement.declarationList.declarations : []))
    .find((declaration) => declaration.name.getText(file) === name)?.initializer;
  const list = value && ts.isNewExpression(value) ? value.arguments?.[0] : undefined;
  if (list === undefined || !ts.isArrayLiteralExpression(list))
    throw new Error(`${source.path}: ${name} is no Set or Map of words`);
  return list.elements.map((row) =>
    (ts.isArrayLiteralExpression(row) ? [...row.elements] : [row]).map((cell) => {
      if (ts.isStringLiteral(cell)) return cell.text;
      throw new Error(`${source.path}: ${name} holds ${cell.getText(file)}, which is no word`);
    }),
  );
}

function parse({ path, text }: SourceText): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
}

function typeOf(file: ts.SourceFile, name: string, { path }: SourceText): ts.Node {
  const declaration = file.statements.find(
    (statement) =>
      (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)) &&
      statement.name.text === name,
  );
  if (declaration) return declaration;
  throw new Error(`${path} declares no type ${name}`);
}
