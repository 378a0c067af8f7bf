import type { Container } from '../model/language.ts';
import { ciTables } from './ci-tables.ts';
import type { CommandTable } from './command-paths.ts';
import { configTables } from './config-tables.ts';
import { dataCommands } from './data-commands.ts';

const tables = { ...ciTables, ...configTables };

/** A format that is told by a table of its paths. */
export type TableId = keyof typeof tables;

/** @returns The reader of a format. */
export function commandTable(id: TableId): Container {
  const table: CommandTable = tables[id];
  return dataCommands(id, table);
}
