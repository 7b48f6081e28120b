/**
 * @typedef {object} BrowserFacts
 * @property {string} platform as Node names it
 * @property {NodeJS.ProcessEnv} env
 * @property {string} home
 * @property {string[]} path the folders of PATH
 */

const LINUX = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const MAC = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const WINDOWS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * Where a Chromium that can run the tests may be installed, best first.
 * @param {BrowserFacts} facts
 * @returns {string[]}
 */
export function browserPlaces({ platform, env, home, path }) {
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA];
    return WINDOWS.flatMap((tail) => folders.flatMap((folder) => (folder ? [`${folder}\\${tail}`] : [])));
  }
  if (platform === 'darwin') {
    const folders = ['/Applications', `${home}/Applications`];
    return MAC.flatMap((name) => folders.map((folder) => `${folder}/${name}.app/Contents/MacOS/${name}`));
  }
  // A browser in a snap sees neither the profile nor the files that a test keeps in the temporary folder.
  const folders = path.filter((folder) => folder !== '' && !folder.startsWith('/snap/'));
  return LINUX.flatMap((name) => folders.map((folder) => `${folder}/${name}`));
}
