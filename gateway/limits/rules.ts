import { NoSchemaIntrospectionCustomRule, type GraphQLSchema, type ValidationRule } from 'graphql';
import { subscriptionRootRule } from '../subscriptions/root-rule.ts';
import { aliasRule } from './alias-rule.ts';
import { listSizeRule } from './list-size.ts';
import { nulRule } from './nul.ts';
import { sizeRule } from './size-rule.ts';
import { variableNameRule } from './variable-name-rule.ts';

/** What every operation is held to beside GraphQL's own rules, whichever way it comes in. */
export function operationRules(fullSchema: GraphQLSchema, introspection: boolean): ValidationRule[] {
  return [
    sizeRule,
    aliasRule(fullSchema),
    variableNameRule,
    nulRule,
    listSizeRule,
    subscriptionRootRule,
    ...(introspection ? [] : [NoSchemaIntrospectionCustomRule]),
  ];
}
