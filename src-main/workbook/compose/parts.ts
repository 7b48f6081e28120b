import yauzl from 'yauzl';

/** The parts of a package by name, in their order in the zip. */
export type Parts = Map<string, Buffer>;

/** Unpacks a package that the program made itself, or that was checked before. */
export async function partsOf(bytes: Uint8Array): Promise<Parts> {
  const zip = await yauzl.fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const parts: Parts = new Map();
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    parts.set(entry.fileName.replace(/^\//, ''), Buffer.concat(chunks));
  }
  return parts;
}
