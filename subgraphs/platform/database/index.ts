export { openDatabase, type Database, type DatabaseLocation } from './database.ts';
export { isTransient, isUniqueViolation, type ColumnTypes, type Engine } from './dialect.ts';
export { insertJsonRows, jsonRows, kept, runTogether, type JsonColumns } from './json-rows.ts';
export { migrate, type Migrations, type MigrationStep } from './migrate.ts';
