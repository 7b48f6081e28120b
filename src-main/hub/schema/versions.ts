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
SELECT DISTINCT b.programme, b.laptop, b.sealed, b.sha256, p.number, 0
FROM dangol.parcel p
CROSS JOIN LATERAL regexp_matches(coalesce(p.mended_manifest, p.manifest), '"blobs/([0-9a-f]{64})"', 'g') AS named (name)
JOIN dangol.blob b
  ON b.programme = p.programme AND b.laptop = p.laptop AND b.sealed = p.sealed AND b.sha256 = named.name[1] AND b.piece = 0;
`,
  },
];

export const HUB_VERSION = 2;

/** SQL from a version to that of today; 0: from an empty database. */
export function schemaFrom(version: number): string[] {
  if (version === 0) return [hubTables, parcelBlobTable, hubPolicies];
  return [...steps.filter((step) => step.version > version).map(({ sql }) => sql), hubPolicies];
}
