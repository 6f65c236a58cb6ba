const letters: Readonly<Record<string, string>> = { æ: 'ae', ø: 'o', œ: 'oe', ß: 'ss', đ: 'd', ł: 'l' };

/** The name as it stands in an address: 'Sara Hildénin taidemuseo' → 'sara-hildenin-taidemuseo'. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[æøœßđł]/g, (letter) => letters[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
