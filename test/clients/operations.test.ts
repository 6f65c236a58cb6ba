import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { GraphQLSchema } from 'graphql';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import * as operations from '../../clients/shared/operations/all.ts';
import { mockSchema } from './support/mock-schema.ts';

const apiFile = fileURLToPath(new URL('../../schema/api.graphql', import.meta.url));

const schemas: [string, () => GraphQLSchema][] = [['the mock of the tests', () => mockSchema]];
if (existsSync(apiFile))
  schemas.push(['schema/api.graphql', () => buildSchema(readFileSync(apiFile, 'utf8'))]);

describe.each(schemas)('against %s', (_, schema) => {
  test.each(Object.entries(operations))('the document %s is valid', (_name, { document }) => {
    expect(validate(schema(), parse(document))).toEqual([]);
  });
});
