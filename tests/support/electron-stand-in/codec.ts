/**
 * What structured clone can carry, as JSON text: the wire between the stand-in and its page is a string. The factory is
 * self-contained, because its source is put into the page as it stands.
 */
export interface Codec {
  encode(value: unknown): string;
  decode(text: string): unknown;
}

type Tagged = [tag: string, value?: unknown];

export function makeCodec(): Codec {
  const views = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array];
  const arrays = [...views, Float32Array, Float64Array, BigInt64Array, BigUint64Array];

  // Every value becomes [tag, …], so that no value of the app's can be taken for a tag.
  function pack(value: unknown): Tagged {
    if (value === undefined) return ['undefined'];
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return ['plain', value];
    if (typeof value === 'number') {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? ['plain', value]
        : ['number', Object.is(value, -0) ? '-0' : String(value)];
    }
    if (typeof value === 'bigint') return ['bigint', String(value)];
    if (typeof value !== 'object') throw new TypeError('An object could not be cloned.');
    if (value instanceof Date) return ['date', value.getTime()];
    if (value instanceof Map) return ['map', [...value].map(([key, item]) => [pack(key), pack(item)])];
    if (value instanceof Set) return ['set', [...value].map(pack)];
    if (value instanceof Error) return ['error', { name: value.name, message: value.message }];
    if (value instanceof ArrayBuffer) return ['buffer', toBase64(new Uint8Array(value))];
    const Type = arrays.find((candidate) => value instanceof candidate);
    if (Type) {
      const { buffer, byteOffset, byteLength } = value as Uint8Array;
      return [Type.name, toBase64(new Uint8Array(buffer, byteOffset, byteLength))];
    }
    if (Array.isArray(value)) return ['array', value.map(pack)];
    return ['object', Object.entries(value).map(([key, item]) => [key, pack(item)])];
  }

  function unpack([tag, value]: Tagged): unknown {
    const items = value as Tagged[];
    const pairs = value as [Tagged, Tagged][];
    if (tag === 'undefined') return undefined;
    if (tag === 'plain') return value;
    if (tag === 'number') return Number(value);
    if (tag === 'bigint') return BigInt(value as string);
    if (tag === 'date') return new Date(value as number);
    if (tag === 'map') return new Map(pairs.map(([key, item]) => [unpack(key), unpack(item)]));
    if (tag === 'set') return new Set(items.map(unpack));
    if (tag === 'error') return Object.assign(new Error(), value);
    if (tag === 'buffer') return fromBase64(value as string).buffer;
    if (tag === 'array') return items.map(unpack);
    if (tag === 'object')
      return Object.fromEntries((value as [string, Tagged][]).map(([key, item]) => [key, unpack(item)]));
    const Type = arrays.find((candidate) => candidate.name === tag);
    if (!Type) throw new TypeError(`unknown tag ${tag}`);
    return new Type(fromBase64(value as string).buffer);
  }

  function toBase64(bytes: Uint8Array): string {
    const step = 0x8000;
    let text = '';
    for (let at = 0; at < bytes.length; at += step)
      text += String.fromCharCode(...bytes.subarray(at, at + step));
    return btoa(text);
  }

  function fromBase64(text: string): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  }

  return {
    encode: (value) => JSON.stringify(pack(value)),
    decode: (text) => unpack(JSON.parse(text) as Tagged),
  };
}
