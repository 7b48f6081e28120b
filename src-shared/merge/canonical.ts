export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * JSON with object keys in code unit order at every depth, and nothing between tokens: the same value gives the same
 * text on every laptop. (RFC 8785 without its number rules, which JSON.stringify already follows.)
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const object = value as Record<string, unknown>;
  const keys = Object.keys(object).sort();
  const members: string[] = [];
  for (const key of keys) {
    if (object[key] !== undefined) members.push(`${JSON.stringify(key)}:${canonical(object[key])}`);
  }
  return `{${members.join(',')}}`;
}
