const own = '(SELECT m.laptop FROM dangol.member m WHERE m.login = current_user)';
const kind = '(SELECT m.kind FROM dangol.member m WHERE m.login = current_user)';
const programmes = '(SELECT p.programme FROM dangol.member_programme p WHERE p.login = current_user)';
const coordinates = `${kind} = 'coordinator' AND (programme = '' OR programme IN ${programmes} OR '*' IN ${programmes})`;

/**
 * Which parcels name which blob. Frozen like the first one, and plain SQL as that is.
 *
 * A picture can be in several parcels of a stream, and whoever destroys it for one of them may not have met the others: it
 * was gone for all, and what named it could not be taken any more. Now the database lets no blob go that a parcel names, and
 * no parcel in that names a blob which is gone.
 */
export const hubParcelBlobs = `
CREATE TABLE dangol.parcel_blob (
  programme text NOT NULL, laptop text NOT NULL, sealed boolean NOT NULL, sha256 text NOT NULL, number integer NOT NULL,
  piece integer NOT NULL CHECK (piece = 0),
  PRIMARY KEY (programme, laptop, sealed, sha256, number),
  FOREIGN KEY (programme, laptop, sealed, number) REFERENCES dangol.parcel (programme, laptop, sealed, number),
  FOREIGN KEY (programme, laptop, sealed, sha256, piece) REFERENCES dangol.blob (programme, laptop, sealed, sha256, piece)
);

-- Manifests are what anybody may have put there: looked through as text, and not read as JSON.
INSERT INTO dangol.parcel_blob (programme, laptop, sealed, sha256, number, piece)
SELECT b.programme, b.laptop, b.sealed, b.sha256, p.number, 0
FROM dangol.blob b JOIN dangol.parcel p ON p.programme = b.programme AND p.laptop = b.laptop AND p.sealed = b.sealed
WHERE b.piece = 0 AND position('blobs/' || b.sha256 in coalesce(p.mended_manifest, p.manifest)) > 0;

ALTER TABLE dangol.parcel_blob ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON dangol.parcel_blob FOR SELECT USING (laptop = ${own} OR (${coordinates}));
CREATE POLICY add ON dangol.parcel_blob FOR INSERT WITH CHECK (laptop = ${own} AND ${kind} IN ('coordinator', 'trainer'));
CREATE POLICY remove ON dangol.parcel_blob FOR DELETE USING (laptop = ${own} OR (${coordinates}));

-- Who seals a parcel for one more laptop seals its blobs anew: they can become a piece longer.
CREATE POLICY seal_anew ON dangol.blob FOR INSERT WITH CHECK (${coordinates});
`;
