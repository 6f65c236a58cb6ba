import { badInput } from '../../platform/errors.ts';
import { parseEmail } from '../domain/account.ts';

const maxTyped = 320;

/** Refuses BAD_INPUT; the message never shows what was typed. */
export function readEmail(typed: string): string {
  const email = typed.length <= maxTyped ? parseEmail(typed) : null;
  if (email !== null) return email;
  throw badInput('email is one address such as etunimi@example.org, of at most 254 characters.', {
    field: 'email',
  });
}

/** A one-time code as somebody typed it: whether it is one, the use case says. Refuses BAD_INPUT when it is empty or huge. */
export function readTypedOneTimeCode(typed: string): string {
  if (typed.trim() !== '' && typed.length <= maxTyped) return typed;
  throw badInput(`code is the one-time code, 1 to ${maxTyped} characters.`, { field: 'code' });
}
