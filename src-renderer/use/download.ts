import type { MadeFile } from '#shared/contract/shapes.ts';

/** Hands a file that the core made to the person, through the browser's own download. */
export function downloadFile(file: MadeFile): void {
  const url = URL.createObjectURL(new Blob([file.bytes as Uint8Array<ArrayBuffer>]));
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  // The download has begun when click returns; the address may go once the browser has read it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
