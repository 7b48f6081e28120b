export interface Point {
  /** Degrees, WGS 84. */
  readonly latitude: number;
  readonly longitude: number;
}

/** The mean radius of the earth after IUGG, in metres. */
const EARTH_RADIUS = 6_371_009;

/**
 * Metres between two points on a sphere (haversine: R. W. Sinnott, "Virtues of the Haversine", Sky & Telescope 68,
 * 1984). Within the country it is off by less than half a percent, a market's coordinates by far more.
 */
export function metresBetween(a: Point, b: Point): number {
  const [latitudeA, latitudeB] = [radians(a.latitude), radians(b.latitude)];
  const north = Math.sin((latitudeB - latitudeA) / 2);
  const east = Math.sin(radians(b.longitude - a.longitude) / 2);
  const h = north * north + Math.cos(latitudeA) * Math.cos(latitudeB) * east * east;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/** A point where both numbers are there; 0, 0 is what a device without a fix writes. */
export function pointOf(latitude: number | null, longitude: number | null): Point | null {
  if (latitude === null || longitude === null || (latitude === 0 && longitude === 0)) return null;
  return { latitude, longitude };
}
