import type { ClientCapabilities } from 'vscode-languageserver';

/** What a client understands besides what every client does. */
export interface ClientFeatures {
  /** A page about the code of a diagnostic. */
  readonly codeDescription: boolean;
  /** Other places that a diagnostic is about. */
  readonly relatedInformation: boolean;
  /** What a diagnostic is about, in words for programs. */
  readonly data: boolean;
  /** Code actions that are more than a command. */
  readonly literalActions: boolean;
}

/** A client that says nothing about itself. */
export const plainFeatures: ClientFeatures = {
  codeDescription: false,
  relatedInformation: false,
  data: false,
  literalActions: false,
};

/**
 * @returns What a client says that it understands, of diagnostics that are pushed as of those that it pulls.
 *   https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#publishDiagnosticsClientCapabilities
 */
export function featuresOf({ textDocument }: ClientCapabilities): ClientFeatures {
  const pushed = textDocument?.publishDiagnostics;
  const pulled = textDocument?.diagnostic;
  return {
    codeDescription: (pulled?.codeDescriptionSupport ?? pushed?.codeDescriptionSupport) === true,
    relatedInformation: (pulled?.relatedInformation ?? pushed?.relatedInformation) === true,
    data: (pulled?.dataSupport ?? pushed?.dataSupport) === true,
    literalActions: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
  };
}
