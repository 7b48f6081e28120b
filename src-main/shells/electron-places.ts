import path from 'node:path';

export interface Places {
  /** The store's folder. */
  readonly dataDir: string;
  /** Where the window keeps what is Chromium's own; also what "one instance" is counted by. */
  readonly profileDir: string;
  /** Fill the store with the demo when it is empty. */
  readonly demo: boolean;
}

export interface Here {
  readonly cwd: string;
  /** Where every shell looks for the store when it is told nothing. */
  readonly defaultDataDir: string;
  /** Electron's folder for this app. */
  readonly userData: string;
}

/**
 * Which folders a start of the app uses. The demo and a folder of one's own have their own profile, so that they open
 * beside the everyday window instead of only bringing it to the front; two windows over one store cannot be.
 *
 * @param args the command line, Electron's own switches included
 */
export function placesOf(args: readonly string[], { cwd, defaultDataDir, userData }: Here): Places {
  const demo = args.includes('--demo');
  const own = args.findLast((arg) => arg.startsWith('--data='))?.slice('--data='.length);
  if (own) {
    const dataDir = path.resolve(cwd, own);
    return { dataDir, profileDir: path.join(dataDir, 'window'), demo };
  }
  if (!demo) return { dataDir: defaultDataDir, profileDir: userData, demo };
  // Never the person's own store.
  return {
    dataDir: path.join(path.dirname(defaultDataDir), 'demo'),
    profileDir: path.join(userData, 'demo'),
    demo,
  };
}
