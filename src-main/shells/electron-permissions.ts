import { session } from 'electron';
import { mayUse } from './electron-protocol.ts';

/** Refuses the page everything that lies beyond it, but for the camera, which takes photos. */
export function guardPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const kinds = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    answer(details.isMainFrame && mayUse(permission, kinds, details.requestingUrl));
  });
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin, details) =>
    mayUse(permission, [details.mediaType], origin),
  );
}
