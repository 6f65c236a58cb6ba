const groupLength = 4;
/** What people and scanners put between the characters: blanks, hyphens and dashes, Code 39's start and stop sign. */
const separators = /[\s\-\u2010-\u2015\u2212*]/gu;

/** Whether this is, or begins like, the code that a phone shows: it goes to the server as it is. */
function isPhoneCode(typed: string): boolean {
  return /^\s*k:/i.test(typed);
}

/** A typed or scanned code as the server reads it: capitals, no separators, 0 for O, 1 for I and L. A phone's is left alone. */
export function plainCode(typed: string): string {
  if (isPhoneCode(typed)) return typed.trim();
  return typed.replace(separators, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
}

/** The code in groups of four, as it is printed: `K7M4-2Q9X-3B0T`. */
export function groupedCode(typed: string): string {
  if (isPhoneCode(typed)) return typed;
  const plain = plainCode(typed);
  const groups: string[] = [];
  for (let at = 0; at < plain.length; at += groupLength) groups.push(plain.slice(at, at + groupLength));
  return groups.join('-');
}
