/** A list as the screen reads it: an array, or a long one of which only stretches are here yet. */
export interface Rows<T> {
  readonly length: number;
  /** Undefined while the row is on its way. */
  at(index: number): T | undefined;
}
