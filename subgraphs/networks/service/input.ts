import { badInput } from '../../platform/errors.ts';

const maxIdLength = 64;
const maxTextLength = 100;

type Optional = string | null | undefined;

/** An id from outside. Refuses BAD_INPUT for what cannot be one: the engines differ in what they make of it. */
export function readId(field: string, id: string): string {
  if (id.length > maxIdLength || !/^[\w-]+$/.test(id)) {
    throw badInput(`${field} is an id of 1 to ${maxIdLength} letters, digits, - or _.`, { field });
  }
  return id;
}

/** The same for a filter, where nothing and an empty text mean "any". */
export function readIdFilter(field: string, id: Optional): string | null {
  return id ? readId(field, id) : null;
}

/** A word to look for. Refuses BAD_INPUT for a very long one and for control characters. */
export function readTextFilter(field: string, text: Optional): string | null {
  if (!text) return null;
  if (text.length > maxTextLength || /\p{Cc}/u.test(text)) {
    throw badInput(`${field} is a text of at most ${maxTextLength} characters, without control characters.`, {
      field,
    });
  }
  return text;
}
