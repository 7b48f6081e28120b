import { hubPolicies } from './policies.ts';
import { hubTables, parcelBlobTable } from './tables.ts';

/** What a version added to the tables of the one before, with what is in them. Policies are made anew after the last. */
interface Step {
  readonly version: number;
  readonly sql: string;
}

const steps: readonly Step[] = [
  {
    version: 2,
    // Manifests are what anybody may have put there: looked through as text, and not read as JSON.
    sql: `${parcelBlobTable}
INSERT INTO dangol.parcel_blob (programme, laptop, sealed, sha256, number, piece)
SELECT b.programme, b.laptop, b.sealed, b.sha256, p.number, 0
FROM dangol.blob b JOIN dangol.parcel p ON p.programme = b.programme AND p.laptop = b.laptop AND p.sealed = b.sealed
WHERE b.piece = 0 AND position('blobs/' || b.sha256 in coalesce(p.mended_manifest, p.manifest)) > 0;
`,
  },
];

export const HUB_VERSION = 2;

/** SQL from a version to that of today; 0: from an empty database. */
export function schemaFrom(version: number): string[] {
  if (version === 0) return [hubTables, parcelBlobTable, hubPolicies];
  return [...steps.filter((step) => step.version > version).map(({ sql }) => sql), hubPolicies];
}
