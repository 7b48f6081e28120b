/** Why there is no picture from a camera. */
export type CameraFault = 'cameraNone' | 'cameraDenied' | 'cameraBusy';

/** Starts a camera: the one that looks away from the screen where there is a choice, or a certain one. */
export async function startCamera(deviceId?: string): Promise<MediaStream | CameraFault> {
  // Absent where the page has no secure origin.
  if (!('mediaDevices' in navigator)) return 'cameraNone';
  const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: 'environment' };
  try {
    return await navigator.mediaDevices.getUserMedia({
      video: { ...which, width: { ideal: 1920 }, height: { ideal: 1080 } },
    });
  } catch (why) {
    return cameraFault(why instanceof DOMException ? why.name : '');
  }
}

/** What the name of a browser's error means for the person. */
export function cameraFault(name: string): CameraFault {
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'cameraDenied';
  return name === 'NotReadableError' || name === 'AbortError' ? 'cameraBusy' : 'cameraNone';
}

/** The ids of all cameras; known only while one of them is in use. */
export async function camerasHere(): Promise<string[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind }) => kind === 'videoinput').map(({ deviceId }) => deviceId);
}

export function stopCamera(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
