/** What a photo may be, as it is chosen and as it is kept. */
export const PHOTO_LIMITS = {
  /** Bytes of a file that is chosen: more is no photo that anyone takes in a market. */
  file: 60 * 1024 * 1024,
  /** Bytes of what is kept. */
  kept: 4 * 1024 * 1024,
  /** Pixels of the longest side of what is kept. */
  side: 1600,
  /** Bytes of a signature. */
  signature: 512 * 1024,
} as const;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size within a square of `side`, in the same shape; never larger than it was, never less than a pixel. */
export function fitted({ width, height }: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}
